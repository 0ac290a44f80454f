package watch

import (
	"context"
	"strings"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index/query"
)

// Concepts returns what the concepts in a query or an address are called, of
// all codebooks; nil, which knows nothing, if it cannot name any.
func Concepts(ctx context.Context, s *store.Store, text string) (*query.Concepts, error) {
	if !strings.Contains(strings.ToLower(text), "concept") {
		return nil, nil //nolint:nilnil // nil knows nothing
	}
	all, err := s.AllConcepts(ctx)
	if err != nil {
		return nil, err
	}
	known := make([]query.Concept, 0, len(all))
	for _, k := range all {
		if k.Status != annotations.Gone {
			known = append(known, query.Concept{ID: k.ID, Label: k.Label, Aliases: k.Aliases, Broader: k.Broader})
		}
	}
	return query.NewConcepts(known), nil
}
