package store

import (
	"context"
	"strings"

	"glossator/index"
)

// DocumentsNamed returns documents in whose title, short title, aliases or
// organisation each word of text begins a word, case and accents apart, in the
// order of their titles; none if there is no word in text.
func (s *Store) DocumentsNamed(ctx context.Context, text string, limit int) ([]index.Document, error) {
	condition, args := "1 = 1", []any{}
	for _, word := range strings.Fields(fold(text)) {
		condition += ` AND ' ' || words LIKE ? ESCAPE '\'`
		args = append(args, "% "+escapeLike.Replace(word)+"%")
	}
	if len(args) == 0 {
		return nil, nil
	}
	documents, err := list(ctx, s.reader, scanDocument,
		"SELECT metadata FROM documents WHERE "+condition+" ORDER BY title, id LIMIT ?", append(args, limit)...)
	return documents, because(err, "finding documents by their names")
}
