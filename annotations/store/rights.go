package store

import "glossator/annotations"

// mayRead returns the condition, and its arguments, under which the asker may
// read the annotation that a query calls a: it is there, and its audience is one
// of the asker's. Every read of annotations for somebody goes through it.
func mayRead(asker annotations.Asker) (condition string, args []any) {
	condition, args = audienceIn(asker, "a")
	return "a.deleted = 0 AND " + condition, args
}

// readable is mayRead for how many annotations that are there each audience has.
func readable(asker annotations.Asker, counts map[string]int) (n int) {
	for _, audience := range asker.Audiences() {
		n += counts[audience]
	}
	return n
}

// audienceIn is mayRead for rows that may be of deleted annotations.
func audienceIn(asker annotations.Asker, name string) (condition string, args []any) {
	audiences := asker.Audiences()
	return name + ".audience IN (" + holders(len(audiences)) + ")", anys(audiences)
}

// mayEdit returns the condition, and its arguments, under which the asker may
// change the annotation that a query calls a, be it deleted or not: that of
// Asker.MayEdit.
func mayEdit(asker annotations.Asker) (condition string, args []any) {
	visible, args := audienceIn(asker, "a")
	args = append(args, asker.User, asker.Role == annotations.Administrator, annotations.Public)
	var edited []any
	for id, role := range asker.Groups {
		if role == annotations.GroupEditor || role == annotations.GroupOwner {
			edited = append(edited, id)
		}
	}
	return visible + " AND (a.creator = ? OR ? AND a.visibility = ? OR a.group_id IN (" + holders(len(edited)) + "))", append(args, edited...)
}
