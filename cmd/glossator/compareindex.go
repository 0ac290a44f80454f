package main

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"slices"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

// checkIndex makes the index catch up and compares it with what is kept.
func checkIndex(ctx context.Context, data string, s *store.Store, out io.Writer, report func(string)) error {
	engine, err := openIndex(ctx, data, s)
	if errors.Is(err, errIndexInUse) {
		fmt.Fprintln(out, "the index is in use and was not looked at")
		return nil
	}
	if err != nil {
		return err
	}
	if err := index.Sync(ctx, engine, s, nil); err != nil {
		return errors.Join(err, engine.Close())
	}
	n, err := compareIndex(ctx, engine, s, report)
	if err == nil {
		fmt.Fprintf(out, "looked at %d passages in the index\n", n)
	}
	return errors.Join(err, engine.Close())
}

// compareIndex compares every passage that the index holds with what is kept:
// its text, its place and of which write its annotations are. It returns how
// many there are. The index has taken in every write.
func compareIndex(ctx context.Context, engine *searchIndex, s *store.Store, report func(string)) (passages int, err error) {
	seed := maphash.MakeSeed()
	wanted := map[string]uint64{}
	documents, _, err := s.Documents(ctx, annotations.Asker{}, store.DocumentFilter{})
	if err != nil {
		return 0, err
	}
	for _, d := range documents {
		all, err := s.Findable(ctx, d.ID)
		if err != nil {
			return 0, err
		}
		for _, p := range all {
			wanted[p.ID()] = fingerprint(seed, p)
		}
	}
	err = engine.Passages(ctx, func(p index.Passage) error {
		passages++
		print, known := wanted[p.ID()]
		switch {
		case !known:
			report(fmt.Sprintf("The index has a passage %s of %s, once too often or of nothing that is kept.", p.ID(), p.Document))
		case print != fingerprint(seed, p):
			report(fmt.Sprintf("Passage %s of %s is not in the index as it is; glossator repair builds the index anew.", p.ID(), p.Document))
		}
		delete(wanted, p.ID())
		return nil
	})
	for id := range wanted {
		report(fmt.Sprintf("Passage %s is not in the index; glossator repair builds it anew.", id))
	}
	return passages, err
}

// fingerprint is the same for two passages of which an index holds the same.
func fingerprint(seed maphash.Seed, p index.Passage) uint64 {
	p.Annotations = slices.Clone(p.Annotations)
	for i, a := range p.Annotations {
		p.Annotations[i] = index.Annotations{Audience: a.Audience, Group: a.Group, Concepts: a.Concepts, By: a.By, Changed: a.Changed}
	}
	return maphash.String(seed, fmt.Sprintf("%+v", p))
}
