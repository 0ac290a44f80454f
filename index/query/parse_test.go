package query

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func w(text string) Term { return Term{Match: Word, Text: text} }
func x(text string) Term { return Term{Match: Phrase, Text: text} }

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text string
		want Query
		out  string // what String gives; "" if it gives text
	}{
		{text: "", want: All{}},
		{text: "   ", want: All{}, out: " "},
		{text: "a", want: w("a")},
		{text: "cyber-crime", want: w("cyber-crime")},
		{text: "l'information", want: w("l'information")},
		{text: "a b", want: And{w("a"), w("b")}},
		{text: "a AND b && c", want: And{w("a"), w("b"), w("c")}, out: "a b c"},
		{text: "a OR b||c", want: Or{w("a"), w("b"), w("c")}, out: "a OR b OR c"},
		{text: "a b OR c", want: Or{And{w("a"), w("b")}, w("c")}, out: "a AND b OR c"},
		{text: "a (b OR c)", want: And{w("a"), Or{w("b"), w("c")}}},
		{text: "a (b (c d))", want: And{w("a"), w("b"), w("c"), w("d")}, out: "a b c d"},
		{text: "a NOT b c", want: And{w("a"), Not{w("b")}, w("c")}},
		{text: "a -b !c", want: And{w("a"), Not{w("b")}, Not{w("c")}}, out: "a NOT b NOT c"},
		{text: "NOT NOT a", want: Not{Not{w("a")}}},
		{text: "-(a OR b)", want: Not{Or{w("a"), w("b")}}, out: "NOT (a OR b)"},
		{text: "NOT a OR b", want: Or{Not{w("a")}, w("b")}},
		{text: "and or not", want: And{w("and"), w("or"), w("not")}},
		{text: `"a  b"`, want: x("a b"), out: `"a b"`},
		{text: `“a b” «c d» „e“ ”f”`, want: And{x("a b"), x("c d"), x("e"), x("f")}, out: `"a b" "c d" "e" "f"`},
		{text: `"say \"no\" \\ \n"`, want: x(`say "no" \ \n`), out: `"say \"no\" \\ \\n"`},
		{text: `"AND"`, want: x("AND")},
		{text: "sover**", want: Term{Match: Pattern, Text: "sover*"}, out: "sover*"},
		{text: "*nty wom?n", want: And{Term{Match: Pattern, Text: "*nty"}, Term{Match: Pattern, Text: "wom?n"}}},
		{text: "cyber-sec* l'inform*,", want: And{Term{Match: Pattern, Text: "cyber-sec*"}, Term{Match: Pattern, Text: "l'inform*,"}}},
		{text: "KIND:treaty", want: Term{Field: "kind", Text: "treaty"}, out: "kind:treaty"},
		{text: `kind:"code of conduct"`, want: Term{Field: "kind", Match: Phrase, Text: "code of conduct"}},
		{text: "in:coe-*", want: Term{Field: "in", Match: Pattern, Text: "coe-*"}},
		{text: "art:9", want: Term{Field: "art", Text: "9"}},
		{text: `art:"1 bis"`, want: Term{Field: "art", Match: Phrase, Text: "1 bis"}},
		{text: "art:G-10", want: Term{Field: "art", Text: "G-10"}},
		{text: "title:(a OR b -c)", want: Or{Term{Field: "title", Text: "a"}, And{Term{Field: "title", Text: "b"}, Not{Term{Field: "title", Text: "c"}}}},
			out: "title:a OR title:b AND NOT title:c"},
		{text: "note:https://a.example/b", want: Term{Field: "note", Text: "https://a.example/b"}},
		{text: "has:NOTE", want: Term{Field: "has", Text: "note"}, out: "has:note"},
		{text: "year:2014", want: Range{"year", 2014, 2014}},
		{text: `year:"2014"`, want: Range{"year", 2014, 2014}, out: "year:2014"},
		{text: "year:2010..2015", want: Range{"year", 2010, 2015}},
		{text: "year:2010..", want: Range{"year", 2010, 0}},
		{text: "year:..2015", want: Range{"year", 0, 2015}},
		{text: "year:(2001 OR 2010..)", want: Or{Range{"year", 2001, 2001}, Range{"year", 2010, 0}}, out: "year:2001 OR year:2010.."},
		{text: "网络 安全", want: And{w("网络"), w("安全")}},
		{text: "§ 5%", want: And{w("§"), w("5%")}},
		{text: "=word =AND", want: And{x("word"), x("AND")}, out: `"word" "AND"`},
		{text: `="a b" title:=x`, want: And{x("a b"), Term{Field: "title", Match: Phrase, Text: "x"}}, out: `"a b" title:"x"`},
		{text: `+a +"b c" +(d e) /f`, want: And{w("a"), x("b c"), w("d"), w("e"), w("f")}, out: `a "b c" d e f`},
		{text: "A/RES/79/243 and/or w/o 24/7", want: And{w("A/RES/79/243"), w("and/or"), w("w/o"), w("24/7")}},
		{text: "heading:scope region:Europe status:signed", want: And{
			Term{Field: "heading", Text: "scope"}, Term{Field: "region", Text: "Europe"}, Term{Field: "status", Text: "signed"},
		}},
		{text: "id:coe-ets185-budapest-convention/ch3.art1~2", want: Term{Field: "id", Text: "coe-ets185-budapest-convention/ch3.art1~2"}},
		{text: "coded:Yes", want: Term{Field: "coded", Text: "yes"}, out: "coded:yes"},
		{text: "a^2 \"b c\"^0.5 (d OR e)^3.50", want: And{
			Boost{w("a"), 2}, Boost{x("b c"), 0.5}, Boost{Or{w("d"), w("e")}, 3.5},
		}, out: `a^2 "b c"^0.5 (d OR e)^3.5`},
		{text: "a^1 b^", want: And{w("a"), w("b^")}, out: "a b^"},
		{text: "title:(a b)^2", want: Boost{And{Term{Field: "title", Text: "a"}, Term{Field: "title", Text: "b"}}, 2}, out: "(title:a title:b)^2"},
		{text: "((a^2 b)^3 OR NOT c^2)", want: Or{Boost{And{Boost{w("a"), 2}, w("b")}, 3}, Not{Boost{w("c"), 2}}}, out: "(a^2 b)^3 OR NOT c^2"},
		{text: "(a^2)^3", want: Boost{Boost{w("a"), 2}, 3}},
		{text: "(-a)^2", want: Boost{Not{w("a")}, 2}, out: "(NOT a)^2"},
	} {
		got, err := Parse(c.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", c.text, err)
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("Parse(%q): -want +got\n%s", c.text, diff)
		}
		out := strings.TrimSpace(c.out)
		if c.out == "" {
			out = c.text
		}
		if got.String() != out {
			t.Errorf("Parse(%q).String() = %q, want %q", c.text, got.String(), out)
		}
		checkRoundTrip(t, got)
	}
}

