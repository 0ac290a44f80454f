package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

// The API of the Hypothesis annotation service, as far as its browser client
// needs it (https://h.readthedocs.io/en/latest/api-reference/). Offsets are
// UTF-16 code units here and nowhere else.
const (
	// hypothesisAuthority is what comes after the @ in the names of accounts.
	hypothesisAuthority = "glossator"
	// publicGroup is the group of what everyone may read.
	publicGroup = "__world__"
)

type hypothesisRoute struct {
	Method string `json:"method"`
	URL    string `json:"url"`
	Desc   string `json:"desc"`
}

// hypothesisIndex tells the client where everything is.
func (s *Server) hypothesisIndex(c echo.Context, _ annotations.Asker) error {
	at := func(method, path, desc string) hypothesisRoute {
		return hypothesisRoute{method, s.site(c) + hypothesisAPI + path, desc}
	}
	type routes = map[string]any
	return answerJSON(c, http.StatusOK, map[string]any{"links": routes{
		"annotation": routes{
			"create": at("POST", "annotations", "Create an annotation"),
			"read":   at("GET", "annotations/:id", "Read an annotation"),
			"update": at("PATCH", "annotations/:id", "Change an annotation"),
			"delete": at("DELETE", "annotations/:id", "Delete an annotation"),
			"flag":   at("PUT", "annotations/:id/flag", "Not done here"),
			"hide":   at("PUT", "annotations/:id/hide", "Not done here"),
			"unhide": at("DELETE", "annotations/:id/hide", "Not done here"),
		},
		"search": at("GET", "search", "Search for annotations"),
		"group":  routes{"read": at("GET", "groups/:id", "Read a group")},
		"groups": routes{"read": at("GET", "groups", "List the groups for a page")},
		"profile": routes{
			"read":   at("GET", "profile", "Who is asking"),
			"update": at("PATCH", "profile", "Change preferences"),
			"groups": routes{"read": at("GET", "profile/groups", "List the groups of whoever is asking")},
		},
		"links": at("GET", "links", "Addresses of pages"),
	}})
}

// hypothesisLinks tells the client the addresses of pages.
func (s *Server) hypothesisLinks(c echo.Context, _ annotations.Asker) error {
	site := s.site(c)
	return answerJSON(c, http.StatusOK, map[string]string{
		"account.settings": site + "/",
		"forgot-password":  site + "/signin",
		"groups.new":       site + "/",
		"help":             site + "/",
		"oauth.authorize":  site + hypothesisPath + "oauth/authorize",
		"oauth.revoke":     site + hypothesisPath + "oauth/revoke",
		"search.tag":       site + "/search?concept=:tag",
		"signup":           site + "/signin",
		"user":             site + hypothesisPath + "people/:user",
	})
}

// hypothesisPerson leads to what somebody has annotated.
func (s *Server) hypothesisPerson(c echo.Context, _ annotations.Asker) error {
	id, _, _ := strings.Cut(strings.TrimPrefix(c.Param("user"), "acct:"), "@")
	user, err := s.Store.User(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/search?"+url.Values{"q": {`by:"` + user.Name + `"`}}.Encode())
}

// accountName returns the name of a user's account.
func accountName(user string) string { return "acct:" + user + "@" + hypothesisAuthority }

type hypothesisName struct {
	DisplayName string `json:"display_name"`
}

// hypothesisProfile tells who is asking; the userid of a stranger is null.
func (s *Server) hypothesisProfile(c echo.Context, asker annotations.Asker) error {
	profile := map[string]any{
		"authority":   hypothesisAuthority,
		"features":    map[string]bool{"client_display_names": true},
		"preferences": map[string]bool{},
		"userid":      nil,
	}
	if asker.SignedIn() {
		user, err := s.Store.User(c.Request().Context(), asker.User)
		if err != nil {
			return err
		}
		profile["userid"], profile["user_info"] = accountName(user.ID), hypothesisName{user.Name}
	}
	return answerJSON(c, http.StatusOK, profile)
}

type hypothesisGroup struct {
	ID           string            `json:"id"`
	GroupID      string            `json:"groupid"`
	Name         string            `json:"name"`
	Type         string            `json:"type"`
	Public       bool              `json:"public"`
	Scoped       bool              `json:"scoped"`
	Scopes       any               `json:"scopes"`
	Organization any               `json:"organization"`
	Links        map[string]string `json:"links"`
	PreModerated bool              `json:"pre_moderated"`
}

// hypothesisGroups lists the groups for which the asker may annotate: that of
// everyone, and their own.
func (s *Server) hypothesisGroups(c echo.Context, asker annotations.Asker) error {
	groups, err := s.groupsFor(c, asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, groups)
}

// hypothesisOwnGroups lists those of them that have members: the client adds that
// of everyone itself.
func (s *Server) hypothesisOwnGroups(c echo.Context, asker annotations.Asker) error {
	groups, err := s.groupsFor(c, asker)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, groups[1:])
}

// groupsFor returns the group of everyone, and those of the asker.
func (s *Server) groupsFor(c echo.Context, asker annotations.Asker) ([]hypothesisGroup, error) {
	own, err := s.Store.GroupNames(c.Request().Context(), asker)
	if err != nil {
		return nil, err
	}
	all := []hypothesisGroup{{ID: publicGroup, Name: "Public", Type: "open", Public: true}}
	for _, g := range own {
		all = append(all, hypothesisGroup{ID: g.ID, Name: g.Name, Type: "private"})
	}
	for i := range all {
		all[i].GroupID = "group:" + all[i].ID + "@" + hypothesisAuthority
		all[i].Links = map[string]string{"html": s.site(c) + "/"}
	}
	return all, nil
}

func (s *Server) hypothesisGroup(c echo.Context, asker annotations.Asker) error {
	groups, err := s.groupsFor(c, asker)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if g.ID == c.Param("group") {
			return answerJSON(c, http.StatusOK, g)
		}
	}
	return fmt.Errorf("%w: there is no group %q of yours", errNotFound, c.Param("group"))
}

// millis reads a time as the client writes it: in ISO 8601, or as milliseconds.
func millis(text string) (int64, error) {
	if at, err := strconv.ParseInt(text, 10, 64); err == nil {
		return at, nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return 0, fmt.Errorf("%w: %q is not a time; write it as 2006-01-02T15:04:05Z", errRequest, text)
	}
	return at.UnixMilli(), nil
}
