// Package watch looks, for each saved search that has a link, at what is new in
// the index and records what it finds in the store. An address is the query
// string of the search page; FromAddress says what it asks.
package watch

import (
	"fmt"
	"net/url"

	"glossator/annotations/store"
	"glossator/index/query"
)

// filters are the parameters of an address, each of which stands for any of
// its values of the field of the same name.
var filters = []string{"kind", "org", "party", "lang", "concept", "in"}

// FromAddress returns what a search page's parameters ask: the query q and
// each of the filters kind, org, party, year, lang, concept and in. A
// parameter without a value asks nothing; others are ignored. The error is a
// *query.Error if q cannot be read, store.ErrInvalid if the year cannot.
func FromAddress(values url.Values) (query.Query, error) {
	q, err := query.Parse(values.Get("q"))
	if err != nil {
		return nil, err
	}
	clauses := []query.Query{q}
	for _, field := range filters {
		var some []query.Query
		for _, value := range values[field] {
			if value != "" {
				some = append(some, query.Value(field, value))
			}
		}
		if len(some) > 0 {
			clauses = append(clauses, query.Any(some...))
		}
	}
	if text := values.Get("year"); text != "" {
		years, err := query.Parse("year:" + text)
		if _, ok := years.(query.Range); err != nil || !ok {
			return nil, fmt.Errorf("%w: the filter “year” is %q; it may be 2014, 2010..2015, 2010.. or ..2015", store.ErrInvalid, text)
		}
		clauses = append(clauses, years)
	}
	return query.Join(clauses...), nil
}

// Query returns what an address asks, as FromAddress does.
func Query(address string) (query.Query, error) {
	values, err := url.ParseQuery(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %q is not the query string of a search page, such as q=cyber&kind=treaty", store.ErrInvalid, address)
	}
	return FromAddress(values)
}
