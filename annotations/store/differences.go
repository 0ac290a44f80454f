package store

import (
	"context"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/index"
)

// Differences are what became of a version's provisions in another.
type Differences struct {
	Old, New *index.Version // shared: they must not be changed
	// OldParts and NewParts are the parts that the differences are of: index.Version.Parts.
	OldParts, NewParts []index.Stretch
	All                []anchor.Difference // in the order of the new text
}

// Differences compares two versions of a document in one language. It fails
// with ErrNotFound if there is no such version and with ErrInvalid if they are
// not of the same document and language. Comparisons wait for one another: of
// the longest agreements each takes a second and some 500 MB.
func (s *Store) Differences(ctx context.Context, _ annotations.Asker, old, new string) (*Differences, error) {
	from, err := s.cachedVersion(ctx, s.reader, old)
	if err != nil {
		return nil, because(err, "reading the older version")
	}
	to, err := s.cachedVersion(ctx, s.reader, new)
	if err != nil {
		return nil, because(err, "reading the newer version")
	}
	if from.version.Document != to.version.Document {
		return nil, refuse(ErrInvalid, "These are versions of different documents.")
	}
	if from.version.Language != to.version.Language {
		return nil, refuse(ErrInvalid, "These versions are in different languages; read them side by side.")
	}
	select {
	case s.comparing <- struct{}{}:
		defer func() { <-s.comparing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	d := &Differences{Old: from.version, New: to.version, OldParts: from.version.Parts(), NewParts: to.version.Parts()}
	d.All = anchor.Differences(from.text(), to.text(), compared(d.Old, d.OldParts), compared(d.New, d.NewParts))
	return d, nil
}

// compared puts parts of a version as they are compared: those with numbers have
// a name.
func compared(v *index.Version, parts []index.Stretch) []anchor.Part {
	found := make([]anchor.Part, len(parts))
	for i, p := range parts {
		found[i].Span = anchor.Span(p.Span)
		if of := v.Provisions[p.Provision]; of.Number != "" {
			found[i].Name = of.ID
		}
	}
	return found
}
