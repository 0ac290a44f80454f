package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
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

// A conceptWritten is a concept as it is after a deed, and what that did.
type conceptWritten struct {
	annotations.Concept
	Operation   string `json:"operation"`
	Annotations *int   `json:"annotations,omitempty"`
	Documents   *int   `json:"documents,omitempty"`
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
	return s.answerConcept(c, http.StatusCreated, concept)
}

// answerConcept writes a concept that has just been written, with the operation.
func (s *Server) answerConcept(c echo.Context, status int, concept annotations.Concept) error {
	operation, err := s.Store.ConceptOperation(c.Request().Context(), concept)
	if err != nil {
		return err
	}
	return answerJSON(c, status, conceptWritten{Concept: concept, Operation: operation})
}

func (s *Server) updateConcept(c echo.Context, asker annotations.Asker) error {
	edit, err := body[struct {
		Label      *string   `json:"label"`
		Definition *string   `json:"definition"`
		Include    *string   `json:"include"`
		Exclude    *string   `json:"exclude"`
		Aliases    *[]string `json:"aliases"`
		Broader    *string   `json:"broader"`
		Family     *int      `json:"family"`
		Status     *string   `json:"status"`
		Replaced   *string   `json:"replaced"`
		Revision   *int      `json:"revision"`
	}](c)
	if err != nil {
		return err
	}
	concept, err := s.Store.UpdateConcept(c.Request().Context(), asker, c.Param("concept"), store.ConceptEdit(edit))
	if err != nil {
		return err
	}
	return s.answerConcept(c, http.StatusOK, concept)
}

func (s *Server) mergeConcept(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Into string `json:"into"`
	}](c)
	if err != nil {
		return err
	}
	done, err := s.Store.MergeConcepts(c.Request().Context(), asker, c.Param("concept"), given.Into)
	if err != nil {
		return err
	}
	return answerRetagged(c, http.StatusOK, done)
}

func (s *Server) splitConcept(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct {
		Concept     annotations.Concept `json:"concept"`
		Annotations []string            `json:"annotations"`
	}](c)
	if err != nil {
		return err
	}
	done, err := s.Store.SplitConcept(c.Request().Context(), asker, c.Param("concept"), given.Concept, given.Annotations)
	if err != nil {
		return err
	}
	return answerRetagged(c, http.StatusCreated, done)
}

func answerRetagged(c echo.Context, status int, done store.Retagged) error {
	return answerJSON(c, status, conceptWritten{done.Concept, done.Operation, &done.Annotations, &done.Documents})
}

func (s *Server) addExample(c echo.Context, asker annotations.Asker) error {
	return s.setExample(c, asker, true)
}

func (s *Server) removeExample(c echo.Context, asker annotations.Asker) error {
	return s.setExample(c, asker, false)
}

func (s *Server) setExample(c echo.Context, asker annotations.Asker, shows bool) error {
	concept, err := s.Store.SetExample(c.Request().Context(), asker, c.Param("concept"), c.Param("annotation"), shows)
	if err != nil {
		return err
	}
	return s.answerConcept(c, http.StatusOK, concept)
}

// A conceptDetail is a concept with what the asker may do to it and where it is
// used.
type conceptDetail struct {
	annotations.Concept
	Documents  int                `json:"documents"`
	Editable   bool               `json:"editable"`
	Maintained bool               `json:"maintained"`
	Mergeable  bool               `json:"mergeable"`
	Rounds     []store.CodedRound `json:"rounds"`
	Passages   []conceptUse       `json:"passages"`
}

func (s *Server) concept(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	concept, err := s.Store.Concept(ctx, asker, c.Param("concept"))
	if err != nil {
		return err
	}
	codebook, err := s.Store.Codebook(ctx, concept.Codebook)
	if err != nil {
		return err
	}
	uses, err := s.Store.ConceptUses(ctx, asker, concept.ID, false, 0, 0)
	if err != nil {
		return err
	}
	var examples []annotations.Annotation
	for _, id := range concept.Examples {
		example, err := s.Store.Annotation(ctx, asker, id)
		if errors.Is(err, store.ErrNotFound) {
			continue // it was deleted a moment ago
		}
		if err != nil {
			return err
		}
		examples = append(examples, example)
	}
	passages, err := s.conceptUses(ctx, asker, examples)
	if err != nil {
		return err
	}
	maintained, rounds := asker.MayMaintain(codebook), store.CodedRounds{}
	if maintained {
		if rounds, err = s.Store.RoundsWith(ctx, asker, concept.ID); err != nil {
			return err
		}
	}
	return answerJSON(c, http.StatusOK, conceptDetail{
		concept, uses.Documents, asker.MayDefine(concept, codebook), maintained, maintained && !rounds.Any(), some(rounds.Known), passages,
	})
}