func checkRoundTrip(t *testing.T, q Query) {
	t.Helper()
	again, err := Parse(q.String())
	if err != nil {
		t.Errorf("Parse(%q), which String gave for %#v: %v", q.String(), q, err)
		return
	}
	if diff := cmp.Diff(q, again); diff != "" {
		t.Errorf("Parse(%q): -want +got\n%s", q.String(), diff)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		text             string
		position, length int
		reason           string // part of it
		repair           string
	}{
		{`a "b c`, 2, 1, "never closed", `a "b c"`},
		{"a “b c", 2, 1, "never closed", "a “b c”"},
		{"a «b c", 2, 1, "never closed", "a «b c»"},
		{"((a b)", 0, 1, "never closed", "((a b))"},
		{"(", 0, 1, "nothing follows", ""},
		{"a ((", 3, 1, "nothing follows", "a"},
		{"a title:(", 8, 1, "nothing follows", "a"},
		{"a b) c", 3, 1, "closes nothing", "a b c"},
		{")", 0, 1, "closes nothing", ""},
		{"a () b", 2, 2, "nothing between", "a b"},
		{"a title:() b", 8, 2, "nothing between", "a b"},
		{`a "" b`, 2, 2, "nothing between", "a b"},
		{`a title:"" b`, 8, 2, "nothing between", "a b"},
		{"OR a", 0, 2, "“OR” needs something before it", "a"},
		{"a OR OR b", 2, 2, "“OR” needs something after it", "a OR b"},
		{"a AND", 2, 3, "“AND” needs something after it", "a"},
		{"a NOT", 2, 3, "“NOT” needs something after it", "a"},
		{"(a OR) b", 3, 2, "“OR” needs something after it", "(a) b"},
		{"a - b", 2, 1, "directly before", "a b"},
		{"a — b", 2, 1, "no letter or digit", "a b"},
		{"*", 0, 1, "alone matches every word", ""},
		{"a * b", 2, 1, "alone matches every word", "a b"},
		{"title:*", 6, 1, "alone matches every word", ""},
		{"a* b* c*", 0, 2, "“a*” matches too many words", "a b c"},
		{"*ab", 0, 3, "at least three letters", "ab"},
		{"G-1*", 0, 4, "“1*” matches too many", "G-1"},
		{"l'* b", 0, 3, "“*” alone", "l b"},
		{"网络*", 0, 3, "each character is a word", `"网络"`},
		{"foo:bar", 0, 7, "“foo” is not a field", `"foo:bar"`},
		{"titel:bar", 0, 5, "“title” is", "title:bar"},
		{"author:ann", 0, 6, "“by” is", "by:ann"},
		{"at 10:30", 3, 5, "“10” is not a field", `at "10:30"`},
		{"https://a.example/b_(c) d", 0, 23, "is not a field", `"https://a.example/b_(c)" d`},
		{"Signatories: a", 0, 12, "the fields are title, heading", "Signatories a"},
		{"kind: treaty", 0, 5, "directly after it", "kind:treaty"},
		{"a kind:", 2, 5, "directly after it", "a"},
		{"kind:-treaty", 0, 6, "before the field", "-kind:treaty"},
		{"title:(a kind:b)", 9, 5, "inside the parentheses", "title:(a b)"},
		{"art:9(2)(a) b", 5, 6, "number of an article", "art:9 b"},
		{"year:abc", 5, 3, "not a year", "abc"},
		{"year:2010-2015", 5, 9, "not a year", "year:2010..2015"},
		{"year:>=2010", 5, 6, "not a year", "year:2010.."},
		{"year:>2010", 5, 5, "not a year", "year:2011.."},
		{"year:<2010", 5, 5, "not a year", "year:..2009"},
		{"year:2014-09-05", 5, 10, "not a year", "year:2014"},
		{"year:..", 5, 2, "not a year", ""},
		{"year:20*", 5, 3, "not a year", "20*"},
		{"year:2015..2010", 5, 10, "backwards", "year:2010..2015"},
		{"has:notes", 4, 5, "“has:” takes", "has:note"},
		{"\xff a", 0, 1, "not valid UTF-8", "a"},
		{strings.Repeat("é", 10_000), 2000, 8000, "has 10000 characters, 8000 more", ""},
		{strings.Repeat("a ", 10_000), 2000, 18000, "has 20000 characters", ""},
		{strings.Repeat("a ", 101), 200, 1, "clause 101", `"` + strings.TrimSpace(strings.Repeat("a ", 101)) + `"`},
		{strings.Repeat("(", 21) + "a" + strings.Repeat(")", 21), 20, 1, "20 is the most", ""},
		{strings.Repeat("NOT ", 21) + "a", 80, 3, "20 is the most", ""},
		{strings.Repeat("(", 1000), 20, 1, "20 is the most", ""},
		{strings.Repeat("abc* ", 21), 100, 4, "number 21", strings.Repeat("abc* ", 20) + "abc"},
		{"concept:(" + strings.Repeat("abcdefghijklmnop ", 99) + "a)", 0, 1694, "written out", ""},
	} {
		wantError(t, c.text, c.position, c.length, c.reason, c.repair)
	}
}

