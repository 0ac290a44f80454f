package api

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

func (s *Server) concepts(c echo.Context, asker annotations.Asker) error {
	size, err := number(c, "size")
	if err != nil {
		return err
	}
	concepts, err := s.Store.Concepts(c.Request().Context(), asker, c.QueryParam("text"), size)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"concepts": concepts})
}

func (s *Server) createConcept(c echo.Context, asker annotations.Asker) error {
	given, err := body[annotations.Concept](c)
	if err != nil {
		return err
	}
	concept, err := s.Store.CreateConcept(c.Request().Context(), asker, given)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusCreated, concept)
}

type conceptRef struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Family int    `json:"family"`
}

// names are what concepts and users are called, by id.
type names struct {
	concepts map[string]conceptRef
	users    map[string]string
}

// names returns the names of all concepts and users.
func (s *Server) names(ctx context.Context) (names, error) {
	n := names{concepts: map[string]conceptRef{}, users: map[string]string{}}
	concepts, err := s.Store.AllConcepts(ctx)
	if err != nil {
		return names{}, err
	}
	for _, concept := range concepts {
		n.concepts[concept.ID] = conceptRef{concept.ID, concept.Label, concept.Family}
	}
	users, err := s.Store.Users(ctx)
	if err != nil {
		return names{}, err
	}
	for _, user := range users {
		n.users[user.ID] = user.Name
	}
	return n, nil
}

// creator returns the user with an id.
func (n names) creator(id string) creator { return creator{id, n.users[id]} }

// refs returns the concepts with these ids, in their order; never nil.
func (n names) refs(ids []string) []conceptRef {
	refs := make([]conceptRef, 0, len(ids))
	for _, id := range ids {
		if ref, ok := n.concepts[id]; ok {
			refs = append(refs, ref)
		}
	}
	return refs
}

// ref returns the concept with an id; one that is not known is called by its id.
func (n names) ref(id string) conceptRef {
	if ref, ok := n.concepts[id]; ok {
		return ref
	}
	return conceptRef{ID: id, Label: id, Family: 1}
}
