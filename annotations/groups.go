package annotations

import "slices"

// groupRoles are the roles in a group, from least to most: each may what those
// before it may.
var groupRoles = []string{GroupReader, GroupAnnotator, GroupEditor, GroupOwner}

// GroupRole reports whether there is such a role in a group.
func GroupRole(role string) bool { return slices.Contains(groupRoles, role) }

// AtLeast reports whether a role in a group, "" for none, may what another may.
func AtLeast(role, other string) bool {
	return role != "" && slices.Index(groupRoles, role) >= slices.Index(groupRoles, other)
}

// MayInvite reports whether whoever has a role in a group may invite others to
// it as wanted: editors invite readers and annotators, owners anybody.
func MayInvite(role, wanted string) bool {
	return AtLeast(role, GroupOwner) || AtLeast(role, GroupEditor) && !AtLeast(wanted, GroupEditor)
}

// A UserGroup is people who share annotations. Only its members know that it is
// there.
type UserGroup struct {
	ID          string `json:"id"`
	Name        string `json:"name"`        // for group:; others may have the same
	Description string `json:"description"` // may be empty
	Creator     string `json:"creator"`     // User.ID
	Created     int64  `json:"created"`     // milliseconds UTC
	Deleted     int64  `json:"deleted"`     // 0 while it is there
}

// A Membership is somebody's place in a group.
type Membership struct {
	User string `json:"id"`   // User.ID
	Name string `json:"name"` // User.Name
	Role string `json:"role"`
	// Since is when they joined, in milliseconds UTC.
	Since int64 `json:"since"`
}

// An Invitation is a link by which whoever has it joins a group. The token
// itself is known only to them: the store keeps its SHA-256.
type Invitation struct {
	ID      string `json:"id"`
	Group   string `json:"group"`   // Group.ID
	Role    string `json:"role"`    // that it gives
	Creator string `json:"creator"` // User.Name
	Created int64  `json:"created"` // milliseconds UTC
	Expires int64  `json:"expires"` // milliseconds UTC
	Used    int    `json:"used"`    // how many have joined by it
	Limit   int    `json:"limit"`   // how many may, 0 for any number
	Revoked int64  `json:"revoked"` // 0 while it is not
}
