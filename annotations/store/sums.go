package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"glossator/index"
)

// narrowest is up to how many passages sumUp asks for by name.
const narrowest = 500

// sumUp sums up the annotations on passages of a version, by passage and then
// by audience: those on the given passages, or on all if that is nil or long.
func sumUp(ctx context.Context, q querier, version string, passages []string) (map[string][]index.Annotations, error) {
	condition, args := "r.version = ? AND a.deleted = 0", []any{version}
	if passages != nil && len(passages) <= narrowest {
		condition += " AND r.passage IN (" + holders(len(passages)) + ")"
		args = append(args, anys(passages)...)
	}
	notes, err := list(ctx, q, scanAdded, `
		SELECT r.passage, a.audience, a.note, u.name, '', 0, a.root <> a.id, COALESCE(g.name, ''), `+lastChange+`
		FROM reaches r JOIN annotations a ON a.root = r.annotation JOIN users u ON u.id = a.creator LEFT JOIN groups g ON g.id = a.group_id
		WHERE `+condition+` ORDER BY r.passage, a.audience, a.created, a.id`, args...)
	if err != nil {
		return nil, err
	}
	labels, err := list(ctx, q, scanAdded, `
		SELECT DISTINCT r.passage, a.audience, '', '', k.label, a.created / 86400000, 0, '', 0
		FROM reaches r JOIN annotations a ON a.root = r.annotation
			JOIN annotation_concepts ac ON ac.annotation = a.id JOIN concepts k ON k.id = ac.concept
		WHERE `+condition, args...)
	if err != nil {
		return nil, err
	}
	return group(append(notes, labels...)), nil
}

// lastChange is the number of the last write that touched an annotation a, also
// by a new label of its concept.
const lastChange = "COALESCE((SELECT MAX(c.number) FROM changes c WHERE c.annotation = a.id), 0)"

// added is one thing that an annotation adds to a passage; what it does not
// add is "".
type added struct {
	passage, audience, note, by, concept, group string
	day                                         int64 // on which the concept was put there, since 1970
	reply                                       bool
	number                                      int64
}

func scanAdded(row scanner) (a added, err error) {
	err = row.Scan(&a.passage, &a.audience, &a.note, &a.by, &a.concept, &a.day, &a.reply, &a.group, &a.number)
	return a, err
}

// group gathers by passage and audience. Notes stay in their order; labels and
// names are sorted, each once.
func group(all []added) map[string][]index.Annotations {
	sums := map[string][]index.Annotations{}
	for _, a := range all {
		of := sums[a.passage]
		at := slices.IndexFunc(of, func(s index.Annotations) bool { return s.Audience == a.audience })
		if at < 0 {
			at, of = len(of), append(of, index.Annotations{Audience: a.audience})
		}
		of[at].Notes = appendIf(of[at].Notes, a.note)
		of[at].By = appendIf(of[at].By, a.by)
		of[at].Concepts = appendIf(of[at].Concepts, a.concept)
		if a.concept != "" {
			of[at].Tagged = append(of[at].Tagged, dayNumber(a.day))
		}
		of[at].Group = cmp.Or(of[at].Group, a.group)
		of[at].Replies = of[at].Replies || a.reply
		of[at].Changed = max(of[at].Changed, a.number)
		sums[a.passage] = of
	}
	for _, of := range sums {
		for i := range of {
			slices.Sort(of[i].By)
			of[i].By = slices.Compact(of[i].By)
			slices.Sort(of[i].Concepts)
			of[i].Concepts = slices.Compact(of[i].Concepts)
			slices.Sort(of[i].Tagged)
			of[i].Tagged = slices.Compact(of[i].Tagged)
		}
		slices.SortFunc(of, func(a, b index.Annotations) int { return cmp.Compare(a.Audience, b.Audience) })
	}
	return sums
}

// dayNumber returns a day, counted since 1970, as a number such as 20140327.
func dayNumber(day int64) int {
	t := time.UnixMilli(day * 24 * time.Hour.Milliseconds()).UTC()
	return t.Year()*10000 + int(t.Month())*100 + t.Day()
}

func appendIf(texts []string, text string) []string {
	if text == "" {
		return texts
	}
	return append(texts, text)
}
