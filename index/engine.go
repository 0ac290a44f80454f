package index

import (
	"context"
	"errors"

	"glossator/index/query"
)

// Errors that a search may end in, apart from those of its context.
var (
	// ErrTooCostly is returned for a query that would cost too much; the
	// wrapping error names the clause to blame.
	ErrTooCostly = errors.New("the query would cost too much")
	// ErrNotFound is returned by Why for a passage that does not match.
	ErrNotFound = errors.New("the passage does not match")
)

// An Engine finds passages. It is derived data: an empty Engine and all changes
// give a full one. Package indextest holds the law that every Engine obeys.
type Engine interface {
	// Apply makes changes, in order, and moves Mark to the last number.
	// Applying a change again has no further effect: after an error the caller
	// starts again from Mark.
	Apply(ctx context.Context, changes []Change) error
	// Mark returns the number of the last change applied, 0 if there is none.
	Mark(ctx context.Context) (int64, error)
	// Search returns the hits for q, best first; no hits is an empty Result,
	// not an error. It, Hits, Lines, Lens, Alike and Why are asked of the current versions
	// of texts alone, which also make the statistics of scores, unless query.Older
	// holds of a query.
	Search(ctx context.Context, q query.Query, o Options) (*Result, error)
	// Matches returns every passage of a version that matches q, in the order
	// of the text, with its spans.
	Matches(ctx context.Context, q query.Query, version string, audiences []string) ([]Hit, error)
	// Hits calls visit for all hits of q, in the order in which Search would page
	// through them, with all hits of a document together. It stops with the
	// error of visit. o.Offset, o.Limit, o.PerDocument and o.Facets do not count.
	Hits(ctx context.Context, q query.Query, o Options, visit func(Hit) error) error
	// Excerpt returns where the words that q asks of notes stand in one; what is
	// under Not is not asked for.
	Excerpt(q query.Query, note string) (Excerpt, error)
	// Lines returns a page of the concordance of q.
	Lines(ctx context.Context, q query.Query, o LineOptions) (*Concordance, error)
	// Lens returns how the matches of q are spread over two groups of passages and
	// which words are near them.
	Lens(ctx context.Context, q query.Query, o LensOptions) (*Lens, error)
	// Alike returns the passages that are most like those that match q, and that
	// neither match it nor are o.Unwanted. What is wanted is learnt from samples:
	// MostSamples at most of the passages that match, of those unwanted and of the
	// others, by Draw, in these three orders; see Learn. The score is Likeness.Of.
	Alike(ctx context.Context, q query.Query, o AlikeOptions) (*Alike, error)
	// Why says where the score of a passage comes from. It is ErrNotFound if the
	// passage does not match.
	Why(ctx context.Context, q query.Query, audiences []string, version, provision string) (*Why, error)
	// Words returns words of the texts that begin with prefix, those in the most
	// passages first, then in the order of the alphabet; none unless prefix is one
	// word as Tokens cuts it, capitals and all.
	Words(ctx context.Context, prefix string, limit int) ([]WordCount, error)
	// Spellings returns words of the texts that SpellingEdits insertions, deletions,
	// substitutions and exchanges of neighbours make of word: the nearest first, the
	// word itself before all, then those in the most passages. There are none unless
	// word is one word as Tokens cuts it.
	Spellings(ctx context.Context, word string, limit int) ([]WordCount, error)
	Close() error
}

// A Change says how what is found must change because of one write. It
// describes what holds after the write, or after a later one: whoever applies
// all changes up to a mark has what the store held at that mark.
type Change struct {
	Number   int64
	Document Document  // the document concerned; its metadata is repeated on its passages
	Drop     []string  // ids of versions of Document whose passages are no longer to be found
	Passages []Passage // passages of Document to be found in this form, replacing those with the same ID
	// Whole is the number of the last write that the change knows of if Passages
	// are all that are to be found of Document, otherwise 0.
	Whole int64
}

// Orders of the groups of a Result.
const (
	ByRelevance = "relevance" // by the best passage of each document
	ByNewest    = "newest"    // by year, latest first
	ByOldest    = "oldest"
	ByTitle     = "title"
	ByHits      = "hits" // by how many hits a document has, most first; then by relevance
	// ByAgreements has those first that are no Commentary, and of them and of the others the most relevant.
	ByAgreements = "agreements"
)

// Options of a search.
type Options struct {
	Audiences   []string // whose annotations count: see annotations.Asker.Audiences
	Sort        string   // one of the orders; "" is ByRelevance
	Offset      int      // documents to leave out
	Limit       int      // documents to return, at most 100
	PerDocument int      // hits to return for each document; the rest are only counted
	Since       int64    // only passages whose text or annotations changed after this number; 0 for all
	Facets      bool     // whether to count facets
}

// A Result is what a search found.
type Result struct {
	Mark      int64 // the mark of the index that answered
	Passages  int   // how many passages match, exactly
	Documents int   // in how many documents, exactly
	Groups    []Group
	Facets    []Facet       // in a fixed order; empty unless asked for
	Clauses   []ClauseCount // if nothing matched a query of several clauses: what each finds alone
}

// A Group is the hits in one document.
type Group struct {
	Document string
	Hits     []Hit // best first, PerDocument at most
	Total    int   // all hits in the document
	Places   []int // where the hits begin in their version's text, ascending, 200 at most
}

// A Hit is a passage that matches, with the evidence.
type Hit struct {
	Passage
	Score float64
	// Spans are all matches in the passage's text, as offsets in the version's
	// text, ascending and not overlapping. They are empty if the passage matches
	// by its fields or annotations alone.
	Spans []Span
	// Snippet is the stretch of the version's text, within the passage, that
	// shows the matches best.
	Snippet Span
	// Cited is the innermost provision that holds the first match in the snippet,
	// and its pinpoint: "art. 9(2)(a)".
	CitedProvision, CitedPinpoint string
}

// An Excerpt is what of a note shows the matches best. It is empty, and has no
// Spans, if there is none.
type Excerpt struct {
	Span         // in code points of the note
	Spans []Span // all matches in the note, ascending and not overlapping
}

// Why says where a score comes from: it is the sum of the scores of Reasons.
type Why struct {
	Score   float64
	Words   int     // of the passage
	Average float64 // words of a passage, on average
	Reasons []Reason
}

// A Reason is what one clause of a query, or their nearness, adds to a score.
type Reason struct {
	Clause    string   // in the query language; "" for nearness
	Words     []string // what of the text it is, as written there, each once
	Frequency int      // how often it stands in the passage; in the heading too if InHeading
	Passages  int      // how many passages have it
	Rarity    float64  // its weight for being rare: idf
	InHeading bool
	InTitle   bool
	Score     float64
}

// FacetNames are the names of facets; each is also a field of the query language.
var FacetNames = []string{"kind", "org", "party", "region", "year", "lang", "status", "concept", "coded", "by", "group"}

// A Facet counts the matching passages and documents by the values of a field,
// the most passages first, years ascending.
type Facet struct {
	Name   string
	Values []FacetValue
}

// A FacetValue is one value of a facet.
type FacetValue struct {
	Value     string
	Passages  int
	Documents int
}

// A ClauseCount says how many passages a clause of a query finds alone.
type ClauseCount struct {
	Clause   string // in the query language
	Passages int
}
