// Package annotations is what people add to documents: annotations, concepts,
// saved searches, and who may read and edit them. It knows neither SQL nor
// HTTP.
package annotations

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Visibilities.
const (
	Private = "private" // for its creator alone
	Group   = "group"   // for the members of one group
	Public  = "public"  // for everyone who may read
)

// An Annotation says something about one or several stretches of one version of
// a document, about the document as a whole, or about another annotation: which
// concepts it shows, and a note. It is a Web Annotation
// (https://www.w3.org/TR/annotation-model/) with text position and text quote
// selectors; package interchange writes it as such.
type Annotation struct {
	ID       string   `json:"id"`
	Document string   `json:"document"`
	Version  string   `json:"version"`        // the version it was made on, for good
	Target   Target   `json:"target"`         // the first stretch in that version; zero if it is about the whole document
	More     []Target `json:"more,omitempty"` // the stretches after the first, in the order of the text
	Passage  string   `json:"passage"`        // id of the passage's provision in which the target begins; "" for the whole document
	// ReplyTo is the id of the annotation that this one answers, "" if it answers
	// none. Root is the id of the annotation with which the thread begins, its own
	// if it answers none. A reply stands where its root stands.
	ReplyTo  string   `json:"replyTo,omitempty"`
	Root     string   `json:"root"`
	Concepts []string `json:"concepts"`
	// Absent says that the document, read in full, has nothing on the concepts. It
	// is about the whole document.
	Absent     bool   `json:"absent,omitempty"`
	Note       string `json:"note"` // Markdown; may be empty if there are concepts
	Visibility string `json:"visibility"`
	Group      string `json:"group,omitempty"` // id of the group whose members may read it; "" unless Visibility is Group
	Round      string `json:"round,omitempty"` // id of the coding round it was made in, "" for none
	// Extra are the properties of a Web Annotation that nothing else here stands
	// for, a JSON object as it came; nil if there are none.
	Extra    json.RawMessage `json:"extra,omitempty"`
	Creator  string          `json:"creator"`  // User.ID
	Created  int64           `json:"created"`  // milliseconds UTC
	Modified int64           `json:"modified"` // milliseconds UTC
	Number   int64           `json:"number"`   // of the last write that changed it
}

// Whole reports whether the annotation is about the document as a whole.
func (n Annotation) Whole() bool { return n.Target.End == 0 }

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
// it is Same and equal to the annotation's target; Lost has an empty target, and
// so has an annotation on the whole document, which is Same everywhere. A reply
// has that of the root of its thread.
type Placement struct {
	Version string   `json:"version"`
	State   string   `json:"state"`
	Target  Target   `json:"target"`
	More    []Target `json:"more,omitempty"` // the stretches after the first
	Passage string   `json:"passage"`
	// Reviewed is whether somebody has confirmed it, or said where it is.
	Reviewed bool `json:"reviewed,omitempty"`
}

// Stretches returns all stretches of the placement, none if it is lost or about
// the whole document.
func (p Placement) Stretches() []Target {
	if p.Target.End == 0 {
		return nil
	}
	return append([]Target{p.Target}, p.More...)
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

// Starter is the id of the codebook that every Glossator begins with.
const Starter = "starter"

// A Codebook is a set of concepts and who looks after it.
type Codebook struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"` // unique without regard to case
	Description string   `json:"description"`
	Maintainers []string `json:"maintainers"` // User.IDs of those who accept, merge and deprecate beside the editors
	Creator     string   `json:"creator"`     // User.ID, "" for the starter codebook
	Created     int64    `json:"created"`     // milliseconds UTC, 0 for the starter codebook
	Concepts    int      `json:"concepts"`    // how many it has
}

// A Concept is an entry of a codebook.
type Concept struct {
	ID         string   `json:"id"`
	Codebook   string   `json:"codebook"` // Codebook.ID
	Label      string   `json:"label"`    // no other label or alias of its codebook, without regard to case
	Aliases    []string `json:"aliases"`  // other names it is found by, never nil; as distinct as labels
	Definition string   `json:"definition"`
	Include    string   `json:"include"`  // what to tag with it
	Exclude    string   `json:"exclude"`  // what not to
	Broader    string   `json:"broader"`  // id of the concept above, "" at the top
	Family     int      `json:"family"`   // colour family, 1 to Families
	Status     string   `json:"status"`   // Proposed, Accepted, Deprecated or Gone
	Replaced   string   `json:"replaced"` // id of the concept to use in its place, if it is Deprecated or Gone; "" if none is named
	Examples   []string `json:"examples"` // ids of annotations that show it, as far as the asker may read them; never nil
	Creator    string   `json:"creator"`  // User.ID, "" for the starter codebook
	Revision   int      `json:"revision"` // how often it was written
	Used       int      `json:"used"`     // annotations with it that the asker may read
}

