package indextest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"glossator/index"
	"glossator/index/query"
)

// A Judged collection is documents, and queries of which it is known which
// documents answer them.
type Judged struct {
	Name      string
	Documents []index.Change // one document of one passage each
	Queries   []JudgedQuery
}

// A JudgedQuery is words as a person types them, and the grade of each document
// that was judged: 0 is no answer, a greater number a better one.
type JudgedQuery struct {
	ID, Text string
	Grades   map[string]int
}

// ReadJudged reads a folder in the layout of BEIR (Thakur et al., 2021):
// corpus.jsonl, a file of queries and qrels.tsv. The title of a document is also
// the heading of its passage and the first line of its text. Queries without a
// judgement are left out.
func ReadJudged(folder, queries string) (*Judged, error) {
	j := &Judged{Name: filepath.Base(folder)}
	err := eachLine(filepath.Join(folder, "corpus.jsonl"), func(line []byte) error {
		var d judgedLine
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		j.Documents = append(j.Documents, d.change(int64(len(j.Documents)+1)))
		return nil
	})
	if err != nil {
		return nil, err
	}
	grades, err := readGrades(filepath.Join(folder, "qrels.tsv"))
	if err != nil {
		return nil, err
	}
	return j, eachLine(filepath.Join(folder, queries), func(line []byte) error {
		var q judgedLine
		if err := json.Unmarshal(line, &q); err != nil {
			return err
		}
		if len(grades[q.ID]) > 0 {
			j.Queries = append(j.Queries, JudgedQuery{ID: q.ID, Text: q.Text, Grades: grades[q.ID]})
		}
		return nil
	})
}

// A judgedLine is a document or a query; a query has no title.
type judgedLine struct {
	ID    string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

func (d judgedLine) change(number int64) index.Change {
	text := d.Text
	if d.Title != "" {
		text = d.Title + "\n" + d.Text
	}
	return index.Change{
		Number:   number,
		Document: index.Document{ID: d.ID, Title: d.Title, Kind: index.Treaty},
		Passages: []index.Passage{{
			Document: d.ID, Version: "version-of-" + d.ID, Language: "en",
			Provision: "p1", Pinpoint: "para. 1", Heading: d.Title,
			Span: index.Span{End: utf8.RuneCountInString(text)}, Text: text,
		}},
	}
}

// readGrades reads lines of a query, a document and a grade, below one line of
// headings.
func readGrades(path string) (map[string]map[string]int, error) {
	grades := map[string]map[string]int{}
	headed := false
	return grades, eachLine(path, func(line []byte) error {
		if !headed {
			headed = true
			return nil
		}
		cells := strings.Split(string(line), "\t")
		if len(cells) != 3 {
			return errors.New("not a query, a document and a grade")
		}
		grade, err := strconv.Atoi(cells[2])
		if err != nil {
			return err
		}
		if grades[cells[0]] == nil {
			grades[cells[0]] = map[string]int{}
		}
		grades[cells[0]][cells[1]] = grade
		return nil
	})
}

// eachLine calls visit for each line of a file that is not blank. An error of
// visit says which line it was.
func eachLine(path string, visit func(line []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewReader(file)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if trimmed := strings.TrimSpace(string(line)); trimmed != "" {
			if err := visit([]byte(trimmed)); err != nil {
				return fmt.Errorf("%s:%d: %w", path, number, err)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Fill applies the documents of the collection to an empty engine.
func (j *Judged) Fill(ctx context.Context, e index.Engine) error {
	const batch = 2000
	for from := 0; from < len(j.Documents); from += batch {
		if err := e.Apply(ctx, j.Documents[from:min(from+batch, len(j.Documents))]); err != nil {
			return err
		}
	}
	return nil
}

// Query returns what finds any of the words of the query, each as often as it
// was typed; false if there is no word in it.
func (q JudgedQuery) Query() (query.Query, bool) {
	var words []query.Query
	for token := range index.Tokens(q.Text) {
		words = append(words, query.Term{Text: token.Term})
	}
	if len(words) == 0 {
		return nil, false
	}
	return query.Any(words...), true
}

// Rank returns the ids of the best documents for a query, best first, depth at
// most.
func (q JudgedQuery) Rank(ctx context.Context, e index.Engine, depth int) ([]string, error) {
	const page = 100
	asked, ok := q.Query()
	if !ok {
		return nil, nil
	}
	var ranking []string
	for len(ranking) < depth {
		result, err := e.Search(ctx, asked, index.Options{Offset: len(ranking), Limit: min(page, depth-len(ranking)), PerDocument: 1})
		if err != nil {
			return nil, fmt.Errorf("query %s: %w", q.ID, err)
		}
		for _, group := range result.Groups {
			ranking = append(ranking, group.Document)
		}
		if len(result.Groups) == 0 || len(ranking) == result.Documents {
			break
		}
	}
	return ranking, nil
}

// Judge returns the means of the measures over all queries, each ranked to a
// depth of at least 100. An average precision counts what is found beyond the
// depth as not found.
func (j *Judged) Judge(ctx context.Context, e index.Engine, depth int) (Measures, error) {
	var sum Measures
	for _, q := range j.Queries {
		ranking, err := q.Rank(ctx, e, depth)
		if err != nil {
			return sum, err
		}
		m := Measure(ranking, q.Grades)
		sum.NDCG10 += m.NDCG10
		sum.Precision += m.Precision
		sum.Recall100 += m.Recall100
	}
	n := float64(max(len(j.Queries), 1))
	return Measures{sum.NDCG10 / n, sum.Precision / n, sum.Recall100 / n}, nil
}
