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

// mayReview returns the condition, and its arguments, under which the asker may
// say where the annotation that a query calls a stands in a version: those of
// Asker.MayEdit.
func mayReview(asker annotations.Asker) (condition string, args []any) {
	condition, args = mayRead(asker)
	return condition + " AND (a.creator = ? OR ?)", append(args, asker.User, asker.Role == annotations.Administrator)
}
