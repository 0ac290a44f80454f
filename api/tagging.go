package api

import (
	"context"
	"fmt"
	"slices"

	"glossator/annotations"
)

// A tagger finds concepts for the tags that come from outside.
type tagger struct {
	*Server
	asker annotations.Asker
	have  []string // ids of the concepts that the annotation has; of several with a label these are meant
}

// concepts returns the ids of concepts, given by id or else by label or alias. A
// label that no concept has is proposed for the codebook. errNotFound for an id
// without a label that no concept has.
func (t *tagger) concepts(ctx context.Context, ids, labels []string) ([]string, error) {
	found := []string{}
	if len(labels) == 0 {
		return found, nil
	}
	all, err := t.Store.AllConcepts(ctx)
	if err != nil {
		return nil, err
	}
	for i, label := range labels {
		id := ""
		if i < len(ids) {
			id = ids[i]
		}
		if id = t.concept(all, id, label); id == "" && label == "" {
			return nil, fmt.Errorf("%w: there is no concept %q", errNotFound, ids[i])
		}
		if id == "" {
			proposed, err := t.Store.CreateConcept(ctx, t.asker, annotations.Concept{Label: label})
			if err != nil {
				return nil, err
			}
			all, id = append(all, proposed), proposed.ID
		}
		found = append(found, id)
	}
	return found, nil
}

// concept returns the id of the concept that a tag means, "" if there is none:
// one that it names by id, one that the annotation has, or the best of those with
// the label or, failing that, the alias. Of what was merged, what took its place.
func (t *tagger) concept(all []annotations.Concept, id, label string) string {
	best, rank := "", 0
	for _, k := range all {
		if k.ID == id && (k.Status != annotations.Gone || k.Replaced == "") {
			return id
		}
		if k.ID == id {
			return k.Replaced
		}
		if r := t.rank(k, annotations.NormalLabel(label)); r > rank {
			best, rank = k.ID, r
		}
	}
	return best
}

// rank tells how likely a concept is meant by a label, 0 if it is not.
func (t *tagger) rank(k annotations.Concept, normal string) int {
	isLabel := annotations.NormalLabel(k.Label) == normal
	isAlias := slices.ContainsFunc(k.Aliases, func(alias string) bool { return annotations.NormalLabel(alias) == normal })
	if normal == "" || !isLabel && !isAlias || k.Status == annotations.Gone && !slices.Contains(t.have, k.ID) {
		return 0
	}
	rank := 1
	for i, better := range []bool{k.Status != annotations.Deprecated, k.Codebook == annotations.Starter, isLabel, slices.Contains(t.have, k.ID)} {
		if better {
			rank += 1 << i
		}
	}
	return rank
}
