package annotations

import "slices"

// A Round is a coding round: coders read documents for the same concepts, each
// apart. While it is open, what one of them tags in it is for them alone; once
// it is closed, the tags stay as they are, are compared, and an adjudicator
// decides where the coders disagree.
type Round struct {
	ID           string       `json:"id"`
	Name         string       `json:"name"`
	Instructions string       `json:"instructions"` // Markdown; may be empty
	Concepts     []string     `json:"concepts"`     // ids, in the order they were given
	Visibility   string       `json:"visibility"`   // of the tags once it is closed
	Group        string       `json:"group"`        // "" unless Visibility is Group
	Leader       string       `json:"leader"`       // User.ID
	Adjudicator  string       `json:"adjudicator"`  // User.ID
	Opened       int64        `json:"opened"`       // milliseconds UTC
	Closed       int64        `json:"closed"`       // milliseconds UTC; 0 while it is open
	Reopened     int64        `json:"reopened"`     // when it was last opened again; 0 if never
	Assignments  []Assignment `json:"assignments"`  // by document and coder
}

// An Assignment says that somebody codes a document in a round.
type Assignment struct {
	Document string `json:"document"`
	Version  string `json:"version"`  // which all its coders read
	Coder    string `json:"coder"`    // User.ID
	Finished int64  `json:"finished"` // milliseconds UTC; 0 until the coder says so
}

// Coders returns the ids of all who code in the round, in the order of their
// ids.
func (r Round) Coders() []string {
	var coders []string
	for _, a := range r.Assignments {
		coders = append(coders, a.Coder)
	}
	slices.Sort(coders)
	return slices.Compact(coders)
}

// Assigned returns the assignment of a coder on a version, and whether there is
// one.
func (r Round) Assigned(version, coder string) (Assignment, bool) {
	at := slices.IndexFunc(r.Assignments, func(a Assignment) bool { return a.Version == version && a.Coder == coder })
	if at < 0 {
		return Assignment{}, false
	}
	return r.Assignments[at], true
}

// A Decision says what is tagged with a concept in a passage where the coders
// of a round disagree. What they tagged stays as it was.
type Decision struct {
	ID       string   `json:"id"`
	Version  string   `json:"version"`
	Passage  string   `json:"passage"`
	Concept  string   `json:"concept"`
	Accepted []string `json:"accepted"` // ids of the coders who are right
	// Stretches is what is tagged as decided, in the order of the text; none if
	// the passage does not show the concept.
	Stretches []Stretch `json:"stretches"`
	Note      string    `json:"note"` // why; may be empty
	Who       string    `json:"who"`  // User.ID
	At        int64     `json:"at"`   // milliseconds UTC
}

// A Stretch is a part of a version's text in code points, End not included.
type Stretch struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// MayLead reports whether the asker may change, close and open the round.
func (a Asker) MayLead(r Round) bool { return a.SignedIn() && a.User == r.Leader }

// MayAdjudicate reports whether the asker may decide where coders disagree.
func (a Asker) MayAdjudicate(r Round) bool {
	return a.SignedIn() && (a.User == r.Adjudicator || a.User == r.Leader)
}

// MaySee reports whether the asker may know that there is the round: who leads
// it, decides in it or codes in it may.
func (a Asker) MaySee(r Round) bool {
	return a.MayAdjudicate(r) || a.SignedIn() && slices.ContainsFunc(r.Assignments, func(s Assignment) bool { return s.Coder == a.User })
}

// Spread gives each document to as many of the coders as each says, or to all
// if they are fewer, so that their numbers of documents differ by one at most
// and as many pairs of coders as can be meet. It returns the coders of each
// document, in the order of coders.
func Spread(documents, coders []string, each int) map[string][]string {
	load, met := map[string]int{}, map[[2]string]int{}
	given := make(map[string][]string, len(documents))
	for _, document := range documents {
		var chosen []string
		for range min(each, len(coders)) {
			best := ""
			for _, coder := range coders {
				if !slices.Contains(chosen, coder) && (best == "" || lighter(coder, best, chosen, load, met)) {
					best = coder
				}
			}
			for _, other := range chosen {
				met[[2]string{best, other}]++
				met[[2]string{other, best}]++
			}
			chosen = append(chosen, best)
			load[best]++
		}
		slices.SortFunc(chosen, func(a, b string) int { return slices.Index(coders, a) - slices.Index(coders, b) })
		given[document] = chosen
	}
	return given
}

// lighter reports whether a coder has fewer documents than another or, of as
// many, fewer together with those chosen.
func lighter(coder, other string, chosen []string, load map[string]int, met map[[2]string]int) bool {
	if load[coder] != load[other] {
		return load[coder] < load[other]
	}
	shared := 0
	for _, one := range chosen {
		shared += met[[2]string{coder, one}] - met[[2]string{other, one}]
	}
	return shared < 0
}
