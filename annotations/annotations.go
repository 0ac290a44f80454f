// Package annotations is what people add to documents: annotations, concepts,
// saved searches, and who may read and edit them. It knows neither SQL nor
// HTTP.
package annotations

import "strings"

// Visibilities.
const (
	Private = "private" // for its creator alone
	Public  = "public"  // for everyone who may read
)

// An Annotation says something about a stretch of one version of a document:
// which concepts it shows, and a note. It is a Web Annotation
// (https://www.w3.org/TR/annotation-model/) with a text position and a text
// quote selector; package interchange writes it as such.
type Annotation struct {
	ID         string   `json:"id"`
	Document   string   `json:"document"`
	Version    string   `json:"version"` // the version it was made on, for good
	Target     Target   `json:"target"`  // where it stands in that version
	Passage    string   `json:"passage"` // id of the passage's provision in which the target begins
	Concepts   []string `json:"concepts"`
	Note       string   `json:"note"` // Markdown; may be empty if there are concepts
	Visibility string   `json:"visibility"`
	Creator    string   `json:"creator"`  // User.ID
	Created    int64    `json:"created"`  // milliseconds UTC
	Modified   int64    `json:"modified"` // milliseconds UTC
	Number     int64    `json:"number"`   // of the last write that changed it
}

// A Target is a stretch of a version's text as two W3C selectors: a position
// in code points, End not included, and the quote found there with up to 32
// code points before and after it.
type Target struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

// Where an annotation stands in a version other than its own.
const (
	Same    = "same"    // same words, same provision
	Moved   = "moved"   // same words, elsewhere
	Changed = "changed" // the words around or inside changed: please review
	Lost    = "lost"    // the words are gone
)

// A Placement is where an annotation stands in one version. On its own version
// it is Same and equal to the annotation's target; Lost has an empty target.
type Placement struct {
	Version string `json:"version"`
	State   string `json:"state"`
	Target  Target `json:"target"`
	Passage string `json:"passage"`
	// Reviewed is whether somebody has confirmed it, or said where it is.
	Reviewed bool `json:"reviewed,omitempty"`
}

// Deeds of a review of a placement.
const (
	Confirm = "confirm" // it is right as it is
	Place   = "place"   // it is elsewhere, or there after all
	Lose    = "lose"    // there is no place for it in the version
	Undo    = "undo"    // the review before is taken back
)

// Families of concept colours; the number names a colour of the design.
const Families = 8

// A Concept is an entry of the codebook.
type Concept struct {
	ID         string `json:"id"`
	Label      string `json:"label"` // unique without regard to case
	Definition string `json:"definition"`
	Include    string `json:"include"` // what to tag with it
	Exclude    string `json:"exclude"` // what not to
	Broader    string `json:"broader"` // id of the concept above, "" at the top
	Family     int    `json:"family"`  // colour family, 1 to Families
	Status     string `json:"status"`  // Proposed or Accepted
	Creator    string `json:"creator"` // User.ID, "" for the starter codebook
	Used       int    `json:"used"`    // annotations with it that the asker may read
}

// States of a concept.
const (
	Proposed = "proposed"
	Accepted = "accepted"
)

// A SavedSearch is a named query with its filters, sort and view.
type SavedSearch struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Address     string `json:"address"` // the query string of the search page: `q=...&kind=treaty`
	Owner       string `json:"owner"`   // User.ID
	Created     int64  `json:"created"` // milliseconds UTC
	Modified    int64  `json:"modified"`
	// Seen is the mark up to which package watch has looked for new passages.
	Seen int64 `json:"seen"`
}

// A Share is a link to a saved search. The token itself is known only to
// whoever has the link: the store keeps its SHA-256.
type Share struct {
	ID      string `json:"id"`
	Search  string `json:"search"`
	Created int64  `json:"created"`
	Revoked int64  `json:"revoked"` // 0 while it is good
}

// A Sighting is a passage that a saved search found after it was saved.
type Sighting struct {
	Search    string
	Document  string
	Version   string
	Provision string
	Number    int64 // of the write that brought the passage
	Seen      int64 // milliseconds UTC
}

// Roles, from least to most.
const (
	Member        = "member"        // reads, annotates, saves searches
	Editor        = "editor"        // and imports documents and says what is known of them
	Administrator = "administrator" // and manages accounts
)

// A User has an account.
type User struct {
	ID      string `json:"id"`
	Name    string `json:"name"` // for signing in and for by:, unique without regard to case
	Role    string `json:"role"`
	Created int64  `json:"created"`
	// Epoch is how many passwords the account has had: a session is good as long
	// as the password under which it began.
	Epoch int64 `json:"-"`
}

// An Asker is who wants to read or write. The zero Asker is a stranger.
type Asker struct {
	User string // User.ID, "" for a stranger
	Role string // "" for a stranger
}

// SignedIn reports whether the asker has an account.
func (a Asker) SignedIn() bool { return a.User != "" }

// Audiences returns whose annotations the asker may read, in the form that
// search and store compare: "public", and the asker's own. Every decision
// about reading an annotation goes through it.
func (a Asker) Audiences() []string {
	if !a.SignedIn() {
		return []string{Public}
	}
	return []string{Public, userAudience(a.User)}
}

// Audience returns the one audience that may read the annotation.
func (n Annotation) Audience() string {
	if n.Visibility == Public {
		return Public
	}
	return userAudience(n.Creator)
}

func userAudience(id string) string { return "user:" + id }

// MayEdit reports whether the asker may change or delete the annotation: its
// creator may, and an administrator may what is public.
func (a Asker) MayEdit(n Annotation) bool {
	return a.SignedIn() && (a.User == n.Creator || n.Visibility == Public && a.Role == Administrator)
}

// MayImport reports whether the asker may add documents and change what is
// known of them: it is the same for all who read and cite.
func (a Asker) MayImport() bool { return a.Role == Editor || a.Role == Administrator }

// MayManage reports whether the asker may manage accounts.
func (a Asker) MayManage() bool { return a.Role == Administrator }

// MayChange reports whether the asker may change the saved search, share it or
// see it among their own.
func (a Asker) MayChange(s SavedSearch) bool { return a.SignedIn() && a.User == s.Owner }

// NormalLabel returns the form in which labels of concepts and names of users
// are compared: lower case, white space folded.
func NormalLabel(label string) string {
	return strings.ToLower(strings.Join(strings.Fields(label), " "))
}
