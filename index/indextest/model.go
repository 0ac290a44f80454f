package indextest

import (
	"slices"
	"strconv"
	"strings"

	"glossator/index"
	"glossator/index/query"
)

// A model is what an engine should know.
type model struct {
	*reader
	passages map[string]known
}

type known struct {
	index.Passage
	document index.Document
	number   int64 // of the change that brought it
	reading  *reading
}

// newModel returns a model in which words are their own stems.
func newModel() *model { return newModelWith(nil) }

func newModelWith(stem func(language, word string) []string) *model {
	return &model{reader: &reader{stem: stem, asked: map[query.Term][][]*wanted{}}, passages: map[string]known{}}
}

func (m *model) apply(changes ...index.Change) {
	for _, change := range changes {
		for id, p := range m.passages {
			if slices.Contains(change.Drop, p.Version) {
				delete(m.passages, id)
			}
		}
		for _, p := range change.Passages {
			r := m.read(p.Language, p.Text)
			r.paragraphs = parts(r.words, index.Paragraphs(p))
			m.passages[p.ID()] = known{Passage: p, document: change.Document, number: change.Number, reading: r}
		}
	}
}

// found returns the ids of the passages that match.
func (m *model) found(q query.Query, audiences []string) map[string]known {
	return m.among(query.Older(q), q, audiences)
}

// among returns the ids of the passages, those of older versions included or
// not, that match.
func (m *model) among(older bool, q query.Query, audiences []string) map[string]known {
	found := map[string]known{}
	for id, p := range m.passages {
		if (older || !p.Superseded) && p.matches(q, audiences) {
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
	case query.Boost:
		return k.matches(q.Query, audiences)
	case query.Range:
		if q.Field == "tagged" {
			return slices.ContainsFunc(k.taggedOn(audiences), func(day int) bool { return q.From <= day && (q.To == 0 || day <= q.To) })
		}
		if q.Field == "date" {
			first, last := k.document.Dates()
			return first > 0 && last >= q.From && (q.To == 0 || first <= q.To)
		}
		year := k.document.Year()
		return year > 0 && year >= q.From && (q.To == 0 || year <= q.To)
	case query.Near:
		return len(k.reading.stretches(q)) > 0
	case query.Term:
		if q.Field == "" {
			return len(k.reading.occurrences(q)) > 0
		}
		return slices.ContainsFunc(k.contents(q.Field, audiences), func(content string) bool {
			if query.Textual(q.Field) {
				return len(k.reading.read(k.languageOf(q.Field), content).occurrences(q)) > 0
			}
			if q.Field == "id" {
				return sameAddress(content, q.Text)
			}
			if q.Field == "party" && q.Match != query.Pattern {
				q.Text = index.PartyCode(q.Text)
			}
			return sameValue(content, q)
		})
	}
	return false
}

// languageOf returns the language of what a field holds: that of titles and
// notes is not known and taken for English.
func (k known) languageOf(field string) string {
	if field == "heading" {
		return k.Language
	}
	return "en"
}

// contents returns what a field of the passage holds for the audiences.
func (k known) contents(field string, audiences []string) []string {
	d := k.document
	switch field {
	case "heading":
		return []string{k.Heading}
	case "id":
		return []string{d.ID, k.Version, d.ID + "/" + k.Provision, k.Version + "/" + k.Provision}
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
	case "coded", "tagged":
		return []string{k.coded(audiences)}
	case "version":
		if k.Superseded {
			return []string{"older", "all"}
		}
		return []string{"current", "all"}
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

func (k known) taggedOn(audiences []string) (days []int) {
	for _, a := range k.Annotations {
		if slices.Contains(audiences, a.Audience) {
			days = append(days, a.Tagged...)
		}
	}
	return days
}

func annotated(a index.Annotations, field string) []string {
	switch field {
	case "group":
		return []string{a.Group}
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
	if a.Replies {
		has = append(has, "reply")
	}
	return append(has, "annotation")
}

// sameAddress reports whether an address is that of a document or a version, or
// of a passage or a provision in it.
func sameAddress(content, address string) bool {
	owner, provision, one := strings.Cut(address, "/")
	of, passage, inside := strings.Cut(content, "/")
	return one == inside && strings.EqualFold(owner, of) && (provision == passage || strings.HasPrefix(provision, passage+"."))
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

// spans returns all matches in the text of k, as Hit.Spans says.
func (k known) spans(q query.Query) []index.Span {
	spans := k.reading.spans(q)
	for i := range spans {
		spans[i].Start, spans[i].End = spans[i].Start+k.Start, spans[i].End+k.Start
	}
	return spans
}
