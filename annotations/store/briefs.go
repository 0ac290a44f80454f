package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unique"

	"glossator/annotations"
)

// A Brief is what an annotation says, without its place and history.
type Brief struct {
	ID, Creator string
	Note        string
	Absent      bool     // it says that the document has nothing on Concepts
	Concepts    []string // ids
}

// A heldBrief is a Brief for those of an audience.
type heldBrief struct {
	Brief
	audience string
}

func scanBriefAnd(row scanner, more ...any) (b heldBrief, err error) {
	var concepts string
	err = row.Scan(append([]any{&b.ID, &b.Creator, &b.Note, &b.Absent, &b.audience, &concepts}, more...)...)
	b.Creator, b.audience = unique.Make(b.Creator).Value(), unique.Make(b.audience).Value() // there are few
	b.Concepts = strings.Fields(unique.Make(concepts).Value())
	return b, err
}

// BriefsOn is AnnotationsOn for what a page of hits shows, of passages by their
// documents. Most of it is kept in memory: what a Brief points to is shared and
// must not be changed.
func (s *Store) BriefsOn(ctx context.Context, asker annotations.Asker, passages map[string][]PassageKey) (map[PassageKey][]Brief, error) {
	known, err := s.entriesOf(ctx, slices.Collect(maps.Keys(passages)))
	if err != nil {
		return nil, because(err, "reading the annotations on passages")
	}
	on, missing := s.register.on(known, passages)
	if len(missing) > 0 {
		read, err := onPassages(ctx, s, missing, "a.id, a.creator, a.note, a.absent, a.audience, "+conceptsColumn, "annotations a", "a.deleted = 0", nil,
			scanBriefAnd)
		if err != nil {
			return nil, err
		}
		s.register.keep(known, passages, read)
		maps.Copy(on, read)
	}
	found, may := make(map[PassageKey][]Brief, len(on)), readableFor(asker)
	for key, all := range on {
		for _, b := range all {
			if may(b.audience) {
				found[key] = append(found[key], b.Brief)
			}
		}
	}
	return found, nil
}

// briefsKept is how many briefs a register holds at most; each takes about
// a quarter of a kilobyte.
const briefsKept = 150_000

// on returns what is on passages for anybody, as far as known entries hold it, and
// the passages of which they do not.
func (r *register) on(known map[string]*entry, passages map[string][]PassageKey) (on map[PassageKey][]heldBrief, missing []PassageKey) {
	on = make(map[PassageKey][]heldBrief, len(known))
	r.mu.RLock()
	defer r.mu.RUnlock()
	for document, keys := range passages {
		of := known[document]
		for _, key := range keys {
			if of != nil {
				if all, held := of.briefs[key]; held {
					on[key] = all
					continue
				}
			}
			missing = append(missing, key)
		}
	}
	return on, missing
}

// keep adds what was read of the passages that known entries did not hold. It was
// read after the entries were found in the register. Should the document have been
// written to in between, its entry is no longer asked for.
func (r *register) keep(known map[string]*entry, passages map[string][]PassageKey, read map[PassageKey][]heldBrief) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for document, keys := range passages {
		of := known[document]
		if of == nil || of != r.entries[document] {
			continue
		}
		for _, key := range keys {
			if _, held := of.briefs[key]; held {
				continue
			}
			if of.briefs == nil {
				of.briefs = map[PassageKey][]heldBrief{}
			}
			of.briefs[key] = slices.Clip(read[key])
			of.held += len(read[key]) + 1
			r.held += len(read[key]) + 1
		}
	}
	if r.held > briefsKept {
		r.empty()
	}
}
