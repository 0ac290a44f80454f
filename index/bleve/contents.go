package bleve

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"glossator/index"
)

// Passages calls visit for each passage that the index holds, those of older
// versions too, in no order. Of what people added it has all but the words of
// notes, the days of tags and whether there are replies; Annotations.Changed
// tells of which write they are. It stops with the error of visit.
func (x *Index) Passages(ctx context.Context, visit func(index.Passage) error) error {
	return x.evaluate(ctx, nil, true, func(e *evaluation) error {
		for _, p := range e.view.parts {
			for doc := range p.live.each(0, uint32(len(p.rows))) {
				if err := ctx.Err(); err != nil {
					return err
				}
				passage, _, err := p.stored(doc)
				if err != nil {
					return fmt.Errorf("%w: %w", ErrDamaged, err)
				}
				passage.Changed, passage.Annotations = p.rows[doc].changed, p.annotations(doc, &e.view.names)
				if err := visit(passage); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// annotations returns what the rows say of the annotations of a passage, by
// audience.
func (h *shelf) annotations(doc uint32, n *names) []index.Annotations {
	var all []index.Annotations
	for audience, c := range h.notes {
		changed := c.changedAt(doc)
		if changed == 0 {
			continue
		}
		named := func(facet int) (values []string) {
			for _, h := range c.values[facet] {
				if h.has(doc) {
					values = append(values, n.values[facet].values[h.value])
				}
			}
			slices.Sort(values)
			return values
		}
		one := index.Annotations{Audience: audience, Changed: changed, Concepts: named(facetConcept), By: named(facetBy)}
		if group := named(facetGroup); len(group) > 0 {
			one.Group = group[0]
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b index.Annotations) int { return cmp.Compare(a.Audience, b.Audience) })
	return all
}
