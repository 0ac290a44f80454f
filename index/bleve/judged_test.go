package bleve

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"

	"glossator/index/indextest"
)

// judgedDepth is how many documents are ranked for each query: the cut-off of
// the average precision, which is slow to look for far down.
var judgedDepth = flag.Int("judged.depth", 100, "how many documents are ranked for each judged query")

// floors are what nDCG@10 must not fall below on the shared collections.
var floors = map[string]float64{"scifact": 0.690, "cuad-clauses": 0.520}

// published says what others reach on the shared collections: Anserini's BM25
// over one field (docs/reproduce of BEIR 1.0.0), and for the clauses, which were
// cut for this comparison, the BM25 of the textbook with k1 0.9 and b 0.4.
var published = map[string]string{
	"scifact":                          "Lucene 0.679, recall 0.925",
	"cuad-clauses":                     "BM25 0.517",
	"cuad-clauses, queries.long.jsonl": "BM25 0.522",
}

// TestJudged ranks the documents of every judged collection, those of the
// folder GLOSSATOR_JUDGED or the shared ones, prints a table and holds the floors.
func TestJudged(t *testing.T) {
	root := os.Getenv("GLOSSATOR_JUDGED")
	if root == "" {
		root = shared(t, "judged")
	}
	corpora, err := filepath.Glob(filepath.Join(root, "*", "corpus.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if len(corpora) == 0 {
		t.Fatalf("no folder in %s has a corpus.jsonl", root)
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\nset\tqueries\tnDCG@10\tMAP@%d\trecall@100\tothers\n", *judgedDepth)
	for _, corpus := range corpora {
		judgeFolder(t, w, filepath.Dir(corpus))
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Log(table.String())
}

// judgeFolder writes a line of the table for each file of queries of a folder.
func judgeFolder(t *testing.T, w *tabwriter.Writer, folder string) {
	t.Helper()
	x := opened(t, t.TempDir(), "judged")
	for n, queries := range []string{"queries.jsonl", "queries.long.jsonl"} {
		if _, err := os.Stat(filepath.Join(folder, queries)); n > 0 && os.IsNotExist(err) {
			continue
		}
		judged, err := indextest.ReadJudged(folder, queries)
		if err != nil {
			t.Fatal(err)
		}
		name := judged.Name
		if n == 0 {
			err = judged.Fill(t.Context(), x)
		} else {
			name += ", " + queries
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := judged.Judge(t.Context(), x, *judgedDepth)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, "%s\t%d\t%.4f\t%.4f\t%.4f\t%s\n", name, len(judged.Queries), got.NDCG10, got.Precision, got.Recall100, published[name])
		if got.NDCG10 < floors[name] {
			t.Errorf("%s: nDCG@10 is %.4f, below %.3f", name, got.NDCG10, floors[name])
		}
	}
}
