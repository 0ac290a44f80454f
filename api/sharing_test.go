package api_test

import (
	"context"
	"regexp"
	"testing"

	"glossator/annotations"
	"glossator/annotations/store"
)

// A sharing is a group on a site with somebody in each role, and what its
// members have made. Ada is in another group.
type sharing struct {
	site   *site
	people map[string]annotations.User
	named  map[string]string // ids and tokens by the names that rights.txt has for them
}

// sharers are the members of the group and their roles.
var sharers = map[string]string{
	"renate": annotations.GroupReader,
	"anton":  annotations.GroupAnnotator,
	"gerda":  annotations.GroupEditor,
	"otto":   annotations.GroupOwner,
}

func newSharing(t *testing.T, s *site) *sharing {
	t.Helper()
	h := &sharing{site: s, people: map[string]annotations.User{}}
	ctx := context.Background()
	for name := range sharers {
		user := done(s, func() (annotations.User, error) { return s.store.CreateUser(ctx, name, password, annotations.Member) })
		_, token, err := s.store.CreateToken(ctx, annotations.Asker{User: user.ID, Role: user.Role}, "tests", annotations.ScopeEverything, 0)
		if err != nil {
			t.Fatal(err)
		}
		h.people[name], s.tokens[name] = user, token
	}
	for _, user := range done(s, func() ([]annotations.User, error) { return s.store.Users(ctx) }) {
		h.people[user.Name] = user
	}
	ada := h.asker("ada")
	done(s, func() (store.GroupSummary, error) { return s.store.CreateGroup(ctx, ada, "Lighthouses", "") })
	h.renew()
	return h
}

func (h *sharing) asker(name string) annotations.Asker {
	return done(h.site, func() (annotations.Asker, error) { return h.site.store.AskerOf(context.Background(), h.people[name]) })
}

// renew makes another group and everything in it.
func (h *sharing) renew() {
	h.site.t.Helper()
	ctx, db := context.Background(), h.site.store
	version := h.site.version("harbour-accord")
	group := h.group("Harbours")
	anton, otto := h.asker("anton"), h.asker("otto")
	note := func() annotations.Annotation {
		return done(h.site, func() (annotations.Annotation, error) {
			return db.CreateAnnotation(ctx, anton, store.NewAnnotation{
				Version: version, Targets: []annotations.Target{{Start: 0, End: 5}}, Note: "For the group.", Visibility: annotations.Group, Group: group,
			})
		})
	}
	there, gone := note(), note()
	done(h.site, func() (int64, error) { return db.DeleteAnnotation(ctx, anton, gone.ID) })
	deleted := h.group("Piers")
	if err := db.DeleteGroup(ctx, otto, deleted); err != nil {
		h.site.t.Fatal(err)
	}
	invitation, token, err := db.Invite(ctx, otto, group, annotations.GroupReader, 1, 0)
	if err != nil {
		h.site.t.Fatal(err)
	}
	round := done(h.site, func() (annotations.Round, error) {
		return db.CreateRound(ctx, otto, store.NewRound{
			Name: "Moorings", Concepts: []string{"sovereignty"}, Visibility: annotations.Group, Group: group,
			Assignments: []store.NewAssignment{{Document: "harbour-accord", Coders: []string{"anton"}}},
		})
	})
	operations := done(h.site, func() ([]store.Operation, error) { return db.Operations(ctx, anton, 1) })
	search := done(h.site, func() (annotations.SavedSearch, error) { return db.CreateSavedSearch(ctx, anton, "Seas", "", "q=sea") })
	h.named = map[string]string{
		"{version}": version, "{group}": group, "{deletedGroup}": deleted, "{annotation}": there.ID, "{deleted}": gone.ID,
		"{invitation}": invitation.ID, "{invitationToken}": token, "{round}": round.ID, "{operation}": operations[0].ID, "{search}": search.ID,
		"{renate}": h.people["renate"].ID,
	}
}

// group makes a group with everybody in it and returns its id.
func (h *sharing) group(name string) string {
	h.site.t.Helper()
	ctx, db := context.Background(), h.site.store
	otto := h.asker("otto")
	g := done(h.site, func() (store.GroupSummary, error) { return db.CreateGroup(ctx, otto, name, "") })
	for member, role := range sharers {
		if role == annotations.GroupOwner {
			continue
		}
		_, token, err := db.Invite(ctx, otto, g.ID, role, 1, 1)
		if err != nil {
			h.site.t.Fatal(err)
		}
		joins := h.asker(member)
		done(h.site, func() (store.GroupSummary, error) { return db.Join(ctx, joins, token) })
	}
	return g.ID
}

var inBraces = regexp.MustCompile(`\{\w+\}`)

// fill puts ids and tokens in the place of their names.
func (h *sharing) fill(text string) string {
	return inBraces.ReplaceAllStringFunc(text, func(name string) string {
		if id, known := h.named[name]; known {
			return id
		}
		return name
	})
}

// done returns what do returns if nothing goes wrong.
func done[T any](s *site, do func() (T, error)) T {
	s.t.Helper()
	value, err := do()
	if err != nil {
		s.t.Fatal(err)
	}
	return value
}