// checkError holds what is true of every error.
func checkError(t *testing.T, text string, err error) {
	t.Helper()
	var fault *Error
	if !errors.As(err, &fault) {
		t.Fatalf("Parse(%q): %v, which is not an *Error", text, err)
	}
	if n := len([]rune(text)); fault.Position < 0 || fault.Length < 0 || fault.Position+fault.Length > n {
		t.Errorf("Parse(%q): from %d, %d long, is not within %d", text, fault.Position, fault.Length, n)
	}
	if fault.Reason == "" || !strings.Contains(fault.Error(), fault.Reason) {
		t.Errorf("Parse(%q): %q does not give the reason %q", text, fault.Error(), fault.Reason)
	}
	if _, err := Parse(fault.Repair); err != nil {
		t.Errorf("Parse(%q) suggests %q: %v", text, fault.Repair, err)
	}
}

func TestValue(t *testing.T) {
	for _, text := range []string{"treaty", "code of conduct", `the "best" \ of *`, "AND", "§", "-a", "a:b", "2014"} {
		q := Value("concept", text)
		if diff := cmp.Diff(Query(Term{Field: "concept", Match: Phrase, Text: text}), q); diff != "" {
			t.Errorf("Value(%q): -want +got\n%s", text, diff)
		}
		checkRoundTrip(t, q)
	}
}