// States of a concept. One that is Gone was merged into another or its making
// was taken back: it is no part of the codebook, but what is tagged with it
// still says so, and an undo brings it back.
const (
	Proposed   = "proposed"
	Accepted   = "accepted"
	Deprecated = "deprecated" // stays where it is, but nothing more is tagged with it
	Gone       = "gone"
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
	Expires int64  `json:"expires"` // 0 for never
	Revoked int64  `json:"revoked"` // 0 while it is not
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
}

// Roles in a group, from least to most.
const (
	GroupReader    = "reader"    // reads the group's annotations
	GroupAnnotator = "annotator" // and adds to them
	GroupEditor    = "editor"    // and changes and deletes those of others
	GroupOwner     = "owner"     // and says who is in it
)

// An Asker is who wants to read or write. The zero Asker is a stranger.
type Asker struct {
	User   string            // User.ID, "" for a stranger
	Role   string            // "" for a stranger
	Groups map[string]string // role in each group the asker is in, by the group's id

	Scope   string // of the API token they ask by, "" without one
	Session string // id of the session they ask in, "" without one
	Address string // network address they ask from, "" for the command line
}

// SignedIn reports whether the asker has an account.
func (a Asker) SignedIn() bool { return a.User != "" }

// Audiences returns whose annotations the asker may read, in the form that
// search and store compare: "public", the asker's own and those of their groups,
// in that order. Every decision about reading an annotation goes through it.
func (a Asker) Audiences() []string {
	if !a.SignedIn() {
		return []string{Public}
	}
	all := []string{Public, userAudience(a.User)}
	for _, id := range slices.Sorted(maps.Keys(a.Groups)) {
		all = append(all, groupAudience(id))
	}
	return all
}

// Audience returns the one audience that may read the annotation.
func (n Annotation) Audience() string {
	switch n.Visibility {
	case Public:
		return Public
	case Group:
		return groupAudience(n.Group)
	}
	return userAudience(n.Creator)
}

func userAudience(id string) string  { return "user:" + id }
func groupAudience(id string) string { return "group:" + id }

// MayEdit reports whether the asker may change or delete the annotation, which
// they may read: its creator may, an administrator may what is public, and the
// editors of a group may what is the group's.
func (a Asker) MayEdit(n Annotation) bool {
	switch {
	case !a.SignedIn():
		return false
	case a.User == n.Creator:
		return true
	case n.Visibility == Group:
		return a.Groups[n.Group] == GroupEditor || a.Groups[n.Group] == GroupOwner
	}
	return n.Visibility == Public && a.Role == Administrator
}

// MayAddTo reports whether the asker may add annotations to a group.
func (a Asker) MayAddTo(group string) bool {
	role := a.Groups[group]
	return role == GroupAnnotator || role == GroupEditor || role == GroupOwner
}

// MayImport reports whether the asker may add documents and change what is
// known of them: it is the same for all who read and cite.
func (a Asker) MayImport() bool { return a.Role == Editor || a.Role == Administrator }

// MayManage reports whether the asker may manage accounts.
func (a Asker) MayManage() bool { return a.Role == Administrator }

// MayChange reports whether the asker may change the saved search, share it or
// see it among their own.
func (a Asker) MayChange(s SavedSearch) bool { return a.SignedIn() && a.User == s.Owner }

// MayMaintain reports whether the asker may accept, change, merge and deprecate
// the concepts of a codebook: editors may, and those it names.
func (a Asker) MayMaintain(b Codebook) bool {
	return a.SignedIn() && (a.MayImport() || slices.Contains(b.Maintainers, a.User))
}

// MayDefine reports whether the asker may change a concept of the codebook b:
// who maintains b may, and its creator while it is only proposed.
func (a Asker) MayDefine(k Concept, b Codebook) bool {
	return a.MayMaintain(b) || a.SignedIn() && a.User == k.Creator && k.Status == Proposed
}

// NormalLabel returns the form in which labels of concepts and names of users
// are compared: lower case, white space folded.
func NormalLabel(label string) string {
	return strings.ToLower(strings.Join(strings.Fields(label), " "))
}
