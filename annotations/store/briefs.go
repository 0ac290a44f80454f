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
	if err := s.moveOn(ctx); err != nil {
		return nil, because(err, "reading the annotations on passages")
	}
	on, missing, at := s.register.on(passages)
	if len(missing) > 0 {
		read, err := onPassages(ctx, s, slices.Collect(maps.Keys(missing)), "a.id, a.creator, a.note, a.absent, a.audience, "+conceptsColumn,
			"annotations a", "a.deleted = 0", nil, scanBriefAnd)
		if err != nil {
			return nil, err
		}
		s.register.keep(missing, read, at)
		maps.Copy(on, read)
	}
	found, may := make(map[PassageKey][]Brief, len(on)), readableFor(asker)
	for key, all := range on {
		some := make([]Brief, 0, len(all))
		for _, b := range all {
			if may(b.audience) {
				some = append(some, b.Brief)
			}
		}
		if len(some) > 0 {
			found[key] = some
		}
	}
	return found, nil
}

// HoldBriefs reads what is on the passages of current versions before BriefsOn is
// asked for it, as far as half the room for it goes.
func (s *Store) HoldBriefs(ctx context.Context) error {
	reached, err := list(ctx, s.reader, func(row scanner) (one trace, err error) {
		err = row.Scan(&one.document, &one.passage.Version, &one.passage.Provision)
		return one, err
	}, "SELECT DISTINCT v.document, r.version, r.passage FROM current_versions v CROSS JOIN reaches r ON r.version = v.id")
	if err != nil {
		return because(err, "looking for passages with annotations")
	}
	for some := range slices.Chunk(reached, passagesAtOnce) {
		passages := map[string][]PassageKey{}
		for _, one := range some {
			passages[one.document] = append(passages[one.document], one.passage)
		}
		if _, err := s.BriefsOn(ctx, annotations.Asker{}, passages); err != nil {
			return err
		}
		if s.register.holds() > briefsMemory/2 {
			return nil
		}
	}
	return nil
}

// holds returns about how many bytes of briefs are held.
func (r *register) holds() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.briefs.held
}

// briefs are what is on passages, by document and passage; also that nothing is.
type briefs struct {
	on   map[string]map[PassageKey][]heldBrief
	held int // sizeOf all together
}

// briefsMemory is about how many bytes of briefs are held at most.
const briefsMemory = 40 << 20

// sizeOf returns about how many bytes what is on a passage takes: a note may be as
// long as a request, and is held for each passage that its annotation covers.
func sizeOf(all []heldBrief) int {
	size := 128
	for _, b := range all {
		size += 176 + len(b.Note)
	}
	return size
}

// put holds what is on a passage. The key is copied: it may be a part of something
// large.
func (b *briefs) put(document string, key PassageKey, all []heldBrief) {
	key = PassageKey{unique.Make(key.Version).Value(), strings.Clone(key.Provision)}
	if b.on == nil || b.held > briefsMemory {
		b.on, b.held = map[string]map[PassageKey][]heldBrief{}, 0
	}
	if b.on[document] == nil {
		b.on[document] = map[PassageKey][]heldBrief{}
	}
	b.remove(document, key)
	b.on[document][key] = all
	b.held += sizeOf(all)
}

func (b *briefs) remove(document string, key PassageKey) {
	if all, held := b.on[document][key]; held {
		b.held -= sizeOf(all)
		delete(b.on[document], key)
	}
}

// drop drops the passages of a document on which one of some annotations stood; all
// of them if the whole document, "", is among those.
func (b *briefs) drop(document string, written map[string]bool) {
	is := func(one heldBrief) bool { return written[one.ID] }
	for key, all := range b.on[document] {
		if written[""] || slices.ContainsFunc(all, is) {
			b.remove(document, key)
		}
	}
}

// on returns what is on passages for anybody, as far as it is held, the passages
// of which it is not, with their documents, and the moment at which it is so.
func (r *register) on(passages map[string][]PassageKey) (on map[PassageKey][]heldBrief, missing map[PassageKey]string, at moment) {
	on, missing = map[PassageKey][]heldBrief{}, map[PassageKey]string{}
	r.mu.RLock()
	defer r.mu.RUnlock()
	for document, keys := range passages {
		known := r.briefs.on[document]
		for _, key := range keys {
			if all, held := known[key]; held {
				on[key] = all
			} else {
				missing[key] = document
			}
		}
	}
	return on, missing, r.at
}

// keep holds what was read after a moment of passages of documents, unless
// the register has moved on meanwhile.
func (r *register) keep(passages map[PassageKey]string, read map[PassageKey][]heldBrief, at moment) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.at != at {
		return
	}
	for key, document := range passages {
		r.briefs.put(document, key, slices.Clip(read[key]))
	}
}
