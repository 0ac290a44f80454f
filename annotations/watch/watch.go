package watch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"time"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/query"
)

// A Watcher looks at what is new for the saved searches that have a link, as a
// stranger would see it.
type Watcher struct {
	Store    *store.Store
	Engine   index.Engine
	Synonyms *Synonyms
}

// While an import writes, looking waits until the index has come to rest for
// restAfter, but no longer than restless.
const (
	restAfter = time.Second
	restless  = 30 * time.Second
)

// Run looks whenever the index has read on, until ctx ends; it returns the
// error of ctx. A search that fails is logged and looked at again when the
// index has read on.
func (w *Watcher) Run(ctx context.Context) error {
	ticker := time.NewTicker(restAfter)
	defer ticker.Stop()
	failed := map[string]int64{} // the mark at which a search failed
	last, looked := int64(-1), time.Now()
	for {
		mark, err := w.Engine.Mark(ctx)
		if err == nil && (mark == last || time.Since(looked) >= restless) {
			err, looked = w.look(ctx, mark, failed), time.Now()
		}
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "looking at saved searches", "error", err)
		}
		last = mark
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Look looks once for every search. It returns the errors of those that
// failed, joined.
func (w *Watcher) Look(ctx context.Context) error {
	mark, err := w.Engine.Mark(ctx)
	if err != nil {
		return fmt.Errorf("reading the mark of the index: %w", err)
	}
	return w.look(ctx, mark, map[string]int64{})
}

func (w *Watcher) look(ctx context.Context, mark int64, failed map[string]int64) error {
	searches, err := w.Store.WatchedSearches(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, search := range searches {
		if search.Seen >= mark || failed[search.ID] == mark {
			continue
		}
		if err := w.lookFor(ctx, search); err != nil {
			failed[search.ID] = mark
			all = append(all, fmt.Errorf("saved search %s: %w", search.ID, err))
		}
	}
	return errors.Join(all...)
}

// lookFor records what one search finds in what is new since it last looked.
func (w *Watcher) lookFor(ctx context.Context, search annotations.SavedSearch) error {
	synonyms, err := w.Synonyms.Read(ctx)
	if err != nil {
		return err
	}
	concepts, err := Concepts(ctx, w.Store, search.Address)
	if err != nil {
		return err
	}
	asked, err := Read(search.Address, synonyms, concepts)
	if err != nil {
		return err
	}
	found, mark, err := w.since(ctx, asked.Query, search.Seen)
	if err != nil {
		return err
	}
	news, err := w.news(ctx, search, asked.All, found, mark)
	if err != nil {
		return err
	}
	return w.Store.Sight(ctx, search, mark, news)
}

// documentsAtOnce is the page in which hits are read.
const documentsAtOnce = 20

// since returns all passages that match and are new after a number, and the
// mark of the index that found them. If the index reads on meanwhile, it
// begins again: pages of different marks do not fit together.
func (w *Watcher) since(ctx context.Context, q query.Query, seen int64) (found []index.Passage, mark int64, err error) {
	options := index.Options{
		Audiences: annotations.Asker{}.Audiences(), Sort: index.ByTitle, Since: seen,
		Limit: documentsAtOnce, PerDocument: math.MaxInt,
	}
	for {
		result, err := w.Engine.Search(ctx, q, options)
		if err != nil {
			return nil, 0, err
		}
		if options.Offset > 0 && result.Mark != mark {
			options.Offset, found = 0, nil
			continue
		}
		mark = result.Mark
		for _, group := range result.Groups {
			for _, hit := range group.Hits {
				found = append(found, index.Passage{Document: hit.Document, Version: hit.Version, Provision: hit.Provision})
			}
		}
		options.Offset += documentsAtOnce
		if options.Offset >= result.Documents {
			return found, mark, nil
		}
	}
}

// news returns those passages in which something that the search asks about
// was written after it last looked and up to mark. The index also takes for
// new a passage on which somebody wrote a note, though its text, which is all
// that the search asks about, has been there long.
func (w *Watcher) news(ctx context.Context, search annotations.SavedSearch, q query.Query, found []index.Passage, mark int64) ([]annotations.Sighting, error) {
	keys := make([]store.PassageKey, len(found))
	for i, p := range found {
		keys[i] = store.PassageKey{Version: p.Version, Provision: p.Provision}
	}
	numbers, err := w.Store.Numbers(ctx, annotations.Asker{}, keys, mark)
	if err != nil {
		return nil, err
	}
	asks := askedAbout(q)
	var news []annotations.Sighting
	for i, p := range found {
		n := numbers[keys[i]]
		number := n.Text
		if asks.metadata {
			number = max(number, n.Metadata)
		}
		if asks.annotations {
			number = max(number, n.Annotations)
		}
		if number > search.Seen {
			news = append(news, annotations.Sighting{
				Search: search.ID, Document: p.Document, Version: p.Version, Provision: p.Provision, Number: number,
			})
		}
	}
	return news, nil
}

// subjects says what a query asks about beside the text.
type subjects struct{ metadata, annotations bool }

func askedAbout(q query.Query) (s subjects) {
	switch q := q.(type) {
	case query.Term:
		return fieldSubjects(q.Field)
	case query.Range:
		return fieldSubjects(q.Field)
	case query.Not:
		return askedAbout(q.Query)
	case query.Boost:
		return askedAbout(q.Query)
	case query.And:
		return askedAboutAny(q)
	case query.Or:
		return askedAboutAny(q)
	}
	return s
}

func askedAboutAny(clauses []query.Query) (s subjects) {
	for _, clause := range clauses {
		of := askedAbout(clause)
		s.metadata, s.annotations = s.metadata || of.metadata, s.annotations || of.annotations
	}
	return s
}

func fieldSubjects(field string) subjects {
	switch field {
	case "", "heading", "art", "id", "lang":
		return subjects{}
	case "concept", "coded", "tagged", "note", "by", "group":
		return subjects{annotations: true}
	case "has":
		return subjects{metadata: true, annotations: true}
	}
	return subjects{metadata: true}
}
