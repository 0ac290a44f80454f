package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/alecthomas/kong"
)

// version is set when the binary is built.
var version = "unknown"

type versionCommand struct{}

// Run prints the version, the commit that was built and what it was built with.
func (versionCommand) Run(k *kong.Context) error {
	info, _ := debug.ReadBuildInfo()
	_, err := io.WriteString(k.Stdout, built(version, info))
	return err
}

// built says what a binary was built from. Go notes the commit where it builds a
// checkout; without a note it is unknown.
func built(version string, info *debug.BuildInfo) string {
	commit, changed := "unknown", ""
	if info != nil {
		for _, setting := range info.Settings {
			switch {
			case setting.Key == "vcs.revision":
				commit = setting.Value
			case setting.Key == "vcs.modified" && setting.Value == "true":
				changed = ", changed since"
			}
		}
	}
	return fmt.Sprintf("glossator %s\ncommit %s%s\n%s %s/%s\n", version, commit, changed, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
