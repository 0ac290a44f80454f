package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/query"
)

// TestBitFlips turns one bit in a file of an index that was closed, or was not,
// and looks whether the index that is opened then answers as before: either it
// is built anew or the bit meant nothing. GLOSSATOR_FLIPS says how many.
func TestBitFlips(t *testing.T) {
	flips := number(t, "GLOSSATOR_FLIPS", 12)
	data := flippable(t)
	want, generation := answers(t, data)
	random := rand.New(rand.NewPCG(5, 6))
	anew, same, wrong := 0, 0, 0
	for range flips {
		copied := filepath.Join(t.TempDir(), "data")
		if err := os.CopyFS(copied, os.DirFS(data)); err != nil {
			t.Fatal(err)
		}
		flipped := flip(t, filepath.Join(copied, "index", generation), random)
		got, now := answers(t, copied)
		if diff := cmp.Diff(want, got); diff != "" {
			wrong++
			t.Errorf("after %s (-before +after):\n%s", flipped, diff)
		}
		if now == generation {
			same++
		} else {
			anew++
		}
		if err := os.RemoveAll(copied); err != nil {
			t.Fatal(err)
		}
	}
	if anew == 0 {
		t.Error("no index was built anew")
	}
	t.Logf("bit flips %d: built anew %d, without effect %d, wrong answers %d", flips, anew, same, wrong)
}

// flippable makes a data folder whose index has several segments, with passages
// that were deleted and written again.
func flippable(t *testing.T) string {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	token := scribe(t, data, "editor")
	s := serveData(t, data, token, "--no-digests")
	w := newChronicler(t, "carla", 11)
	w.s = s
	for _, deed := range []func() error{w.importText, w.importText, w.annotate, w.annotate, w.annotate, w.reimport, w.edit, w.delete, w.importText, w.annotate} {
		if err := deed(); err != nil {
			t.Fatal(err)
		}
		s.caughtUp()
	}
	s.stop()
	return data
}

// flip turns a bit in a file of a folder, in the list of segments every third
// time, and half of these times takes the mark away that the index was closed.
func flip(t *testing.T, dir string, random *rand.Rand) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) < 3 {
		t.Fatalf("%v, %v", files, err)
	}
	file := files[random.IntN(len(files))]
	how := ""
	if random.IntN(3) == 0 {
		file = filepath.Join(dir, "root.bolt")
		if random.IntN(2) == 0 {
			how = " of an index that was not closed"
			if err := os.Remove(filepath.Join(dir, "root.sum")); err != nil {
				t.Fatal(err)
			}
		}
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at, bit := random.IntN(len(content)), random.IntN(8)
	content[at] ^= 1 << bit
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("bit %d of byte %d of %s%s", bit, at, filepath.Base(file), how)
}

// answers opens a data folder as the server does and returns what it finds, and
// the generation of the index.
func answers(t *testing.T, data string) (found []string, generation string) {
	t.Helper()
	ctx := t.Context()
	s, err := store.Open(ctx, data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	x, err := openSoundIndex(ctx, data, s)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := index.Sync(ctx, x, s, nil); err != nil {
		t.Fatal(err)
	}
	if generation, err = s.Setting(ctx, generationSetting); err != nil {
		t.Fatal(err)
	}
	_, err = compareIndex(ctx, x, s, func(problem string) { found = append(found, problem) })
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"river", "toll banks", `"free of toll"`, "has:note", "carla*", "version:all river", "lights -banks"} {
		q, err := query.Parse(words)
		if err != nil {
			t.Fatal(err)
		}
		result, err := x.Search(ctx, q, index.Options{Limit: 50, PerDocument: 50, Facets: true, Audiences: []string{"public"}})
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, g := range result.Groups {
			for _, h := range g.Hits {
				fmt.Fprintf(&all, "%s %.4f %v; ", h.ID(), h.Score, h.Spans)
			}
		}
		found = append(found, fmt.Sprintf("%s: %d %d %v %s", words, result.Passages, result.Documents, result.Facets, &all))
	}
	return found, generation
}
