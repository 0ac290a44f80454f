package query

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// apartFrom, inOrderFrom and inUnit make Nears of words.
func apartFrom(left, right Query, distance int) Near {
	return Near{Left: left, Right: right, Distance: distance}
}

func inOrderFrom(left, right Query, distance int) Near {
	return Near{Left: left, Right: right, Distance: distance, Ordered: true}
}

func inUnit(left, right Query, unit Unit, ordered bool) Near {
	return Near{Left: left, Right: right, Unit: unit, Ordered: ordered}
}

func TestConnectors(t *testing.T) {
	a, b, c, d := w("a"), w("b"), w("c"), w("d")
	for _, test := range []struct {
		text string
		want Query
		out  string // what String gives; "" if it gives text
	}{
		{"a NEAR/5 b", apartFrom(a, b, 5), ""},
		{"a near/5 b", apartFrom(a, b, 5), "a NEAR/5 b"},
		{"a /5 b", apartFrom(a, b, 5), "a NEAR/5 b"},
		{"a w/255 b", apartFrom(a, b, 255), "a NEAR/255 b"},
		{"a ~1 b", apartFrom(a, b, 1), "a NEAR/1 b"},
		{"a W/05 b", apartFrom(a, b, 5), "a NEAR/5 b"},
		{"a +5 b", inOrderFrom(a, b, 5), ""},
		{"a pre/5 b", inOrderFrom(a, b, 5), "a +5 b"},
		{"a /s b", inUnit(a, b, Sentence, false), ""},
		{"a +s b", inUnit(a, b, Sentence, true), ""},
		{"a /p b", inUnit(a, b, Paragraph, false), ""},
		{"a +P b", inUnit(a, b, Paragraph, true), "a +p b"},
		{"a w/s b pre/p c", inUnit(inUnit(a, b, Sentence, false), c, Paragraph, true), "a /s b +p c"},
		{"a NEAR/5 b NEAR/5 c", apartFrom(apartFrom(a, b, 5), c, 5), ""},
		{"(a NEAR/5 b) NEAR/5 c", apartFrom(apartFrom(a, b, 5), c, 5), "a NEAR/5 b NEAR/5 c"},
		{"a NEAR/5 (b NEAR/5 c)", apartFrom(a, apartFrom(b, c, 5), 5), ""},
		{"a b NEAR/5 c d", And{a, apartFrom(b, c, 5), d}, ""},
		{"a OR NOT b /5 c", Or{a, Not{apartFrom(b, c, 5)}}, "a OR NOT b NEAR/5 c"},
		{"a /p(b OR c)/s d", inUnit(inUnit(a, Or{b, c}, Paragraph, false), d, Sentence, false), "a /p (b OR c) /s d"},
		{"a NEAR/2 (b OR c +1 d)", apartFrom(a, Or{b, inOrderFrom(c, d, 1)}, 2), ""},
		{"(a OR b)~5 c", apartFrom(Or{a, b}, c, 5), "(a OR b) NEAR/5 c"},
		{"(a NEAR/5 b)^2", Boost{apartFrom(a, b, 5), 2}, ""},
		{`"hate speech" NEAR/10 (racis* OR =moral OR colour~1 OR /xeno.+/)`, apartFrom(x("hate speech"), Or{
			Term{Match: Pattern, Text: "racis*"}, x("moral"), Term{Match: Fuzzy, Text: "colour", Edits: 1}, Term{Match: Regexp, Text: "xeno.+"},
		}, 10), `"hate speech" NEAR/10 (racis* OR "moral" OR colour~1 OR /xeno.+/)`},
		{`"a b"~3`, apartFrom(x("a"), x("b"), 4), `"a" NEAR/4 "b"`},
		{`"a co-op — c"~1^2 d`, And{Boost{apartFrom(apartFrom(x("a"), x("co-op"), 2), x("c"), 2), 2}, d}, `("a" NEAR/2 "co-op" NEAR/2 "c")^2 d`},
		{`"a b" ~3 c`, apartFrom(x("a b"), c, 3), `"a b" NEAR/3 c`},
		{"near NEAR/5 w", apartFrom(w("near"), w("w"), 5), ""},
		{`"/5" "NEAR"`, And{x("/5"), x("NEAR")}, ""},
	} {
		got, err := Parse(test.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", test.text, err)
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Parse(%q): -want +got\n%s", test.text, diff)
		}
		if test.out == "" {
			test.out = test.text
		}
		if got.String() != test.out {
			t.Errorf("Parse(%q).String() = %q, want %q", test.text, got.String(), test.out)
		}
		checkRoundTrip(t, got)
	}
}

