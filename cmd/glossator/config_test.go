package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// flags returns the flags of serve and those of every command.
func flags(t *testing.T) []*kong.Flag {
	t.Helper()
	var line commandLine
	k, err := kong.New(&line)
	if err != nil {
		t.Fatal(err)
	}
	serve := slices.IndexFunc(k.Model.Children, func(n *kong.Node) bool { return n.Name == "serve" })
	return slices.Concat(k.Model.Flags, k.Model.Children[serve].Flags)
}

// TestSettings: every flag of serve has its twin in the environment, named like
// it, and none holds a secret itself.
func TestSettings(t *testing.T) {
	for _, flag := range flags(t) {
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

// TestDeploy: what the files for operators set are settings of serve.
func TestDeploy(t *testing.T) {
	var variables, names []string
	for _, flag := range flags(t) {
		variables = append(variables, flag.Envs...)
		names = append(names, flag.Name)
	}
	files, err := filepath.Glob("../../deploy/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, variable := range regexp.MustCompile(`GLOSSATOR_[A-Z_]+`).FindAllString(string(content), -1) {
			if !slices.Contains(variables, variable) {
				t.Errorf("%s: there is no %s", file, variable)
			}
		}
		for _, setting := range regexp.MustCompile("(?m)^(?:#     |      |.*`)([a-z-]+): ").FindAllStringSubmatch(string(content), -1) {
			if !slices.Contains(names, setting[1]) {
				t.Errorf("%s: there is no setting %s", file, setting[1])
			}
		}
	}
}

// TestOperatorsPage: its commands and their flags are there.
func TestOperatorsPage(t *testing.T) {
	page, err := os.ReadFile("../../deploy/README.md")
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^    (?:sudo -u glossator )?glossator (.+)$`).FindAllStringSubmatch(string(page), -1)
	if len(commands) < 10 {
		t.Errorf("the page has %d commands: is it read rightly?", len(commands))
	}
	for _, given := range commands {
		var line commandLine
		k, err := kong.New(&line, kong.Exit(func(int) {}))
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Fields(given[1])
		if _, err := k.Parse(words); err != nil && !strings.Contains(err.Error(), "no such file") {
			t.Errorf("glossator %s: %v", given[1], err)
		}
	}
}
