package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestSettings: every flag of serve has its twin in the environment, named like
// it, and none holds a secret itself.
func TestSettings(t *testing.T) {
	var line commandLine
	k, err := kong.New(&line)
	if err != nil {
		t.Fatal(err)
	}
	serve := slices.IndexFunc(k.Model.Children, func(n *kong.Node) bool { return n.Name == "serve" })
	for _, flag := range slices.Concat(k.Model.Flags, k.Model.Children[serve].Flags) {
		if flag.Name == "help" {
			continue
		}
		twin := "GLOSSATOR_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
		if !slices.Contains(flag.Envs, twin) {
			t.Errorf("--%s has no twin %s in the environment", flag.Name, twin)
		}
		for _, secret := range []string{"secret", "password", "token", "key"} {
			if strings.Contains(flag.Name, secret) && !strings.HasSuffix(flag.Name, "-file") {
				t.Errorf("--%s holds a secret: name a file, --%s-file", flag.Name, flag.Name)
			}
		}
	}
}
