package indextest

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"glossator/index"
	"glossator/index/query"
)

// A model is what an engine should know.
type model struct {
	passages map[string]known
}

type known struct {
	index.Passage
	document index.Document
	number   int64 // of the change that brought it
}

func newModel() *model { return &model{passages: map[string]known{}} }

func (m *model) apply(changes ...index.Change) {
	for _, change := range changes {
		for id, p := range m.passages {
			if slices.Contains(change.Drop, p.Version) {
				delete(m.passages, id)
			}
		}
		for _, p := range change.Passages {
			m.passages[p.ID()] = known{Passage: p, document: change.Document, number: change.Number}
		}
	}
}

// found returns the ids of the passages that match.
func (m *model) found(q query.Query, audiences []string) map[string]known {
	found := map[string]known{}
	for id, p := range m.passages {
		if p.matches(q, audiences) {
			found[id] = p
		}
	}
	return found
}

func (k known) matches(q query.Query, audiences []string) bool {
	switch q := q.(type) {
	case query.All:
		return true
	case query.Not:
		return !k.matches(q.Query, audiences)
	case query.And:
		return !slices.ContainsFunc(q, func(c query.Query) bool { return !k.matches(c, audiences) })
	case query.Or:
		return slices.ContainsFunc(q, func(c query.Query) bool { return k.matches(c, audiences) })
	case query.Range:
		year := k.document.Year()
		return year > 0 && year >= q.From && (q.To == 0 || year <= q.To)
	case query.Term:
		return slices.ContainsFunc(k.contents(q.Field, audiences), func(content string) bool {
			if query.Textual(q.Field) {
				return len(occurrences(content, q)) > 0
			}
			return sameValue(content, q)
		})
	}
	return false
}

// contents returns what a field of the passage holds for the audiences.
func (k known) contents(field string, audiences []string) []string {
	d := k.document
	switch field {
	case "":
		return []string{k.Text}
	case "title":
		return append([]string{d.Title, d.ShortTitle}, d.Aliases...)
	case "in":
		return append([]string{d.ID, d.ShortTitle}, d.Aliases...)
	case "art":
		return []string{k.Number}
	case "kind":
		return []string{d.Kind}
	case "org":
		return []string{d.Organisation}
	case "region":
		return []string{d.Region}
	case "status":
		return []string{d.Status}
	case "coded":
		return []string{k.coded(audiences)}
	case "party":
		return d.Parties
	case "year":
		return []string{strconv.Itoa(d.Year())}
	case "lang":
		primary, _, _ := strings.Cut(k.Language, "-")
		return []string{k.Language, primary}
	}
	var contents []string
	if field == "has" && d.Digest {
		contents = append(contents, "digest")
	}
	for _, a := range k.Annotations {
		if slices.Contains(audiences, a.Audience) {
			contents = append(contents, annotated(a, field)...)
		}
	}
	return contents
}

func (k known) coded(audiences []string) string {
	for _, a := range k.Annotations {
		if slices.Contains(audiences, a.Audience) && len(a.Concepts) > 0 {
			return "yes"
		}
	}
	return "no"
}

func annotated(a index.Annotations, field string) []string {
	switch field {
	case "concept":
		return a.Concepts
	case "note":
		return a.Notes
	case "by":
		return a.By
	}
	var has []string
	if len(a.Concepts) > 0 {
		has = append(has, "concept")
	}
	if len(a.Notes) > 0 {
		has = append(has, "note")
	}
	return append(has, "annotation")
}

func sameValue(content string, t query.Term) bool {
	if content == "" {
		return false
	}
	content, asked := strings.ToLower(content), strings.ToLower(t.Text)
	if t.Match == query.Pattern {
		return like([]rune(asked), []rune(content))
	}
	return content == asked
}

// like reports whether s matches a pattern of * and ?.
func like(pattern, s []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(s) == 0
	case pattern[0] == '*':
		return like(pattern[1:], s) || len(s) > 0 && like(pattern, s[1:])
	case len(s) == 0:
		return false
	}
	return (pattern[0] == '?' || pattern[0] == s[0]) && like(pattern[1:], s[1:])
}

