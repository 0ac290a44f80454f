package anchor

import (
	"errors"
	"testing"

	"glossator/annotations"
)

const findText = "Article 1\nThe keeper shall keep the keys.\nArticle 2\nThe keeper shall\u00a0not lend the keys.\nWhoever lends the keys pays."

func quoteSelector(exact, prefix, suffix string) annotations.Selector {
	return annotations.Selector{Kind: annotations.TextQuote, Exact: exact, Prefix: prefix, Suffix: suffix}
}

func positionSelector(start, end int) annotations.Selector {
	return annotations.Selector{Kind: annotations.TextPosition, Start: start, End: end}
}

func fragmentSelector(id string, refined ...annotations.Selector) annotations.Selector {
	return annotations.Selector{Kind: annotations.Fragment, Fragment: id, RefinedBy: refined}
}

func TestFind(t *testing.T) {
	text := NewText(findText)
	provisions := map[string]Span{"art1": {0, 41}, "art2": {42, 116}}
	provision := func(id string) (Span, bool) {
		found, ok := provisions[id]
		return found, ok
	}
	for name, test := range map[string]struct {
		selectors []annotations.Selector
		at        int    // where it begins
		want      string // what stands there
		err       error
	}{
		"a quote that is there once":             {[]annotations.Selector{quoteSelector("not lend", "", "")}, 69, "not lend", nil},
		"other white space":                      {[]annotations.Selector{quoteSelector("shall not lend", "", "")}, 63, "shall\u00a0not lend", nil},
		"over two lines without a break":         {[]annotations.Selector{quoteSelector("Article 2The keeper", "", "")}, 42, "Article 2\nThe keeper", nil},
		"several times":                          {[]annotations.Selector{quoteSelector("the keys", "", "")}, 0, "", ErrAmbiguous},
		"several times, and where":               {[]annotations.Selector{quoteSelector("the keys", "", ""), positionSelector(32, 40)}, 32, "the keys", nil},
		"several times, with its words":          {[]annotations.Selector{quoteSelector("the keys", "keeper shallkeep ", ".")}, 32, "the keys", nil},
		"several times, with a word that is not": {[]annotations.Selector{quoteSelector("the keys", "xx Whoever lends ", " forfeits")}, 102, "the keys", nil},
		"several times, hardly told apart":       {[]annotations.Selector{quoteSelector("the keys", "unbend ", "")}, 0, "", ErrAmbiguous},
		"a quote decides over a position":        {[]annotations.Selector{positionSelector(0, 7), quoteSelector("pays", "", "")}, 111, "pays", nil},
		"a position alone":                       {[]annotations.Selector{positionSelector(0, 7)}, 0, "Article", nil},
		"a position past the end":                {[]annotations.Selector{positionSelector(0, 700)}, 0, "", ErrRange},
		"a provision":                            {[]annotations.Selector{fragmentSelector("art1")}, 0, "Article 1\nThe keeper shall keep the keys.", nil},
		"a provision that is not there":          {[]annotations.Selector{fragmentSelector("art3")}, 0, "", ErrNotFound},
		"a quote in a provision":                 {[]annotations.Selector{fragmentSelector("art1", quoteSelector("the keys", "", ""))}, 32, "the keys", nil},
		"a quote beside a provision":             {[]annotations.Selector{fragmentSelector("art1"), quoteSelector("the keys", "", "")}, 32, "the keys", nil},
		"a position in a quote":                  {[]annotations.Selector{{Kind: annotations.TextQuote, Exact: "keeper shall keep", RefinedBy: []annotations.Selector{positionSelector(7, 12)}}}, 21, "shall", nil},
		"a range": {[]annotations.Selector{{
			Kind: annotations.Range, From: []annotations.Selector{quoteSelector("Whoever", "", "")}, To: []annotations.Selector{quoteSelector("pays", "", "")},
		}}, 88, "Whoever lends the keys ", nil},
		"a range that ends before it begins": {[]annotations.Selector{{
			Kind: annotations.Range, From: []annotations.Selector{quoteSelector("pays", "", "")}, To: []annotations.Selector{quoteSelector("Whoever", "", "")},
		}}, 0, "", ErrRange},
		"nothing for a text": {[]annotations.Selector{{Kind: "XPathSelector"}}, 0, "", ErrSelector},
		"nothing":            {nil, 0, "", ErrSelector},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := text.Find(test.selectors, provision)
			if !errors.Is(err, test.err) {
				t.Fatalf("error %v, want %v", err, test.err)
			}
			if got := string([]rune(findText)[found.Start:found.End]); got != test.want || found.Start != test.at {
				t.Errorf("found %q at %d, want %q at %d", got, found.Start, test.want, test.at)
			}
		})
	}
}
