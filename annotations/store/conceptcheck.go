package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"hash/crc32"
	"strings"
	"unicode/utf8"

	"glossator/annotations"
)

// Bounds of a concept: of texts in code points.
const (
	longestLabel      = 200
	longestDefinition = 5000
	mostAliases       = 100
)

// checkConcept returns k with its texts trimmed, each alias once and its family
// chosen.
func checkConcept(ctx context.Context, q querier, k annotations.Concept) (annotations.Concept, error) {
	k, err := tidied(k)
	if err != nil {
		return k, err
	}
	switch k.Status {
	case annotations.Proposed, annotations.Accepted, annotations.Deprecated:
	default:
		return k, refuse(ErrInvalid, "A concept is %s, %s or %s, not %q.",
			annotations.Proposed, annotations.Accepted, annotations.Deprecated, k.Status)
	}
	if err := checkNames(ctx, q, k); err != nil {
		return k, err
	}
	if err := checkReplaced(ctx, q, k); err != nil {
		return k, err
	}
	broader, err := broaderFamily(ctx, q, k)
	if err != nil {
		return k, err
	}
	if k.Family == 0 {
		k.Family = broader
	}
	if k.Family < 1 || k.Family > annotations.Families {
		return k, refuse(ErrInvalid, "The family of a concept is 1 to %d, not %d.", annotations.Families, k.Family)
	}
	return k, nil
}

// tidied returns k with its texts trimmed and each alias once, none of them its
// label; ErrInvalid if a text is too long, or there is no label.
func tidied(k annotations.Concept) (annotations.Concept, error) {
	k.Label = strings.Join(strings.Fields(k.Label), " ")
	if k.Label == "" || utf8.RuneCountInString(k.Label) > longestLabel {
		return k, refuse(ErrInvalid, "The label of a concept has 1 to %d characters.", longestLabel)
	}
	for _, text := range []*string{&k.Definition, &k.Include, &k.Exclude} {
		if *text = strings.TrimSpace(*text); utf8.RuneCountInString(*text) > longestDefinition {
			return k, refuse(ErrInvalid, "The definition of a concept, and what to include and exclude, have at most %d characters each.", longestDefinition)
		}
	}
	aliases, seen := []string{}, map[string]bool{annotations.NormalLabel(k.Label): true}
	for _, alias := range k.Aliases {
		alias = strings.Join(strings.Fields(alias), " ")
		if utf8.RuneCountInString(alias) > longestLabel {
			return k, refuse(ErrInvalid, "Another name of a concept has at most %d characters.", longestLabel)
		}
		if normal := annotations.NormalLabel(alias); normal != "" && !seen[normal] {
			seen[normal] = true
			aliases = append(aliases, alias)
		}
	}
	if len(aliases) > mostAliases {
		return k, refuse(ErrInvalid, "A concept has at most %d other names.", mostAliases)
	}
	k.Aliases = aliases
	return k, nil
}

// checkNames is ErrConflict if another concept of the codebook of k has its
// label or one of its aliases as label or alias.
func checkNames(ctx context.Context, q querier, k annotations.Concept) error {
	type named struct{ label, aliases string }
	others, err := list(ctx, q, func(row scanner) (n named, err error) {
		err = row.Scan(&n.label, &n.aliases)
		return n, err
	}, "SELECT label, aliases FROM concepts WHERE codebook = ? AND status <> ? AND id <> ?", k.Codebook, annotations.Gone, k.ID)
	if err != nil {
		return err
	}
	taken := map[string]string{} // label of the concept by normal name
	for _, other := range others {
		var aliases []string
		if err := json.Unmarshal([]byte(other.aliases), &aliases); err != nil {
			return err
		}
		for _, name := range append(aliases, other.label) {
			taken[annotations.NormalLabel(name)] = other.label
		}
	}
	for _, name := range append([]string{k.Label}, k.Aliases...) {
		switch by, ok := taken[annotations.NormalLabel(name)]; {
		case !ok:
		case annotations.NormalLabel(by) == annotations.NormalLabel(name):
			return refuse(ErrConflict, "There is a concept %q already; use it or choose another label.", by)
		default:
			return refuse(ErrConflict, "%q is another name of the concept %q already; use that or choose another label.", name, by)
		}
	}
	return nil
}

// checkReplaced is ErrInvalid if k names something to use in its place that
// cannot be used so.
func checkReplaced(ctx context.Context, q querier, k annotations.Concept) error {
	if k.Replaced == "" {
		return nil
	}
	if k.Status != annotations.Deprecated || k.Replaced == k.ID {
		return refuse(ErrInvalid, "A concept that is %s may name another to use in its place.", annotations.Deprecated)
	}
	known, err := exists(ctx, q, "SELECT 1 FROM concepts WHERE id = ? AND codebook = ? AND status <> ?", k.Replaced, k.Codebook, annotations.Gone)
	if err == nil && !known {
		err = refuse(ErrInvalid, "There is no concept %q in this codebook to use in the place of “%s”.", k.Replaced, k.Label)
	}
	return err
}

// broaderFamily checks that the concepts above k are there and of its codebook
// and that k is not among them. It returns the family of the one above or, at
// the top, one that follows from the label.
func broaderFamily(ctx context.Context, q querier, k annotations.Concept) (family int, err error) {
	if k.Broader == "" {
		return int(crc32.ChecksumIEEE([]byte(annotations.NormalLabel(k.Label)))%annotations.Families) + 1, nil
	}
	above, first := k.Broader, 0
	for above != "" {
		if above == k.ID {
			return 0, refuse(ErrInvalid, "A concept cannot be broader than itself.")
		}
		id, status := above, ""
		err := q.QueryRowContext(ctx, "SELECT broader, family, status FROM concepts WHERE id = ? AND codebook = ?", id, k.Codebook).
			Scan(&above, &family, &status)
		if errors.Is(err, sql.ErrNoRows) || status == annotations.Gone {
			return 0, refuse(ErrInvalid, "There is no concept %q in this codebook to be the broader one.", id)
		}
		if err != nil {
			return 0, err
		}
		if first == 0 {
			first = family
		}
	}
	return first, nil
}