func TestWordsThatVary(t *testing.T) {
	fuzzy := func(text string, edits int) Term { return Term{Match: Fuzzy, Text: text, Edits: edits} }
	expression := func(text string) Term { return Term{Match: Regexp, Text: text} }
	for text, want := range map[string]Term{
		"colour~":                           fuzzy("colour", 1),
		"law~1":                             fuzzy("law", 1),
		"breach~2":                          fuzzy("breach", 2),
		"(Wörd~)":                           fuzzy("Wörd", 1),
		"«x ,colour,~1":                     fuzzy("colour", 1),
		"/cyber.+/":                         expression("cyber.+"),
		"/Cyber(crime|Attack)s?/":           expression("cyber(crime|attack)s?"),
		`/\p{Lu}yb\Ser\x41\PL/`:             expression(`\p{Lu}yb\Ser\x41\PL`),
		"/(?:ab|cd){1,3}/":                  expression("(?:ab|cd){1,3}"),
		"/organi[sz]ation/":                 expression("organi[sz]ation"),
		"co\u00adope*":                      {Match: Pattern, Text: "co\u00adope*"},
		"title:co\u200bope?":                {Field: "title", Match: Pattern, Text: "co\u200bope?"},
		"kind:a*":                           {},
		"concept:\"a\u00adb\"":              {Field: "concept", Match: Phrase, Text: "a\u00adb"},
		"/ab+/^1":                           expression("ab+"),
		"/" + strings.Repeat("a", 50) + "/": expression(strings.Repeat("a", 50)),
	} {
		text = strings.TrimPrefix(text, "«x ")
		got, err := Parse(text)
		if want == (Term{}) {
			if err == nil {
				t.Errorf("Parse(%q) = %#v, want an error", text, got)
			}
			continue
		}
		if diff := cmp.Diff(Query(want), got); err != nil || diff != "" {
			t.Errorf("Parse(%q): %v, -want +got\n%s", text, err, diff)
			continue
		}
		checkRoundTrip(t, got)
	}
}

func TestErrorsOfConnectors(t *testing.T) {
	for _, c := range []struct {
		text             string
		position, length int
		reason           string // part of it
		repair           string
	}{
		{"(hate speech) NEAR/5 x", 0, 13, "quotation marks", `"hate speech" NEAR/5 x`},
		{"x NEAR/5 (hate AND speech)", 9, 17, "quotation marks", `x NEAR/5 "hate speech"`},
		{"x NEAR/5 (a OR (b c))", 9, 12, "quotation marks", "x AND (a OR (b c))"},
		{"x NEAR/5 (a title:b)", 9, 11, "quotation marks", "x AND (a title:b)"},
		{"a NEAR/5 NOT b", 9, 3, "not near", "a NOT b"},
		{"a NEAR/5 -b", 9, 1, "not near", "a -b"},
		{"a NEAR/5 (b OR NOT c)", 9, 12, "cannot have NOT", "a AND (b OR NOT c)"},
		{"title:a NEAR/5 b", 0, 7, "“title:” cannot stand beside", "title:a AND b"},
		{"a /s year:2014", 5, 9, "“year:” cannot stand beside", "a AND year:2014"},
		{"title:(a NEAR/5 b)", 7, 1, "“title:” cannot stand beside", "title:(a AND b)"},
		{"a^2 NEAR/5 b", 0, 3, "weight", "a NEAR/5 b"},
		{"a NEAR/5 b^2", 9, 3, "weight", "a NEAR/5 b"},
		{"a NEAR/5 (b OR c^2)", 9, 10, "weight", "a NEAR/5 (b OR c)"},
		{"+5", 0, 2, "needs something before it", ""},
		{"~5 a", 0, 2, "needs something before it", "a"},
		{"a AND /s b", 2, 3, "“AND” needs something after it", "a /s b"},
		{"a NEAR/5", 2, 6, "needs something after it", "a"},
		{"(a /p) b", 3, 2, "needs something after it", "(a) b"},
		{"a NEAR/5 NEAR/3 b", 2, 6, "needs something after it", "a NEAR/3 b"},
		{"a NEAR b", 2, 4, "number of words", "a NEAR/10 b"},
		{"a NEAR/x b", 2, 6, "number of words", "a NEAR/10 b"},
		{"a NEAR/0 b", 2, 6, "out of bounds", "a NEAR/1 b"},
		{"a pre/256 b", 2, 7, "out of bounds", "a pre/255 b"},
		{"a w/99999999999999999999 b", 2, 22, "out of bounds", "a w/255 b"},
		{strings.Repeat("a NEAR/1 ", 21) + "a", 182, 6, "20 is the most", ""},
		{strings.Repeat("(", 15) + strings.Repeat("a /s ", 6) + "a" + strings.Repeat(")", 15), 42, 2, "20 is the most", ""},
		{`"` + strings.Repeat("a ", 22) + `"~2`, 46, 2, "may have 21 words", `"` + strings.Repeat("a ", 22) + `"`},
		{`"a b"~`, 5, 1, "such as ~3", `"a b"`},
		{`"a b"~1.5`, 5, 4, "whole number", `"a b"`},
		{`"a b"~0`, 5, 2, "no word between", `"a b"`},
		{`"a b"~255`, 5, 4, "at most 254", `"a b"~254`},
		{`"a"~2`, 3, 2, "two or more words", `"a"`},
		{`"网络安全"~2`, 6, 2, "two or more words", `"网络安全"`},
		{`title:"a b"~2`, 11, 2, "not of “title:”", `title:"a b"`},
		{`kind:"a b"~2`, 10, 2, "not on the value", `kind:"a b"`},
		{`"—"~2`, 0, 5, "no letter or digit", ""},
	} {
		wantError(t, c.text, c.position, c.length, c.reason, c.repair)
	}
}

