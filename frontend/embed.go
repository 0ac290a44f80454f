// Package frontend holds the build of the browser app.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var build embed.FS

// Dist returns the build, with index.html at its root. A binary that was
// compiled before the app was built holds no index.html: opening it then
// gives an error that is fs.ErrNotExist.
func Dist() fs.FS {
	dist, err := fs.Sub(build, "dist")
	if err != nil {
		panic("frontend: " + err.Error()) // only for a path that is not valid, and this one is
	}
	return dist
}
