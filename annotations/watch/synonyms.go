package watch

import (
	"context"
	"fmt"
	"strings"

	"glossator/annotations/store"
	"glossator/index/query"
)

// synonymsSetting holds the text of the synonyms, "" if they are ours.
const synonymsSetting = "synonyms"

// Synonyms are those of an installation. They are kept in its store, so that all
// of its processes search with the same; until somebody edits them they are
// query.OwnSynonyms.
type Synonyms struct {
	Store *store.Store

	kept store.Kept[readSynonyms]
}

// readSynonyms are synonyms with the text that they were read from.
type readSynonyms struct {
	text   string
	parsed *query.Synonyms
}

// Text returns the text of the synonyms and whether it was edited.
func (s *Synonyms) Text(ctx context.Context) (text string, edited bool, err error) {
	text, err = s.Store.Setting(ctx, synonymsSetting)
	if err != nil || text != "" {
		return text, text != "", err
	}
	return query.OwnSynonyms, false, nil
}

// Read returns the synonyms. It reads their text after each write and what it says
// only when it has changed.
func (s *Synonyms) Read(ctx context.Context) (*query.Synonyms, error) {
	now, err := s.kept.Get(ctx, s.Store, func(ctx context.Context, last readSynonyms) (readSynonyms, error) {
		text, _, err := s.Text(ctx)
		if err != nil || last.parsed != nil && last.text == text {
			return last, err
		}
		parsed, err := query.ParseSynonyms(text)
		if err != nil {
			return last, fmt.Errorf("reading the synonyms in the store: %w", err)
		}
		return readSynonyms{text, parsed}, nil
	})
	return now.parsed, err
}

// Write puts a text in the place of the synonyms. It is a *query.SynonymError if
// the text is not right.
func (s *Synonyms) Write(ctx context.Context, text string) error {
	if _, err := query.ParseSynonyms(text); err != nil {
		return err
	}
	// An empty text is kept as an empty line: nothing is searched beside what is typed.
	return s.Store.SetSetting(ctx, synonymsSetting, strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n")+"\n")
}

// Reset puts our own synonyms back.
func (s *Synonyms) Reset(ctx context.Context) error {
	return s.Store.SetSetting(ctx, synonymsSetting, "")
}
