package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/index"
)

// TestMatrixAfterEveryWrite makes random writes and moves of a concept and asks
// after each for the matrix: what is kept in memory, by the store that wrote and
// by one that did not, must be what a count of the margins gives.
func TestMatrixAfterEveryWrite(t *testing.T) {
	for seed := range uint64(3) {
		w := newWorld(t, 700+seed)
		other := reopen(t, filepath.Dir(w.file))
		for step := range 50 {
			w.step()
			if step%10 == 9 {
				above := []string{"sovereignty", "procedural-powers"}[w.IntN(2)]
				must[annotations.Concept](t)(w.UpdateConcept(t.Context(), w.people[1], "evidence", ConceptEdit{Broader: &above}))
			}
			s := []*Store{w.Store, other}[w.IntN(2)]
			for _, asker := range append([]annotations.Asker{{}}, w.people...) {
				of, rolled := []string{OfPassages, OfAnnotations, OfPeople}[w.IntN(3)], w.IntN(2) == 0
				got := must[map[CellKey]Cell](t)(s.Matrix(t.Context(), asker, of, rolled))
				if diff := cmp.Diff(w.slowMatrix(asker, of, rolled), got); diff != "" {
					t.Fatalf("%s after step %d, rolled up %v (-want +got):\n%s", of, step, rolled, diff)
				}
			}
		}
	}
}

// slowMatrix counts what stands in the margins.
func (w *world) slowMatrix(asker annotations.Asker, of string, rolled bool) map[CellKey]Cell {
	ctx, above := w.Context(), map[string]string{}
	for _, k := range must[[]annotations.Concept](w)(w.AllConcepts(ctx)) {
		above[k.ID] = k.Broader
	}
	counted := map[CellKey]map[string]bool{}
	page, _, err := w.Documents(ctx, asker, DocumentFilter{})
	if err != nil {
		w.Fatal(err)
	}
	for _, d := range page {
		for _, version := range must[DocumentDetail](w)(w.Document(ctx, asker, d.ID)).Versions {
			if !version.Current {
				continue
			}
			passages := must[*index.Version](w)(w.Version(ctx, asker, version.ID)).Passages()
			for _, p := range must[[]Placed](w)(w.AnnotationsOf(ctx, asker, version.ID)) {
				if p.Placement.Target.End == 0 {
					continue
				}
				for _, concept := range p.Concepts {
					for line := concept; line != ""; line = above[line] {
						key := CellKey{d.ID, line}
						if counted[key] == nil {
							counted[key] = map[string]bool{}
						}
						countIn(counted[key], of, p, passages)
						if !rolled {
							break
						}
					}
				}
			}
		}
	}
	cells := map[CellKey]Cell{}
	for key, some := range counted {
		cells[key] = Cell{Count: len(some)}
	}
	for n, err := range w.Annotations(ctx, asker, AnnotationFilter{}) {
		if err != nil {
			w.Fatal(err)
		}
		for _, concept := range n.Concepts {
			if n.Whole() {
				cell := cells[CellKey{n.Document, concept}]
				cell.Absent, cell.Whole = cell.Absent || n.Absent, cell.Whole || !n.Absent
				cells[CellKey{n.Document, concept}] = cell
			}
		}
	}
	return cells
}

// countIn adds to a set what an annotation in a margin adds to a cell.
func countIn(set map[string]bool, of string, p Placed, passages []index.Passage) {
	switch of {
	case OfAnnotations:
		set[p.ID] = true
	case OfPeople:
		set[p.Creator] = true
	default:
		for _, at := range reach(p.Placement, passages) {
			for _, passage := range passages {
				if at.Start < passage.End && passage.Start < at.End {
					set[fmt.Sprint(passage.Version, passage.Provision)] = true
				}
			}
		}
	}
}
