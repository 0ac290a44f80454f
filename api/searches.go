package api

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/watch"
)

// A savedAnswer is a saved search with its links.
type savedAnswer struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	Description string        `json:"description"`
	Address     string        `json:"address"`
	Created     int64         `json:"created"`
	Modified    int64         `json:"modified"`
	Shares      []shareAnswer `json:"shares"`
}

type shareAnswer struct {
	ID      string `json:"id"`
	Created int64  `json:"created"`
	Expires int64  `json:"expires"`
	Revoked int64  `json:"revoked"`
}

func (s *Server) answerSaved(ctx context.Context, asker annotations.Asker, saved annotations.SavedSearch) (savedAnswer, error) {
	shares, err := s.Store.Shares(ctx, asker, saved.ID)
	if err != nil {
		return savedAnswer{}, err
	}
	answer := savedAnswer{
		ID: saved.ID, Name: saved.Name, Description: saved.Description, Address: saved.Address,
		Created: saved.Created, Modified: saved.Modified, Shares: make([]shareAnswer, len(shares)),
	}
	for i, share := range shares {
		answer.Shares[i] = shareAnswer{share.ID, share.Created, share.Expires, share.Revoked}
	}
	return answer, nil
}

func (s *Server) writeSaved(c echo.Context, status int, asker annotations.Asker, saved annotations.SavedSearch) error {
	answer, err := s.answerSaved(c.Request().Context(), asker, saved)
	if err != nil {
		return err
	}
	return answerJSON(c, status, answer)
}

func (s *Server) savedSearches(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	searches, err := s.Store.SavedSearches(ctx, asker)
	if err != nil {
		return err
	}
	answers := make([]savedAnswer, len(searches))
	for i, saved := range searches {
		if answers[i], err = s.answerSaved(ctx, asker, saved); err != nil {
			return err
		}
	}
	return answerJSON(c, http.StatusOK, map[string]any{"searches": answers})
}

func (s *Server) savedSearch(c echo.Context, asker annotations.Asker) error {
	saved, err := s.Store.SavedSearch(c.Request().Context(), asker, c.Param("search"))
	if err != nil {
		return err
	}
	return s.writeSaved(c, http.StatusOK, asker, saved)
}

type namedSearch struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Address     string `json:"address"`
}

// searchBody returns the body of a request to save a search. Its address must be
// one that finds: whoever opens it later is to see more than an error.
func searchBody(c echo.Context) (namedSearch, error) {
	given, err := body[namedSearch](c)
	if err != nil {
		return given, err
	}
	_, err = watch.Read(given.Address, nil, nil)
	return given, err
}

func (s *Server) saveSearch(c echo.Context, asker annotations.Asker) error {
	given, err := searchBody(c)
	if err != nil {
		return err
	}
	saved, err := s.Store.CreateSavedSearch(c.Request().Context(), asker, given.Name, given.Description, given.Address)
	if err != nil {
		return err
	}
	return s.writeSaved(c, http.StatusCreated, asker, saved)
}

func (s *Server) updateSavedSearch(c echo.Context, asker annotations.Asker) error {
	given, err := searchBody(c)
	if err != nil {
		return err
	}
	saved, err := s.Store.UpdateSavedSearch(c.Request().Context(), asker, c.Param("search"), given.Name, given.Description, given.Address)
	if err != nil {
		return err
	}
	return s.writeSaved(c, http.StatusOK, asker, saved)
}

func (s *Server) deleteSavedSearch(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.DeleteSavedSearch(c.Request().Context(), asker, c.Param("search")); err != nil {
		return err
	}
	return gone(c)
}
