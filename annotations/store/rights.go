package store

import (
	"slices"

	"glossator/annotations"
)

// mayRead returns the condition, and its arguments, under which the asker may
// read the annotation that a query calls a: it is there, and its audience is one
// of the asker's. Every read of annotations for somebody goes through it.
func mayRead(asker annotations.Asker) (condition string, args []any) {
	condition, args = audienceIn(asker, "a")
	return "a.deleted = 0 AND " + condition, args
}

// readableBy is mayRead for an annotation that is there: it reports whether the
// asker may read it.
func readableBy(asker annotations.Asker) func(annotations.Annotation) bool {
	may := readableFor(asker)
	return func(n annotations.Annotation) bool { return may(n.Audience()) }
}

// readableFor is mayRead for the audience of an annotation that is there.
func readableFor(asker annotations.Asker) func(audience string) bool {
	audiences := asker.Audiences()
	return func(audience string) bool { return slices.Contains(audiences, audience) }
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

// mayBeFor returns an error unless what the asker adds may be for those whom a
// visibility and a group name.
func mayBeFor(asker annotations.Asker, visibility, group string) error {
	switch visibility {
	case annotations.Private, annotations.Public:
		if group == "" {
			return nil
		}
		return refuse(ErrInvalid, "What is %s is not for a group.", visibility)
	case annotations.Group:
	default:
		return refuse(ErrInvalid, "An annotation is %s, %s or %s, not %q.", annotations.Private, annotations.Group, annotations.Public, visibility)
	}
	switch {
	case asker.MayAddTo(group):
		return nil
	case asker.Groups[group] != "":
		return refuse(ErrForbidden, "You may read in this group; to add to it, ask one of its owners for the role of annotator.")
	}
	return refuse(ErrInvalid, "There is no group %q to which you may add annotations.", group)
}

// mayMove returns an error unless the asker, who may edit n, may give it to
// those whom a visibility and a group name: whoever made it as they would give
// a new one, editors from one of their groups to another, and administrators
// may hide what is public.
func mayMove(asker annotations.Asker, n annotations.Annotation, visibility, group string) error {
	if err := mayBeFor(asker, visibility, group); err != nil || asker.User == n.Creator {
		return err
	}
	switch {
	case n.Visibility == annotations.Group && visibility == annotations.Group && edits(asker, n.Group) && edits(asker, group):
		return nil
	case n.Visibility == annotations.Public && visibility == annotations.Private && asker.Role == annotations.Administrator:
		return nil
	}
	return refuse(ErrForbidden, "Only whoever made an annotation may say who else reads it; editors may move it between groups that they edit.")
}

// edits reports whether the asker may change what others have added to a group.
func edits(asker annotations.Asker, group string) bool {
	return annotations.AtLeast(asker.Groups[group], annotations.GroupEditor)
}
