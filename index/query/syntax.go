package query

import _ "embed"

// Syntax is the manual of the query language, in Markdown.
//
//go:embed syntax.md
var Syntax string
