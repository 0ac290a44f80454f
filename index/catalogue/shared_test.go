package catalogue

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glossator/index"
)

// TestKnowsTheCorpus holds the ids to those of the texts that researchers
// import: the slugs of the manifest without the language.
func TestKnowsTheCorpus(t *testing.T) {
	data, err := os.ReadFile(shared(t, "corpus", "cyber", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Entries []struct{ Slug, Kind, Adopted string }
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	for _, entry := range manifest.Entries {
		if entry.Kind != index.Treaty && !strings.HasPrefix(entry.Slug, "partial-") {
			continue
		}
		id := strings.TrimSuffix(entry.Slug, filepath.Ext(entry.Slug))
		d := index.Document{ID: id}
		Complete(&d)
		if d.Title == "" {
			t.Errorf("%s is not known", id)
		}
		year := func(date string) string { return date[:min(4, len(date))] }
		if dates := []string{year(d.Adopted), year(d.Signed)}; !strings.Contains(strings.Join(dates, " "), year(entry.Adopted)) {
			t.Errorf("%s is of %v, the manifest says %s", id, dates, entry.Adopted)
		}
	}
}

// shared returns a path in the folder of the texts to test with, which lies
// beside the repository unless GLOSSATOR_SHARED names it. Without it the test is
// skipped, or fails if GLOSSATOR_REQUIRE_SHARED is 1.
func shared(t *testing.T, path ...string) string {
	t.Helper()
	root := os.Getenv("GLOSSATOR_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	at := filepath.Join(append([]string{root}, path...)...)
	if _, err := os.Stat(at); err != nil {
		if os.Getenv("GLOSSATOR_REQUIRE_SHARED") == "1" {
			t.Fatalf("the shared texts are required: %v", err)
		}
		t.Skipf("without the shared texts: %v", err)
	}
	return at
}
