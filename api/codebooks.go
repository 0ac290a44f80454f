package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

// A codebookAnswer is a codebook with its people by name.
type codebookAnswer struct {
	annotations.Codebook
	Maintainers []string `json:"maintainers"`
	Creator     string   `json:"creator"`
	Maintained  bool     `json:"maintained"`
}

func (s *Server) codebooks(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	all, err := s.Store.Codebooks(ctx)
	if err != nil {
		return err
	}
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	answers := make([]codebookAnswer, len(all))
	for i, b := range all {
		answers[i] = names.codebook(asker, b)
	}
	return answerJSON(c, http.StatusOK, map[string]any{"codebooks": answers})
}

func (n names) codebook(asker annotations.Asker, b annotations.Codebook) codebookAnswer {
	maintainers := make([]string, len(b.Maintainers))
	for i, id := range b.Maintainers {
		maintainers[i] = n.users[id]
	}
	return codebookAnswer{b, maintainers, n.users[b.Creator], asker.MayMaintain(b)}
}

func (s *Server) createCodebook(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Name        string `json:"name"`
		Description string `json:"description"`
	}](c)
	if err != nil {
		return err
	}
	b, err := s.Store.CreateCodebook(c.Request().Context(), asker, given.Name, given.Description)
	if err != nil {
		return err
	}
	return s.answerCodebook(c, http.StatusCreated, asker, b)
}

func (s *Server) updateCodebook(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Name        *string   `json:"name"`
		Description *string   `json:"description"`
		Maintainers *[]string `json:"maintainers"`
	}](c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	edit := store.CodebookEdit{Name: given.Name, Description: given.Description}
	if given.Maintainers != nil {
		ids, err := s.usersNamed(ctx, *given.Maintainers)
		if err != nil {
			return err
		}
		edit.Maintainers = &ids
	}
	b, err := s.Store.UpdateCodebook(ctx, asker, c.Param("codebook"), edit)
	if err != nil {
		return err
	}
	return s.answerCodebook(c, http.StatusOK, asker, b)
}

func (s *Server) answerCodebook(c echo.Context, status int, asker annotations.Asker, b annotations.Codebook) error {
	names, err := s.names(c.Request().Context())
	if err != nil {
		return err
	}
	return answerJSON(c, status, names.codebook(asker, b))
}

// usersNamed returns the ids of users, store.ErrInvalid if there is none of a
// name.
func (s *Server) usersNamed(ctx context.Context, wanted []string) ([]string, error) {
	users, err := s.Store.Users(ctx)
	if err != nil {
		return nil, err
	}
	byName := make(map[string]string, len(users))
	for _, user := range users {
		byName[annotations.NormalLabel(user.Name)] = user.ID
	}
	ids := make([]string, len(wanted))
	for i, name := range wanted {
		id, ok := byName[annotations.NormalLabel(name)]
		if !ok {
			return nil, fmt.Errorf("%w: there is nobody called %q here", store.ErrInvalid, name)
		}
		ids[i] = id
	}
	return ids, nil
}
