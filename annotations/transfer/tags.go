package transfer

import (
	"context"
	"fmt"
	"slices"

	"glossator/annotations"
	"glossator/annotations/store"
)

// Concepts returns the ids of the concepts that the tags of an annotation from
// elsewhere mean, given by id or else by label or alias. A label that no concept
// has is proposed for the codebook. have are the ids of those that the annotation
// has: of several with a label these are meant. store.ErrNotFound for an id
// without a label that no concept has.
func Concepts(ctx context.Context, s *store.Store, asker annotations.Asker, have, ids, labels []string) ([]string, error) {
	found := []string{}
	if len(labels) == 0 {
		return found, nil
	}
	all, err := readVocabulary(ctx, s)
	if err != nil {
		return nil, err
	}
	for i, label := range labels {
		id := ""
		if i < len(ids) {
			id = ids[i]
		}
		meant := all.meant(id, label, have)
		if meant == "" && label == "" {
			return nil, fmt.Errorf("%w: there is no concept %q", store.ErrNotFound, id)
		}
		if meant == "" {
			proposed, err := s.CreateConcept(ctx, asker, annotations.Concept{Label: label})
			if err != nil {
				return nil, err
			}
			all.add(proposed)
			meant = proposed.ID
		}
		found = append(found, meant)
	}
	return found, nil
}

// A vocabulary is all concepts, to find those that tags mean.
type vocabulary struct {
	concepts map[string]annotations.Concept // by id
	named    map[string][]string            // ids by normal label or alias
}

func readVocabulary(ctx context.Context, s *store.Store) (*vocabulary, error) {
	concepts, err := s.AllConcepts(ctx)
	v := &vocabulary{make(map[string]annotations.Concept, len(concepts)), map[string][]string{}}
	for _, k := range concepts {
		v.add(k)
	}
	return v, err
}

func (v *vocabulary) add(k annotations.Concept) {
	v.concepts[k.ID] = k
	for _, name := range append([]string{k.Label}, k.Aliases...) {
		normal := annotations.NormalLabel(name)
		v.named[normal] = append(v.named[normal], k.ID)
	}
}

// meant returns the id of the concept that a tag means, "" if there is none: the
// one that it names by id, one that the annotation has, or the best of those with
// the label or, failing that, the alias. Of what was merged, what took its place.
func (v *vocabulary) meant(id, label string, have []string) string {
	if k, known := v.concepts[id]; known {
		if k.Status == annotations.Gone && k.Replaced != "" {
			return k.Replaced
		}
		return id
	}
	best, most := "", 0
	normal := annotations.NormalLabel(label)
	for _, id := range v.named[normal] {
		if r := rank(v.concepts[id], normal, have); r > most {
			best, most = id, r
		}
	}
	return best
}

// any returns the id of a concept that annotations may have, "" if there is none.
func (v *vocabulary) any() string {
	for id, k := range v.concepts {
		if k.Status != annotations.Gone {
			return id
		}
	}
	return ""
}

// rank tells how likely a concept is meant by a label or an alias that it has, 0
// if it is not.
func rank(k annotations.Concept, normal string, have []string) int {
	had := slices.Contains(have, k.ID)
	if normal == "" || k.Status == annotations.Gone && !had {
		return 0
	}
	rank := 1
	isLabel := annotations.NormalLabel(k.Label) == normal
	for i, better := range []bool{k.Status != annotations.Deprecated, k.Codebook == annotations.Starter, isLabel, had} {
		if better {
			rank += 1 << i
		}
	}
	return rank
}
