// Package watch looks, for each saved search that has a link, at what is new in
// the index and records what it finds in the store. An address is the query
// string of the search page; FromAddress says what it asks.
package watch

import (
	"fmt"
	"net/url"
	"strings"

	"glossator/annotations/store"
	"glossator/index/query"
)

// filters are the parameters of an address, each of which stands for any of
// its values of the field of the same name.
var filters = []string{"kind", "org", "party", "region", "lang", "status", "concept", "coded", "by", "group", "in", "version"}

// An Asked is what an address asks.
type Asked struct {
	Typed    query.Query   // q
	All      query.Query   // q and the filters: what people are told
	Query    query.Query   // All, the synonyms of the words of q and the concepts it names: what is searched
	Synonyms []string      // the forms that Query has beside All; of concepts as they are written in a query
	Clauses  []query.Query // of All: what each clause of Query comes from
}

// FromAddress returns what a search page's parameters ask: the query q and
// each of the filters kind, org, party, region, year, lang, status, concept,
// coded, by, group, in and version, with synonyms and narrower concepts unless the
// parameter synonyms is "false". The filter concept takes labels, and each stands
// for itself alone. A parameter without a value asks nothing; others are ignored. The error is a
// *query.Error if q cannot be read, store.ErrInvalid if the year cannot.
func FromAddress(values url.Values, synonyms *query.Synonyms, concepts *query.Concepts) (Asked, error) {
	q, err := query.Parse(values.Get("q"))
	if err != nil {
		return Asked{}, err
	}
	var narrowing []query.Query
	for _, field := range filters {
		var some []query.Query
		for _, value := range values[field] {
			if value != "" {
				some = append(some, query.Value(field, value))
			}
		}
		if len(some) > 0 {
			narrowing = append(narrowing, query.Any(some...))
		}
	}
	if text := values.Get("year"); text != "" {
		years, err := query.Parse("year:" + text)
		if _, ok := years.(query.Range); err != nil || !ok {
			return Asked{}, fmt.Errorf("%w: the filter “year” is “%s”; it may be 2014, 2010..2015, 2010.. or ..2015", store.ErrInvalid, text)
		}
		narrowing = append(narrowing, years)
	}
	more := values.Get("synonyms") != "false"
	if !more {
		synonyms = nil
	}
	expanded := synonyms.Expand(q)
	searched, named := concepts.Expand(expanded.Query, more)
	return Asked{
		Typed: q, All: query.Join(append([]query.Query{q}, narrowing...)...),
		Query: query.Join(append([]query.Query{searched}, narrowing...)...), Synonyms: append(expanded.Added, named...),
		Clauses: append(expanded.Typed, narrowing...),
	}, nil
}

// Read returns what an address asks, as FromAddress does; a question mark before it
// does not count. A whole address, with a path, is store.ErrInvalid.
func Read(address string, synonyms *query.Synonyms, concepts *query.Concepts) (Asked, error) {
	address = strings.TrimPrefix(address, "?")
	values, err := url.ParseQuery(address)
	if name, _, _ := strings.Cut(address, "="); err != nil || strings.ContainsAny(name, "/:") {
		return Asked{}, fmt.Errorf("%w: %q is not the query string of a search page, such as q=cyber&kind=treaty", store.ErrInvalid, address)
	}
	return FromAddress(values, synonyms, concepts)
}
