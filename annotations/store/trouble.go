package store

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The troubles of a disk, of which SQLite tells by the lowest byte of its result
// code (https://www.sqlite.org/rescode.html). What was being written when one
// came has not been written; what was written before is there.

// NoRoom reports whether err came of a full disk.
func NoRoom(err error) bool { return troubled(err, sqlite3.SQLITE_FULL) }

// ReadOnly reports whether err came of a disk or a file that cannot be written.
func ReadOnly(err error) bool { return troubled(err, sqlite3.SQLITE_READONLY) }

// DiskFault reports whether err came of a disk that does not read, write or
// flush what it is told to.
func DiskFault(err error) bool {
	return troubled(err, sqlite3.SQLITE_IOERR) || troubled(err, sqlite3.SQLITE_CANTOPEN)
}

// Damaged reports whether err came of a database file that is not whole.
func Damaged(err error) bool {
	return troubled(err, sqlite3.SQLITE_CORRUPT) || troubled(err, sqlite3.SQLITE_NOTADB)
}

func troubled(err error, code int) bool {
	var told *sqlite.Error
	return errors.As(err, &told) && told.Code()&0xff == code
}