// occurrences returns where a text has what t asks for. The words of the tests
// are their own stems, so that Word and Phrase compare alike.
func occurrences(text string, t query.Term) []index.Span {
	words, asked := cut(text, ""), cut(t.Text, "*?")
	if t.Match != query.Pattern {
		asked = cut(t.Text, "")
	}
	var found []index.Span
	for i := range words {
		if len(asked) == 0 || i+len(asked) > len(words) {
			break
		}
		same := true
		for j, a := range asked {
			same = same && like([]rune(a.word), []rune(words[i+j].word))
		}
		if same {
			found = append(found, index.Span{Start: words[i].Start, End: words[i+len(asked)-1].End})
		}
	}
	if t.Match == query.Pattern && len(asked) == 1 {
		found = append(found, compounds(text, []rune(asked[0].word))...)
	}
	return found
}

// compounds returns the words with a hyphen that match a pattern without it,
// while neither of their parts does.
func compounds(text string, pattern []rune) (found []index.Span) {
	var before index.Token
	for token := range index.Tokens(text) {
		if before.Joined != "" && like(pattern, []rune(before.Joined)) && !like(pattern, []rune(before.Term)) && !like(pattern, []rune(token.Term)) {
			found = append(found, index.Span{Start: before.Start, End: token.End})
		}
		before = token
	}
	return found
}

type place struct {
	index.Span
	word string
}

// cut cuts a text into words as index.Tokens says; the characters of also count
// as letters.
func cut(text, also string) []place {
	var words []place
	var open *place
	for i, r := range []rune(text) {
		alone := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Sc) || strings.ContainsRune("%§¶‰°№％", r)
		letter := alone || unicode.In(r, unicode.L, unicode.M, unicode.N) || strings.ContainsRune(also, r)
		if open != nil && unicode.Is(unicode.Cf, r) {
			continue
		}
		if open != nil && letter && !alone {
			open.word, open.End = open.word+string(r), i+1
			continue
		}
		open = nil
		if letter {
			words = append(words, place{index.Span{Start: i, End: i + 1}, string(r)})
			if !alone {
				open = &words[len(words)-1]
			}
		}
	}
	for i := range words {
		words[i].word = strings.ToLower(norm.NFKC.String(words[i].word))
	}
	return words
}

// spans returns all matches in the text of k, as Hit.Spans says.
func (k known) spans(q query.Query) []index.Span {
	var all []index.Span
	for _, t := range asked(q) {
		all = append(all, occurrences(k.Text, t)...)
	}
	slices.SortFunc(all, func(a, b index.Span) int { return a.Start - b.Start })
	var joined []index.Span
	for _, s := range all {
		s.Start, s.End = s.Start+k.Start, s.End+k.Start
		if last := len(joined) - 1; last >= 0 && s.Start < joined[last].End {
			joined[last].End = max(joined[last].End, s.End)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

// asked returns the terms of q that may be marked in a text.
func asked(q query.Query) []query.Term {
	var clauses []query.Query
	switch q := q.(type) {
	case query.Term:
		if q.Field == "" {
			return []query.Term{q}
		}
	case query.And:
		clauses = q
	case query.Or:
		clauses = q
	}
	var all []query.Term
	for _, clause := range clauses {
		all = append(all, asked(clause)...)
	}
	return all
}

// facets returns what the passages found must be counted as: for each facet and
// value, how many passages and documents.
func (m *model) facets(found map[string]known, audiences []string) map[string]map[string][2]int {
	facets := map[string]map[string][2]int{}
	documents := map[[3]string]bool{}
	for _, name := range index.FacetNames {
		facets[name] = map[string][2]int{}
		for _, p := range found {
			values := p.contents(name, audiences)
			if name == "lang" {
				values = []string{p.Language}
			}
			slices.Sort(values)
			for _, value := range slices.Compact(values) {
				if value == "" || name == "year" && value == "0" {
					continue
				}
				count := facets[name][value]
				count[0]++
				if key := [3]string{name, value, p.Document}; !documents[key] {
					documents[key] = true
					count[1]++
				}
				facets[name][value] = count
			}
		}
	}
	return facets
}
