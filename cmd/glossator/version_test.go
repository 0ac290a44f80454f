package main

import (
	"runtime/debug"
	"strings"
	"testing"
)

func TestBuilt(t *testing.T) {
	commit := debug.BuildSetting{Key: "vcs.revision", Value: "c0ffee"}
	for _, test := range []struct {
		name string
		info *debug.BuildInfo
		want string
	}{
		{"a commit", &debug.BuildInfo{Settings: []debug.BuildSetting{commit, {Key: "vcs.modified", Value: "false"}}}, "glossator v1\ncommit c0ffee\ngo"},
		{"a change", &debug.BuildInfo{Settings: []debug.BuildSetting{commit, {Key: "vcs.modified", Value: "true"}}}, "glossator v1\ncommit c0ffee, changed since\ngo"},
		{"no checkout", &debug.BuildInfo{}, "glossator v1\ncommit unknown\ngo"},
		{"nothing", nil, "glossator v1\ncommit unknown\ngo"},
	} {
		if got := built("v1", test.info); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
