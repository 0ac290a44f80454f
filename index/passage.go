package index

// A Passage is the smallest citable provision that reads on its own: an
// article with its paragraphs and points, a recital, a numbered paragraph of a
// declaration, a paragraph of a commentary or an annex. It is what is indexed,
// found, linked to and compared. A passage never contains another; the text of
// a version is its passages and the headings of the provisions around them.
type Passage struct {
	Document  string  `json:"document"`
	Version   string  `json:"version"`
	Language  string  `json:"language"`
	Provision string  `json:"provision"` // Provision.ID
	Pinpoint  string  `json:"pinpoint"`  // Version.Pinpoint: "art. 9"
	Number    string  `json:"number,omitempty"`
	Heading   string  `json:"heading,omitempty"`
	Path      []Crumb `json:"path"` // the provisions around it, outermost first
	Span              // in the version's text, its own heading included
	Text      string  `json:"text"` // the stretch of the version's text that Span covers

	// Inner are the provisions below the passage, in order, so that a match can
	// be cited exactly: "art. 9(2)(a)".
	Inner []Inner `json:"inner,omitempty"`

	// Superseded says that the version is not the current one of its language: it
	// is found only by queries for which query.Older holds.
	Superseded bool `json:"superseded,omitempty"`

	// Changed is the number of the last write that changed the text or its
	// document's metadata; 0 stands for the number of the Change around it.
	Changed int64 `json:"-"`
	// Annotations are what people have added to the passage, one entry for each
	// audience.
	Annotations []Annotations `json:"-"`
}

// A Crumb is a provision on the way from the top to a passage.
type Crumb struct {
	Provision string `json:"provision"`
	Label     string `json:"label"` // "Chapter II Measures to be taken at the national level"
}

// Inner is a provision inside a passage.
type Inner struct {
	Span
	Kind      string `json:"kind,omitempty"` // Provision.Kind
	Provision string `json:"provision"`
	Pinpoint  string `json:"pinpoint"`
}

// Annotations sum up what one audience may see on a passage.
type Annotations struct {
	Audience string   // "public", or "user:" or "group:" and an id: see annotations.Asker.Audiences
	Group    string   // name of the group whose audience it is, "" for others
	Concepts []string // labels of concepts
	Tagged   []int    // days on which concepts were put there, as numbers 20060102, ascending, each once; none without Concepts
	Notes    []string // Markdown
	By       []string // names of the people who wrote them
	Replies  bool     // whether somebody has replied
	// Changed is the number of the last write that changed any of this; 0 stands
	// for the number of the Change around it. It keeps a private annotation from
	// making a passage new to others.
	Changed int64
}

// ID returns the passage's own id, which is unique among all versions.
func (p Passage) ID() string { return p.Version + "/" + p.Provision }

// Cite returns the pinpoint of the innermost provision of the passage that
// holds all of s, and that provision's id.
func (p Passage) Cite(s Span) (provision, pinpoint string) {
	provision, pinpoint = p.Provision, p.Pinpoint
	for _, inner := range p.Inner {
		if inner.Start <= s.Start && s.End <= inner.End {
			provision, pinpoint = inner.Provision, inner.Pinpoint
		}
	}
	return provision, pinpoint
}
