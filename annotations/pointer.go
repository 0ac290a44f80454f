package annotations

// A Pointer is where something from outside says that it stands: an IRI, and
// selectors that each say in another way which stretch of it is meant. Without
// selectors all of it is meant.
type Pointer struct {
	Source    string
	Language  string // of what the IRI leads to, "" if it is not said
	Selectors []Selector
}

// A Selector says which stretch of a text is meant, in one of the ways of the
// Web Annotation model (https://www.w3.org/TR/annotation-model/#selectors). A
// selector of a kind that a plain text does not have, such as an XPath, has
// nothing but its Kind.
type Selector struct {
	Kind       string // as the model calls it: "TextQuoteSelector"
	Start, End int    // code points, of a TextPositionSelector
	// A TextQuoteSelector: the words, and those around them as far as they are known.
	Exact, Prefix, Suffix string
	Fragment              string // of a FragmentSelector: id of a provision
	// A RangeSelector reaches from where From begins to where To begins.
	From, To []Selector
	// RefinedBy say which part of the stretch is meant; offsets count from its start.
	RefinedBy []Selector
}

// Kinds of selectors that say something about a plain text.
const (
	TextPosition = "TextPositionSelector"
	TextQuote    = "TextQuoteSelector"
	Fragment     = "FragmentSelector"
	Range        = "RangeSelector"
)