func TestStringOfWordsThatNeedQuotes(t *testing.T) {
	for text, want := range map[string]string{"AND": `"AND"`, "-a": `"-a"`, "a b": `"a b"`, "a:b": `"a:b"`, "a*": `"a*"`, "fine": "fine"} {
		if got := w(text).String(); got != want {
			t.Errorf("String of the word %q = %q, want %q", text, got, want)
		}
	}
}

func TestJoin(t *testing.T) {
	a, b, c := w("a"), w("b"), w("c")
	for _, test := range []struct {
		in   []Query
		want Query
	}{
		{nil, All{}},
		{[]Query{All{}, All{}}, All{}},
		{[]Query{All{}, a}, a},
		{[]Query{a, And{b, c}, All{}}, And{a, b, c}},
		{[]Query{Or{a, b}, c}, And{Or{a, b}, c}},
	} {
		if diff := cmp.Diff(test.want, Join(test.in...)); diff != "" {
			t.Errorf("Join(%v): -want +got\n%s", test.in, diff)
		}
	}
	if diff := cmp.Diff(Query(Or{a, b, c}), Any(a, Or{b, c})); diff != "" {
		t.Errorf("Any: -want +got\n%s", diff)
	}
	if got := Clauses(All{}); len(got) != 0 {
		t.Errorf("Clauses(All{}) = %v", got)
	}
	if diff := cmp.Diff([]Query{Or{a, b}}, Clauses(Or{a, b})); diff != "" {
		t.Errorf("Clauses of an Or: -want +got\n%s", diff)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`a "b c" OR (d -e) NOT f*`, `kind:(treaty OR "x\"y") year:2010..2015 !lang:e?`, `“a” «b» && || `, "has:x foo:bar 10:30 art:9(2)",
		`a NEAR/5 ("b" OR c*) /s d +p e`, `"a b c"~3^2 =x +3 y`, "cyber~2 of~ wom?n~1 co-op~", `/cyb(er|org).+/^0.2 /a b/ /(x`, "(a b) w/3 c -d pre/2 e",
		"date:2010-05..2012 date:2014-02-30 date:>2014", "coded:maybe id:a/b~2 heading:x^2", "§ 5% co\u00adop*", "a^2^3 (NOT b)^101 kind:c^2", `title:"a b"~2 NEAR/300 x`,
		"year:abc OR", "((a) (b", "*", "a* ?b", "网络* a~2 NEAR/3 b", "title: x - ", `"\\" \`, "-!-a", "a:b:c http://x(y)z", "\xff", ") OR (",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text)
		if err != nil {
			checkError(t, text, err)
			return
		}
		checkRoundTrip(t, q)
		if said := Explain(q); said == "" || !utf8.ValidString(said) {
			t.Errorf("Explain(%q) = %q", text, said)
		}
	})
}
