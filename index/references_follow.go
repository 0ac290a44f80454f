package index

// Abroad reports whether a reference that stands in a document of a kind speaks,
// or may speak, of another document. What a heading of an instrument names is
// what stands below it.
func (r Reference) Abroad(kind string) bool {
	if r.Heading && kind != Commentary {
		return false
	}
	switch r.Of {
	case Named, Called, Defined, Mentioned:
		return true
	}
	return kind == Commentary && r.subject()
}

// subject reports whether a reference in a commentary is to what it is about.
func (r Reference) subject() bool {
	return r.Of == Spoken || r.Of == Unsaid && outermost(r.Steps[0].Kind) && r.Steps[0].Kind != Recital
}

// Whom returns the document that a reference in the document from means, if it
// is Abroad, as Names.Meant does.
func (n *Names) Whom(from Document, r Reference) (document Document, others []Document, ok bool) {
	switch r.Of {
	case Named, Called, Defined, Mentioned:
		return n.Meant(r.Of, r.Name)
	}
	if from.Kind != Commentary || !r.subject() {
		return Document{}, nil, false
	}
	document, others, ok = n.About(from.About)
	if ok && r.Of == Spoken {
		ok = instrumentOf(document, r.Name)
	}
	return document, others, ok
}

// instrumentOf reports whether a document is called a convention, a protocol or
// whatever noun says.
func instrumentOf(d Document, noun string) bool {
	for _, word := range nameWords(d.Title + " " + d.ShortTitle) {
		if word == noun {
			return true
		}
	}
	return false
}

// A Quoter quotes the references of a version.
type Quoter struct {
	version *Version
	text    []rune
}

// NewQuoter prepares a version.
func NewQuoter(v *Version) Quoter { return Quoter{v, []rune(v.Text)} }

// quoteReach is how many code points on either side of a reference are quoted.
const quoteReach = 140

// Quote returns the words around a reference within its passage, cut between
// words, and the code point of the text with which they begin. Of a reference in
// a heading it is what follows that counts.
func (q Quoter) Quote(r Reference) (words string, at int) {
	around := q.version.PassageAround(r.Provision)
	reach := quoteReach
	if r.Heading {
		around, reach = r.Provision, 2*quoteReach
	}
	p := q.version.Provisions[around]
	from, to := max(p.Start, r.Start-quoteReach), min(p.End, r.End+reach)
	if from > 0 && !blankRune(q.text[from-1]) {
		for from < r.Start && !blankRune(q.text[from]) {
			from++
		}
	}
	if to < len(q.text) && !blankRune(q.text[to]) {
		for to > r.End && !blankRune(q.text[to-1]) {
			to--
		}
	}
	for from < r.Start && blankRune(q.text[from]) {
		from++
	}
	for to > r.End && blankRune(q.text[to-1]) {
		to--
	}
	return string(q.text[from:to]), from
}

func blankRune(r rune) bool { return r == ' ' || r == '\n' || r == '\u00a0' }
