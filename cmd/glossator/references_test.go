package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"glossator/index"
	"glossator/index/catalogue"
	"glossator/index/importer"
)

// A library is what references are followed in, without a store.
type library struct {
	documents map[string]index.Document
	versions  map[string][]*index.Version
	places    map[*index.Version]*index.Places
	names     *index.Names
}

func readLibrary(t *testing.T, paths ...string) *library {
	t.Helper()
	l := &library{documents: map[string]index.Document{}, versions: map[string][]*index.Version{}, places: map[*index.Version]*index.Places{}}
	put := func(_ context.Context, d index.Document, versions []index.Version) (string, error) {
		catalogue.Complete(&d)
		l.documents[d.ID] = d
		for i := range versions {
			l.versions[d.ID] = append(l.versions[d.ID], &versions[i])
		}
		return string(importer.Taken), nil
	}
	if _, err := (&importer.Importer{Put: put}).Paths(t.Context(), paths); err != nil {
		t.Fatal(err)
	}
	var all []index.Document
	for _, d := range l.documents {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b index.Document) int { return strings.Compare(a.ID, b.ID) })
	l.names = index.NewNames(all)
	return l
}

func (l *library) placesOf(v *index.Version) *index.Places {
	if l.places[v] == nil {
		l.places[v] = index.NewPlaces(v)
	}
	return l.places[v]
}

// in returns the version of a document in a language, else the first; nil if
// there is none.
func (l *library) in(document, language string) *index.Version {
	versions := l.versions[document]
	for _, v := range versions {
		if v.Language == language {
			return v
		}
	}
	if len(versions) == 0 {
		return nil
	}
	return versions[0]
}

// leads says where a reference leads to: "eu-gdpr art5.1", "" if nowhere.
func (l *library) leads(d index.Document, v *index.Version, r index.Reference) string {
	document, to := d.ID, v
	var reach index.Reach
	if r.Abroad(d.Kind) {
		meant, _, ok := l.names.Whom(d, r)
		if to = l.in(meant.ID, v.Language); !ok || to == nil {
			return ""
		}
		document, reach = meant.ID, l.placesOf(to).Foreign(r)
	} else if reach = l.placesOf(v).Own(r); d.Kind == index.Commentary && r.Of == index.Unsaid {
		return ""
	}
	if reach.First < 0 {
		return ""
	}
	return document + " " + to.Provisions[reach.First].ID
}

// checkedReference is a line of the file of checked references.
type checkedReference struct{ document, language, passage, words, target string }

func readChecked(t *testing.T, name string) []checkedReference {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []checkedReference
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if f := strings.Split(lines.Text(), "\t"); len(f) == 5 && f[0] != "document" {
			all = append(all, checkedReference{f[0], f[1], f[2], f[3], f[4]})
		}
	}
	return all
}

// TestReferencesMeasured follows the references of passages of real texts that
// were checked by hand: every reference in these passages is in the file, with
// what it leads to, "-" where that is not here or not certain.
func TestReferencesMeasured(t *testing.T) {
	l := readLibrary(t, checkedPaths(t, "pta_20.xml", "pta_110.xml", "pta_189.xml", "pta_190.xml", "pta_331.xml")...)
	precision, recall := l.measure(t, "references.tsv")
	if precision < 0.98 || recall < 0.9 {
		t.Errorf("below the floors: precision 0.98, recall 0.90")
	}
}

// TestReferencesSampled does the same with passages that were not chosen for what
// is found in them: every n-th of eleven texts, but for those longer than 2,500
// bytes. Those without a reference are in the file, too, with "-".
func TestReferencesSampled(t *testing.T) {
	l := readLibrary(t, checkedPaths(t, "pta_41.xml")...)
	precision, recall := l.measure(t, "references-sample.tsv")
	if precision < 0.98 || recall < 0.9 {
		t.Errorf("below the floors: precision 0.98, recall 0.90")
	}
}

// checkedPaths returns the texts on cyberspace and some trade agreements.
func checkedPaths(t *testing.T, agreements ...string) []string {
	paths := []string{sharedDir(t, "corpus/cyber")}
	for _, name := range agreements {
		paths = append(paths, filepath.Join(sharedDir(t, "corpus/tota"), name))
	}
	return paths
}

// measure follows the references of the passages in a file of checked ones, prints
// what came out, and returns how many of the links are right and how many of those
// that should be are there.
func (l *library) measure(t *testing.T, file string) (precision, recall float64) {
	t.Helper()
	checked := readChecked(t, file)
	type passage struct{ document, language, passage string }
	found := map[passage]map[string]int{}
	for _, c := range checked {
		key := passage{c.document, c.language, c.passage}
		if found[key] == nil {
			found[key] = l.linksIn(t, c)
		}
	}
	var right, wrong, there int
	for _, c := range checked {
		links := found[passage{c.document, c.language, c.passage}]
		link := c.words + "\t" + c.target
		switch {
		case c.target == "-":
		case links[link] > 0:
			links[link]--
			right++
			there++
		default:
			there++
			t.Logf("missed: %s %s: %q to %s", c.document, c.passage, c.words, c.target)
		}
	}
	for key, links := range found {
		for link, n := range links {
			if wrong += n; n > 0 {
				t.Logf("wrong: %s %s: %s", key.document, key.passage, strings.ReplaceAll(link, "\t", " to "))
			}
		}
	}
	precision, recall = float64(right)/float64(max(1, right+wrong)), float64(right)/float64(max(1, there))
	fmt.Printf("%s: %d passages, %d references lead somewhere; precision %.3f, recall %.3f\n", file, len(found), there, precision, recall)
	return precision, recall
}

// linksIn counts the links of a passage by their words and targets.
func (l *library) linksIn(t *testing.T, c checkedReference) map[string]int {
	t.Helper()
	v := l.in(c.document, c.language)
	if v == nil {
		t.Fatalf("there is no %s", c.document)
	}
	links := map[string]int{}
	runes := []rune(v.Text)
	for _, r := range index.FindReferences(v) {
		if v.Provisions[v.PassageAround(r.Provision)].ID != c.passage {
			continue
		}
		if target := l.leads(l.documents[c.document], v, r); target != "" {
			links[string(runes[r.Start:r.End])+"\t"+target]++
		}
	}
	return links
}
