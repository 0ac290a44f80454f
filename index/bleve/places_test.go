package bleve

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"glossator/index/query"
)

// plainly is a list as one would write it down: the places by passage.
type plainly map[uint32][]place

// list packs what p says, with or without places.
func (p plainly) list(places bool) *list {
	l := newList(len(p))
	if places {
		l.places = newPacked(len(p), 0)
	}
	for i, doc := range slices.Sorted(maps.Keys(p)) {
		l.docs = append(l.docs, doc)
		l.times.append(uint32(len(p[doc])))
		if !places {
			continue
		}
		l.places.begin(i)
		last := place(0)
		for _, next := range p[doc] {
			l.places.append(next, last)
			last = next
		}
	}
	return l
}

// somewhere returns a word that stands in some of so many passages: mostly once or
// twice, in a few of them more often than a byte can say, and far apart.
func somewhere(random *rand.Rand, passages uint32) plainly {
	p := plainly{}
	for doc := range passages {
		n := 0
		switch random.IntN(20) {
		case 0:
			n = full - 1 + random.IntN(3)
		case 1, 2, 3, 4, 5, 6:
			n = 1 + random.IntN(3)
		}
		for range n {
			p[doc] = append(p[doc], newPlace(1+random.Uint64N(1<<(1+random.IntN(30))), random.IntN(9) == 0))
		}
		slices.Sort(p[doc])
	}
	return p
}

// holds fails the test unless l says what p says, asked passage by passage, forwards
// and here and there.
func (p plainly) holds(t *testing.T, random *rand.Rand, l *list, passages uint32) {
	t.Helper()
	if docs := slices.Sorted(maps.Keys(p)); !slices.Equal(l.docs, docs) {
		t.Fatalf("it is in the passages %d, not in %d", l.docs, docs)
	}
	forwards, anyhow := cursor{list: l}, cursor{list: l}
	for doc := range passages {
		for reader, doc := range map[*cursor]uint32{&forwards: doc, &anyhow: random.Uint32N(passages)} {
			if times := reader.frequency(doc); times != uint32(len(p[doc])) {
				t.Fatalf("it is %d times in passage %d, not %d times", times, doc, len(p[doc]))
			}
			if l.places.known() && !slices.Equal(reader.at(doc), p[doc]) {
				t.Fatalf("in passage %d it is at %d, not at %d", doc, reader.at(doc), p[doc])
			}
		}
	}
}

func TestPlaces(t *testing.T) {
	const passages = 200
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 1))
		one, other := somewhere(random, passages), somewhere(random, passages)
		united, even := maps.Clone(one), plainly{}
		for doc, places := range other {
			united[doc] = slices.Sorted(slices.Values(slices.Concat(united[doc], places)))
		}
		for doc, places := range one {
			if doc%2 == 0 {
				even[doc] = places
			}
		}
		for _, places := range []bool{true, false} {
			l := one.list(places)
			one.holds(t, random, l, passages)
			united.holds(t, random, union([]*list{l, other.list(places)}), passages)
			even.holds(t, random, l.kept(func(doc uint32) bool { return doc%2 == 0 }), passages)
		}
	}
}

// How often a word is near another is told as of any two shapes, by all their pairs.
func TestNearness(t *testing.T) {
	counted := 0
	for seed := range uint64(3000) {
		random := rand.New(rand.NewPCG(seed, 2))
		crowded := func() (places []place) {
			for range random.IntN(12) {
				places = append(places, newPlace(1+random.Uint64N(60), random.IntN(40) == 0))
			}
			slices.Sort(places)
			return slices.Compact(places)
		}
		lefts, rights := crowded(), crowded()
		b := beside{Near: query.Near{Distance: random.IntN(8), Ordered: random.IntN(2) == 0, Unit: query.Words}}
		var found []stretch
		err := b.between(stretchesAt(nil, lefts), stretchesAt(nil, rights), b.reach(nil), func(left, right stretch) { found = append(found, around(left, right)) })
		if err != nil {
			t.Fatal(err)
		}
		if n, ok := b.count(lefts, rights); ok && n != len(sorted(found)) {
			t.Fatalf("%d and %d, %+v: %d, not %d", lefts, rights, b.Near, n, len(sorted(found)))
		} else if ok {
			counted++
		}
	}
	if counted < 500 {
		t.Errorf("only %d of 3000 were counted", counted)
	}
}
