package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// A setting is a flag that has a twin in the environment. Settings, and no other
// flags, may stand in the file of settings. What is on the command line counts
// before the environment, the environment before the file. A secret is never a
// setting: the name of the file that holds it is.
func isSetting(flag *kong.Flag) bool { return len(flag.Envs) > 0 && flag.Name != fileFlag }

// fileFlag names the file of settings.
const fileFlag = "config"

// settingsFile resolves flags from the file that --config or its twin names: a
// mapping in YAML from names of settings to values, or lists of them.
type settingsFile struct {
	read   bool
	values map[string]any
}

// Validate accepts every application: which names there are is known once the
// file is read.
func (*settingsFile) Validate(*kong.Application) error { return nil }

// Resolve returns what the file says of a setting, as it would be written on the
// command line; nil if the environment says something or the file nothing.
func (f *settingsFile) Resolve(k *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if !f.read {
		f.read = true
		if err := f.load(k); err != nil {
			return nil, err
		}
	}
	value, found := f.values[flag.Name]
	if _, twin := fromEnvironment(flag); !found || !isSetting(flag) || twin {
		return nil, nil //nolint:nilnil // kong's word for "not here"
	}
	if list, ok := value.([]any); ok {
		words := make([]string, len(list))
		for i := range list {
			words[i] = fmt.Sprint(list[i])
		}
		return strings.Join(words, ","), nil
	}
	if value == "" {
		return nil, nil //nolint:nilnil // nothing is said
	}
	return fmt.Sprint(value), nil
}

func (f *settingsFile) load(k *kong.Context) error {
	at := slices.IndexFunc(k.Model.Flags, func(flag *kong.Flag) bool { return flag.Name == fileFlag })
	name, _ := k.FlagValue(k.Model.Flags[at]).(string)
	if name == "" {
		return nil
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := yaml.Unmarshal(content, &f.values); err != nil {
		return fmt.Errorf("%s is not a list of settings: %w", name, err)
	}
	known := settingsOf(k.Model.Node)
	for key := range f.values {
		if !slices.Contains(known, key) {
			return fmt.Errorf("%s: there is no setting %q; there are %s", name, key, strings.Join(known, ", "))
		}
	}
	return nil
}

// settingsOf returns the names of the settings of all commands below a node.
func settingsOf(node *kong.Node) (names []string) {
	for _, flag := range node.Flags {
		if isSetting(flag) {
			names = append(names, flag.Name)
		}
	}
	for _, child := range node.Children {
		names = append(names, settingsOf(child)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// fromEnvironment returns the variable that sets a flag, if one does.
func fromEnvironment(flag *kong.Flag) (variable string, found bool) {
	at := slices.IndexFunc(flag.Envs, func(variable string) bool {
		_, set := os.LookupEnv(variable)
		return set
	})
	if at < 0 {
		return "", false
	}
	return flag.Envs[at], true
}

// configCommand takes the flags of serve, so that what it prints is what serve
// would do with them.
type configCommand struct {
	Serve serveCommand `embed:""`
}

// Run prints the settings that are in force, each with where it comes from, as a
// file of settings that --config takes.
func (configCommand) Run(k *kong.Context, line *commandLine) error {
	var out strings.Builder
	for _, flag := range k.Flags() {
		if !isSetting(flag) {
			continue
		}
		value, err := yaml.Marshal(map[string]any{flag.Name: shown(flag)})
		if err != nil {
			return fmt.Errorf("the setting %s: %w", flag.Name, err)
		}
		fmt.Fprintf(&out, "%s # %s\n", strings.TrimSuffix(string(value), "\n"), origin(k, flag, line.Config))
	}
	_, err := io.WriteString(k.Stdout, out.String())
	return err
}

// shown is the value of a flag without the password that an address may hold.
func shown(flag *kong.Flag) any {
	value := flag.Target.Interface()
	if text, ok := value.(string); ok {
		if address, err := url.Parse(text); err == nil && address.User != nil {
			return address.Redacted()
		}
	}
	return value
}

func origin(k *kong.Context, flag *kong.Flag, file string) string {
	for _, path := range k.Path {
		switch {
		case path.Flag != flag:
		case path.Resolved:
			return file
		default:
			return "command line"
		}
	}
	if variable, found := fromEnvironment(flag); found {
		return variable
	}
	return "default"
}