func TestErrorsOfWordsThatVary(t *testing.T) {
	for _, c := range []struct {
		text             string
		position, length int
		reason           string // part of it
		repair           string
	}{
		{"a~", 0, 2, "at least three letters", "a"},
		{"of~2 x", 0, 4, "at least three letters", "of x"},
		{"law~2", 0, 5, "only one letter may differ", "law~1"},
		{"colour~3", 0, 8, "out of bounds", "colour~2"},
		{"law~0.8", 0, 7, "out of bounds", "law~1"},
		{"colour~0", 0, 8, "the exact word", `"colour"`},
		{"wom?n~1", 0, 7, "take one of them", "wom?n"},
		{"co-operation~", 0, 13, "several words", "co-operation"},
		{"网络安全~", 0, 5, "several words", "网络安全"},
		{"title:colour~", 6, 7, "“title:” cannot stand", "title:colour"},
		{"—~1", 0, 3, "no letter or digit", ""},
		{strings.Repeat("abc~ ", 21), 100, 4, "number 21", strings.Repeat("abc~ ", 20) + "abc"},

		{"/(a+)+$/", 0, 8, "at least two letters", `"a"`},
		{"/.*/", 0, 4, "at least two letters", ""},
		{"/(ab)*/", 0, 7, "at least two letters", `"ab"`},
		{"/ab|c/", 0, 6, "at least two letters", `"ab c"`},
		{"//", 0, 2, "nothing between", ""},
		{"title://", 6, 2, "not of “title:”", ""},
		{"note:/ab.c/", 5, 6, "not of “note:”", "note:ab*"},
		{"/ab(c/", 0, 6, "missing closing )", "ab*"},
		{"/(?i)abc/", 0, 9, "only (?: is known", `"i abc"`},
		{"/cyber-.+/", 0, 10, "no word has “-”", "cyber*"},
		{"/5%+x/", 0, 6, "a word by itself", `"5 x"`},
		{"/网络.+/", 0, 6, "a word by itself", `"网络"`},
		{"/(abc){300}/", 0, 12, "too large", `"abc 300"`},
		{"/(ab{9}){999}/", 0, 14, "invalid repeat count", `"ab 9 999"`},
		{"/cyber.+", 0, 1, "never closed", "/cyber.+/"},
		{"a /(cyber|info.+ b", 2, 1, "never closed", `a "cyber info" b`},
		{"/hate speech/", 0, 13, "no blanks", `"hate speech"`},
		{strings.Repeat("/ab./ ", 21), 120, 5, "number 21", strings.Repeat("/ab./ ", 20) + `"ab"`},

		{"a ^2", 2, 2, "directly behind", "a"},
		{"^2", 0, 2, "directly behind", ""},
		{`"a"^x`, 3, 2, "needs a number", `"a"`},
		{"a^0", 1, 2, "0.1 at least", "a^0.1"},
		{"a^100.5", 1, 6, "100 at most", "a^100"},
		{"(a)^2^3", 5, 2, "one weight", "(a)^2"},
		{"a^0^1", 1, 2, "0.1 at least", "a^0.1"},
		{"kind:treaty^2", 11, 2, "the value of a field", "kind:treaty"},
		{"(year:2014)^2", 11, 2, "the value of a field", "(year:2014)"},
		{"§*", 0, 2, "a symbol is a word", `"§"`},

		{"date:soon", 5, 4, "not a date", "soon"},
		{"date:..", 5, 2, "not a date", ""},
		{"date:2014/03/27", 5, 10, "not a date", "date:2014-03-27"},
		{"date:27.3.2014", 5, 9, "not a date", "date:2014-3-27"},
		{"date:20140327", 5, 8, "not a date", "date:2014-03-27"},
		{"date:2010-2015", 5, 9, "not a date", "date:2010..2015"},
		{"date:>2014-02", 5, 8, "not a date", "date:2014-03-01.."},
		{"date:<=2014", 5, 6, "not a date", "date:..2014"},
		{"date:<2014", 5, 5, "not a date", "date:..2013-12-31"},
		{"date:2014-02-30", 5, 10, "no day 30; it has 28", "date:2014-02-28"},
		{"date:2014-13..", 5, 9, "no month 13", "date:2014.."},
		{"date:2015-06..2015-05", 5, 16, "backwards", "date:2015-05..2015-06"},
		{"coded:maybe", 6, 5, "takes yes or no", "coded:yes"},
	} {
		wantError(t, c.text, c.position, c.length, c.reason, c.repair)
	}
}

