package query

import _ "embed"

// Manual is the manual of the query language, in Markdown.
//
//go:embed syntax.md
var Manual string
