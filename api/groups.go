package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

// newestShown is how many annotations of a group are shown with it.
const newestShown = 10

func (s *Server) userGroups(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	groups, err := s.Store.Groups(ctx, asker)
	if err != nil {
		return err
	}
	deleted, err := s.Store.DeletedGroups(ctx, asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"groups": groups, "deleted": deleted})
}

// groupWords are what people say of a group.
type groupWords struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

func (s *Server) createGroup(c echo.Context, asker annotations.Asker) error {
	given, err := body[groupWords](c)
	if err != nil {
		return err
	}
	group, err := s.Store.CreateGroup(c.Request().Context(), asker, given.Name, given.Description)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusCreated, group)
}

type groupDetail struct {
	store.GroupSummary
	People      []annotations.Membership `json:"people"`
	Invitations []annotations.Invitation `json:"invitations"`
	Newest      []annotationAnswer       `json:"newest"`
}

func (s *Server) group(c echo.Context, asker annotations.Asker) error {
	ctx, id := c.Request().Context(), c.Param("group")
	group, err := s.Store.Group(ctx, asker, id)
	if err != nil {
		return err
	}
	answer := groupDetail{GroupSummary: group}
	if answer.People, err = s.Store.Members(ctx, asker, id); err != nil {
		return err
	}
	if answer.Invitations, err = s.Store.Invitations(ctx, asker, id); err != nil {
		return err
	}
	newest, err := s.Store.NewestOf(ctx, asker, id, newestShown)
	if err != nil {
		return err
	}
	if answer.Newest, err = s.answerAnnotations(ctx, asker, newest); err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, answer)
}

func (s *Server) updateGroup(c echo.Context, asker annotations.Asker) error {
	given, err := body[groupWords](c)
	if err != nil {
		return err
	}
	group, err := s.Store.UpdateGroup(c.Request().Context(), asker, c.Param("group"), given.Name, given.Description)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, group)
}

func (s *Server) deleteGroup(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.DeleteGroup(c.Request().Context(), asker, c.Param("group")); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) restoreGroup(c echo.Context, asker annotations.Asker) error {
	group, err := s.Store.RestoreGroup(c.Request().Context(), asker, c.Param("group"))
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, group)
}

func (s *Server) setGroupRole(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Role string `json:"role"`
	}](c)
	if err != nil {
		return err
	}
	if err := s.Store.SetRole(c.Request().Context(), asker, c.Param("group"), c.Param("user"), given.Role); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) removeMember(c echo.Context, asker annotations.Asker) error {
	if err := s.Store.RemoveMember(c.Request().Context(), asker, c.Param("group"), c.Param("user")); err != nil {
		return err
	}
	return gone(c)
}

func (s *Server) setDefaults(c echo.Context, asker annotations.Asker) error {
	given, err := body[store.Defaults](c)
	if err != nil {
		return err
	}
	if err := s.Store.SetDefaults(c.Request().Context(), asker, given); err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, given)
}

// groupsCalled returns the names of the groups that annotations are for, by id.
func (s *Server) groupsCalled(ctx context.Context, asker annotations.Asker, placed []store.Placed) (map[string]string, error) {
	if !slices.ContainsFunc(placed, func(p store.Placed) bool { return p.Group != "" }) {
		return map[string]string{}, nil
	}
	groups, err := s.Store.GroupNames(ctx, asker)
	called := make(map[string]string, len(groups))
	for _, g := range groups {
		called[g.ID] = g.Name
	}
	return called, err
}

func (s *Server) moveAnnotations(c echo.Context, asker annotations.Asker) error {
	return s.relocate(c, asker, s.Store.Move)
}

func (s *Server) copyAnnotations(c echo.Context, asker annotations.Asker) error {
	return s.relocate(c, asker, s.Store.Copy)
}

func (s *Server) relocate(c echo.Context, asker annotations.Asker,
	act func(ctx context.Context, asker annotations.Asker, ids []string, visibility, group string) (store.Moved, error)) error {
	given, err := body[struct {
		Annotations []string `json:"annotations"`
		From        string   `json:"from"`
		Mine        bool     `json:"mine"`
		Visibility  string   `json:"visibility"`
		Group       string   `json:"group"`
	}](c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if given.From != "" {
		if _, err := s.Store.Group(ctx, asker, given.From); err != nil {
			return err
		}
		if given.Annotations, err = s.Store.InGroup(ctx, asker, given.From, given.Mine); err != nil {
			return err
		}
	}
	moved, err := act(ctx, asker, given.Annotations, given.Visibility, given.Group)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, moved)
}
