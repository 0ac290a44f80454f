package api

import (
	"context"
	"errors"
	"slices"

	"glossator/annotations"
	"glossator/annotations/store"
)

// conceptsOf returns the ids of concepts, given by id or else by label. A label
// that no concept has is proposed for the codebook.
func (s *Server) conceptsOf(ctx context.Context, asker annotations.Asker, ids, labels []string) ([]string, error) {
	found := []string{}
	for i, label := range labels {
		id := ""
		if i < len(ids) {
			id = ids[i]
		}
		concept, err := s.conceptOf(ctx, asker, id, label)
		if err != nil {
			return nil, err
		}
		found = append(found, concept)
	}
	return found, nil
}

func (s *Server) conceptOf(ctx context.Context, asker annotations.Asker, id, label string) (string, error) {
	if id != "" {
		concept, err := s.Store.Concept(ctx, asker, id)
		if err == nil || label == "" || !errors.Is(err, store.ErrNotFound) {
			return concept.ID, err
		}
	}
	concept, err := s.Store.ConceptCalled(ctx, asker, label)
	if errors.Is(err, store.ErrNotFound) {
		concept, err = s.Store.CreateConcept(ctx, asker, annotations.Concept{Label: label})
	}
	return concept.ID, err
}

// each returns values, each once.
func each(values []string) []string {
	var found []string
	for _, value := range values {
		if !slices.Contains(found, value) {
			found = append(found, value)
		}
	}
	return found
}
