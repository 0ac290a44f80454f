package watch

import (
	"errors"
	"slices"
	"testing"

	"glossator/annotations/store"
	"glossator/index/query"
)

func TestRead(t *testing.T) {
	for _, test := range []struct{ address, want string }{
		{"", ""},
		{"q=&kind=&view=kwic&page=2", ""},
		{"?q=moral", "moral"},
		{"q=moral+xenophobic", `moral xenophobic`},
		{"q=moral+OR+xenophobic&kind=treaty", `(moral OR xenophobic) kind:"treaty"`},
		{"kind=treaty&kind=code+of+conduct&lang=en", `(kind:"treaty" OR kind:"code of conduct") lang:"en"`},
		{"q=data&year=2010..2015&party=FRA&in=coe-ets185", `data party:"FRA" in:"coe-ets185" year:2010..2015`},
		{"org=NATO&concept=content+regulation&year=2014", `org:"NATO" concept:"content regulation" year:2014`},
		{"concept=a%22b", `concept:"a\"b"`},
		{"region=Europe&region=Africa&status=in+force&coded=no", `(region:"Europe" OR region:"Africa") status:"in force" coded:"no"`},
	} {
		got, err := Read(test.address, nil, nil)
		if err != nil {
			t.Errorf("%s: %v", test.address, err)
			continue
		}
		if got.Query.String() != test.want {
			t.Errorf("%s asks %s; want %s", test.address, got.Query, test.want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, address := range []string{"year=soon", "year=2014+OR+war", "year=2014+kind:treaty", "q=%zz", "year=2015..2010", "/search?q=war", "https://example.org/search?q=war"} {
		if q, err := Read(address, nil, nil); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s asks %v, error %v; want ErrInvalid", address, q.Query, err)
		}
	}
	var wrong *query.Error
	if q, err := Read("q=%22open", nil, nil); !errors.As(err, &wrong) {
		t.Errorf("an open quotation asks %v, error %v; want a query.Error", q.Query, err)
	}
}

func TestReadWithSynonyms(t *testing.T) {
	synonyms, err := query.ParseSynonyms("lamp, lantern")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		address, query string
		added          []string
	}{
		{"q=lamp+oil&kind=treaty", `(lamp OR lantern^0.5) oil kind:"treaty"`, []string{"lantern"}},
		{"q=lamp+oil&kind=treaty&synonyms=true", `(lamp OR lantern^0.5) oil kind:"treaty"`, []string{"lantern"}},
		{"q=lamp+oil&kind=treaty&synonyms=false", `lamp oil kind:"treaty"`, nil},
		{"concept=lamp", `concept:"lamp"`, nil},
	} {
		got, err := Read(test.address, synonyms, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.Query.String() != test.query || !slices.Equal(got.Synonyms, test.added) {
			t.Errorf("%s asks %s with %q; want %s with %q", test.address, got.Query, got.Synonyms, test.query, test.added)
		}
		if typed := query.Join(got.Clauses...); typed.String() != got.All.String() || len(got.Clauses) != len(query.Clauses(got.Query)) {
			t.Errorf("%s: the clauses of %s come from %q", test.address, got.Query, got.Clauses)
		}
	}
}

func TestSynonymsAreTheSameForAllProcesses(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	open := func() *Synonyms {
		s, err := store.Open(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return &Synonyms{Store: s}
	}
	here, there := open(), open()
	lamp := query.Term{Text: "lamp"}
	want := func(text string, edited bool, added ...string) {
		t.Helper()
		got, isEdited, err := there.Text(ctx)
		if err != nil || got != text || isEdited != edited {
			t.Errorf("the text is %.40q, edited %v, %v; want %.40q, %v", got, isEdited, err, text, edited)
		}
		synonyms, err := there.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if got := synonyms.Expand(lamp).Added; !slices.Equal(got, added) {
			t.Errorf("lamp is also searched as %q, want %q", got, added)
		}
	}
	want(query.OwnSynonyms, false)
	for _, step := range []struct {
		write, text string
		added       []string
	}{
		{"lamp, lantern\r\n\n", "lamp, lantern\n", []string{"lantern"}},
		{"lamp, torch", "lamp, torch\n", []string{"torch"}},
		{"", "\n", nil},
	} {
		if err := here.Write(ctx, step.write); err != nil {
			t.Fatal(err)
		}
		want(step.text, true, step.added...)
	}
	if err := here.Write(ctx, "lamp"); !errors.As(err, new(*query.SynonymError)) {
		t.Errorf("a text that is wrong is written: %v", err)
	}
	want("\n", true)
	if err := here.Reset(ctx); err != nil {
		t.Fatal(err)
	}
	want(query.OwnSynonyms, false)
}
