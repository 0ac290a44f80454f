package api

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"glossator/annotations"
	"glossator/index"
	"glossator/index/query"
)

// A suggestion is a query that was perhaps meant.
type suggestion struct {
	Query    string `json:"query"`
	Passages int    `json:"passages"`
}

const (
	suggestionsMade = 3
	wordsSpelled    = 8 // of a query that finds nothing
	farFewer        = 5 // how many times more passages have what was perhaps meant
)

// suggestions returns queries that differ from the one of an address by the
// spelling of words alone and find something, the nearest first: words that no
// passage has become words that some have, or, if all are there, one that is rare
// becomes one that is common.
func (s *Server) suggestions(ctx context.Context, asker annotations.Asker, typed query.Query, address url.Values) ([]suggestion, error) {
	var found []suggestion
	corrections, err := s.corrections(ctx, typed)
	if err != nil {
		return nil, err
	}
	address = maps.Clone(address)
	for _, correction := range corrections {
		q := respelled(typed, correction).String()
		address.Set("q", q)
		asked, err := s.askedBy(ctx, asker, address)
		if as[*query.Error](err) { // it has become too long
			continue
		}
		if err != nil {
			return nil, err
		}
		result, err := bounded(ctx, func(ctx context.Context) (*index.Result, error) {
			return s.Engine.Search(ctx, asked.Query, index.Options{Audiences: asker.Audiences()})
		})
		if err != nil {
			return nil, err
		}
		// What finds as much as another is most often another form of the same word.
		same := slices.ContainsFunc(found, func(other suggestion) bool { return other.Passages == result.Passages })
		if result.Passages > 0 && !same {
			found = append(found, suggestion{q, result.Passages})
		}
	}
	return found, nil
}

// corrections returns what to write for which words of a query, the likeliest
// first.
func (s *Server) corrections(ctx context.Context, q query.Query) ([]map[string]string, error) {
	missing, rare := map[string][]string{}, []map[string]string{}
	for _, word := range spelledWords(q) {
		nearby, err := s.Engine.Spellings(ctx, word, 2*suggestionsMade)
		if err != nil {
			return nil, err
		}
		own := 0
		if len(nearby) > 0 && strings.EqualFold(nearby[0].Word, word) {
			own, nearby = nearby[0].Passages, nearby[1:]
		}
		for i, other := range nearby {
			switch {
			case own == 0:
				missing[word] = append(missing[word], other.Word)
			case i == 0 && other.Passages >= farFewer*own:
				rare = append(rare, map[string]string{word: other.Word})
			}
		}
	}
	if len(missing) == 0 {
		return rare[:min(suggestionsMade, len(rare))], nil
	}
	var all []map[string]string
	for i := range suggestionsMade {
		next, differs := map[string]string{}, i == 0
		for word, others := range missing {
			next[word] = others[min(i, len(others)-1)]
			differs = differs || i < len(others)
		}
		if differs {
			all = append(all, next)
		}
	}
	return all, nil
}

// spelledWords returns the words of the text that a query asks for, each once.
func spelledWords(q query.Query) (words []string) {
	seen := map[string]bool{}
	var walk func(q query.Query)
	walk = func(q query.Query) {
		switch q := q.(type) {
		case query.Term:
			if !spelled(q) {
				return
			}
			for word := range strings.FieldsSeq(q.Text) {
				if !seen[word] && len(words) < wordsSpelled {
					seen[word] = true
					words = append(words, word)
				}
			}
		case query.And:
			for _, clause := range q {
				walk(clause)
			}
		case query.Or:
			for _, clause := range q {
				walk(clause)
			}
		case query.Near:
			walk(q.Left)
			walk(q.Right)
		case query.Boost:
			walk(q.Query)
		}
	}
	walk(q)
	return words
}

func spelled(t query.Term) bool {
	return t.Field == "" && (t.Match == query.Word || t.Match == query.Phrase)
}

// respelled returns q with words written as a correction says.
func respelled(q query.Query, correction map[string]string) query.Query {
	switch q := q.(type) {
	case query.Term:
		if spelled(q) {
			words := strings.Fields(q.Text)
			for i, word := range words {
				if other, ok := correction[word]; ok {
					words[i] = other
				}
			}
			q.Text = strings.Join(words, " ")
		}
		return q
	case query.And:
		all := make(query.And, len(q))
		for i, clause := range q {
			all[i] = respelled(clause, correction)
		}
		return all
	case query.Or:
		all := make(query.Or, len(q))
		for i, clause := range q {
			all[i] = respelled(clause, correction)
		}
		return all
	case query.Near:
		q.Left, q.Right = respelled(q.Left, correction), respelled(q.Right, correction)
		return q
	case query.Boost:
		q.Query = respelled(q.Query, correction)
		return q
	}
	return q
}