// A conceptUse is an annotation with a concept, in brief.
type conceptUse struct {
	ID         string `json:"id"`
	Document   string `json:"document"`
	Title      string `json:"title"`
	Version    string `json:"version"`
	Passage    string `json:"passage"`
	Pinpoint   string `json:"pinpoint"`
	Exact      string `json:"exact"`
	Note       string `json:"note"`
	Visibility string `json:"visibility"`
	Creator    string `json:"creator"`
}

func (s *Server) conceptAnnotations(c echo.Context, asker annotations.Asker) error {
	offset, err := number(c, "offset")
	if err != nil {
		return err
	}
	size, err := number(c, "size")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	uses, err := s.Store.ConceptUses(ctx, asker, c.Param("concept"), c.QueryParam("editable") == "true", offset, size)
	if err != nil {
		return err
	}
	found, err := s.conceptUses(ctx, asker, uses.Annotations)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"total": uses.Total, "documents": uses.Documents, "annotations": found})
}

// conceptUses puts annotations in brief words, in their order.
func (s *Server) conceptUses(ctx context.Context, asker annotations.Asker, all []annotations.Annotation) ([]conceptUse, error) {
	uses := make([]conceptUse, len(all))
	if len(all) == 0 {
		return uses, nil
	}
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(all))
	for i, n := range all {
		ids[i] = n.Document
	}
	documents, err := s.Store.DocumentsByID(ctx, asker, ids)
	if err != nil {
		return nil, err
	}
	known := pinpoints{}
	for i, n := range all {
		v, err := s.Store.Version(ctx, asker, n.Version)
		if err != nil {
			return nil, err
		}
		about := documents[n.Document].Document
		uses[i] = conceptUse{
			n.ID, n.Document, cmp.Or(about.ShortTitle, about.Title), n.Version, n.Passage, known.of(v, n.Passage),
			n.Target.Exact, n.Note, n.Visibility, names.users[n.Creator],
		}
	}
	return uses, nil
}

type conceptEvent struct {
	Revision  int                 `json:"revision"`
	Deed      string              `json:"deed"`
	Who       creator             `json:"who"`
	At        int64               `json:"at"`
	Operation string              `json:"operation"`
	Changes   []store.FieldChange `json:"changes"`
}

func (s *Server) conceptHistory(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	events, err := s.Store.ConceptHistory(ctx, asker, c.Param("concept"))
	if err != nil {
		return err
	}
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	answers := make([]conceptEvent, len(events))
	for i, e := range events {
		for _, change := range e.Changes {
			if change.Field == "broader" || change.Field == "replaced" {
				names.label(change.From)
				names.label(change.To)
			}
		}
		answers[i] = conceptEvent{e.Revision, e.Deed, names.creator(e.Who), e.At, e.Operation, e.Changes}
	}
	return answerJSON(c, http.StatusOK, map[string]any{"events": answers})
}

// label puts the labels of concepts in the place of their ids.
func (n names) label(ids []string) {
	for i, id := range ids {
		if ref, ok := n.concepts[id]; ok {
			ids[i] = ref.Label
		}
	}
}

type conceptRef struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Family int    `json:"family"`
	Status string `json:"status,omitempty"` // Deprecated or Gone; "" for one that is in use
}

func refTo(k annotations.Concept) conceptRef {
	ref := conceptRef{ID: k.ID, Label: k.Label, Family: k.Family}
	if k.Status == annotations.Deprecated || k.Status == annotations.Gone {
		ref.Status = k.Status
	}
	return ref
}

// names are what concepts and users are called, by id.
type names struct {
	concepts map[string]conceptRef
	labelled map[string]conceptRef // the same, by annotations.NormalLabel
	users    map[string]string
}

// names returns the names of all concepts and users. They are shared and must
// not be changed.
func (s *Server) names(ctx context.Context) (names, error) {
	return s.called.Get(ctx, s.Store, s.readNames)
}

func (s *Server) readNames(ctx context.Context, _ names) (names, error) {
	n := names{concepts: map[string]conceptRef{}, labelled: map[string]conceptRef{}, users: map[string]string{}}
	concepts, err := s.Store.AllConcepts(ctx)
	if err != nil {
		return names{}, err
	}
	for _, concept := range concepts {
		ref := refTo(concept)
		n.concepts[concept.ID], n.labelled[annotations.NormalLabel(concept.Label)] = ref, ref
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