func wantError(t *testing.T, text string, position, length int, reason, repair string) {
	t.Helper()
	q, err := Parse(text)
	var fault *Error
	if !errors.As(err, &fault) {
		t.Errorf("Parse(%.40q) = %v, %v; want an *Error", text, q, err)
		return
	}
	if fault.Position != position || fault.Length != length || !strings.Contains(fault.Reason, reason) || fault.Repair != repair {
		t.Errorf("Parse(%.40q): %#v\nwant position %d, length %d, reason with %q, repair %q", text, fault, position, length, reason, repair)
	}
	checkError(t, text, err)
}

func TestDates(t *testing.T) {
	for text, want := range map[string]struct {
		from, to int
		out      string
	}{
		"date:2014-03-27":         {20140327, 20140327, "date:2014-03-27"},
		"date:2014-3":             {20140301, 20140331, "date:2014-03-01..2014-03-31"},
		"date:2016-02":            {20160201, 20160229, "date:2016-02-01..2016-02-29"},
		"date:2014":               {20140101, 20141231, "date:2014-01-01..2014-12-31"},
		"date:2010-05..2012":      {20100501, 20121231, "date:2010-05-01..2012-12-31"},
		`date:"2010.."`:           {20100101, 0, "date:2010-01-01.."},
		"date:..2012-12":          {0, 20121231, "date:..2012-12-31"},
		"date:0987-01-01..0990-1": {9870101, 9900131, "date:0987-01-01..0990-01-31"},
	} {
		q, err := Parse(text)
		if err != nil {
			t.Errorf("Parse(%q): %v", text, err)
			continue
		}
		if q != (Range{"date", want.from, want.to}) || q.String() != want.out {
			t.Errorf("Parse(%q) = %#v, written %q, want %v", text, q, q, want)
		}
		checkRoundTrip(t, q)
	}
}

func TestRelax(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "",
		"a":                                    "",
		"a OR b":                               "",
		"a kind:treaty":                        "",
		"a title:b NOT c":                      "",
		"a b":                                  "a OR b",
		"a b^2 kind:treaty NOT c title:d":      "(a OR b^2) kind:treaty NOT c title:d",
		"year:2014 a (b OR c) d NEAR/3 e":      "(a OR b OR c OR d NEAR/3 e) year:2014",
		"a (b OR title:c) dd*":                 "(a OR dd*) (b OR title:c)",
		"a (b OR c NOT d) e":                   "(a OR e) (b OR c AND NOT d)",
		"note:x (a b OR c) =d date:2014-01-01": `(a AND b OR c OR "d") note:x date:2014-01-01`,
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatalf("Parse(%q): %v", text, err)
		}
		got, ok := Relax(q)
		if ok != (want != "") {
			t.Errorf("Relax(%q) = %q, %v", text, got, ok)
		}
		if want == "" {
			want = text
		}
		if got.String() != want {
			t.Errorf("Relax(%q) = %q, want %q", text, got, want)
		}
		checkRoundTrip(t, got)
	}
}
