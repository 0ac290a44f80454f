package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs testdata/*.txt, which read as the manual of the command.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Condition: func(name string) (bool, error) {
			if name == "root" { // who may read everything
				return os.Getuid() == 0, nil
			}
			return false, fmt.Errorf("no condition is called %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// big FILE writes a text of 200 MB.
			"big": func(ts *testscript.TestScript, _ bool, args []string) {
				file, err := os.Create(ts.MkAbs(args[0]))
				ts.Check(err)
				defer file.Close()
				line := []byte("No toll is taken on this river.\n")
				for range 200 {
					_, err := file.Write(bytes.Repeat(line, 1<<20/len(line)))
					ts.Check(err)
				}
			},
			// same FILE FILE compares tables of annotations but for the last columns,
			// which are of one installation: whoever wrote them, and the numbers of writes.
			"same": func(ts *testscript.TestScript, _ bool, args []string) {
				var tables [2][][]string
				for i, name := range args {
					rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(name))).ReadAll()
					ts.Check(err)
					for _, row := range rows {
						tables[i] = append(tables[i], slices.Concat(row[:25], row[27:]))
					}
				}
				if diff := cmp.Diff(tables[0], tables[1]); diff != "" || len(tables[0]) < 2 {
					ts.Fatalf("%d rows, -first +second\n%s", len(tables[0]), diff)
				}
			},
			// damage FOLDER turns a bit in each segment of the index in a folder.
			"damage": func(ts *testscript.TestScript, _ bool, args []string) {
				segments, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "gen-*", "*.zap"))
				ts.Check(err)
				for _, segment := range segments {
					content, err := os.ReadFile(filepath.Clean(segment))
					ts.Check(err)
					content[len(content)/2] ^= 1
					ts.Check(os.WriteFile(segment, content, 0o600))
				}
			},
			// bytes FILE WHAT writes what a text file cannot hold.
			"bytes": func(ts *testscript.TestScript, _ bool, args []string) {
				content := map[string]string{
					"latin1": "Article 1\n\nLa libert\xe9 des bateaux.\n",
					"greek":  "Article 1\n\n\xd4\xef \xf0\xeb\xef\xdf\xef \xf0\xeb\xdd\xe5\xe9 \xf3\xf4\xef \xf0\xef\xf4\xdc\xec\xe9.\n",
					"png":    "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
				}[args[1]]
				ts.Check(os.WriteFile(filepath.Clean(ts.MkAbs(args[0])), []byte(content), 0o600))
			},
		},
	})
}
