package interchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"glossator/annotations"
)

// A column of a table of annotations: what a cell holds, how it is read back,
// and how wide a spreadsheet shows it, in characters. What people read comes
// first; what only a reader of the file needs, after it.
type column struct {
	name  string
	width int
	write func(r Record) string
	read  func(r *Record, cell string) error
}

// worded is a column that holds a text of the record as it is.
func worded(name string, width int, field func(r *Record) *string) column {
	return column{name, width,
		func(r Record) string { return *field(&r) },
		func(r *Record, cell string) error { *field(r) = cell; return nil },
	}
}

// number is a column that holds a number; an empty cell is 0.
func number(name string, field func(r *Record) *int) column {
	return column{name, 9,
		func(r Record) string { return strconv.Itoa(*field(&r)) },
		func(r *Record, cell string) (err error) {
			if cell != "" {
				*field(r), err = strconv.Atoi(cell)
			}
			return err
		},
	}
}

// instant is a column that holds a time.
func instant(name string, field func(r *Record) *int64) column {
	return column{name, 24,
		func(r Record) string { return Stamp(*field(&r)) },
		func(r *Record, cell string) error {
			if cell == "" {
				return nil
			}
			at, err := time.Parse(time.RFC3339Nano, cell)
			if err != nil {
				return fmt.Errorf("%q is not a time; write it as 2006-01-02T15:04:05Z", cell)
			}
			*field(r) = at.UnixMilli()
			return nil
		},
	}
}

// structured is a column that holds something in JSON; an empty cell is nothing.
func structured[T any](name string, field func(r *Record) *T, none func(T) bool) column {
	return column{name, 12,
		func(r Record) string {
			value := *field(&r)
			if none(value) {
				return ""
			}
			written, _ := json.Marshal(value) // texts and numbers
			return string(written)
		},
		func(r *Record, cell string) error {
			if cell == "" {
				return nil
			}
			if err := json.Unmarshal([]byte(cell), field(r)); err != nil {
				return fmt.Errorf("it is not in JSON: %w", err)
			}
			return nil
		},
	}
}

var columns = []column{
	worded("document", 34, func(r *Record) *string { return &r.DocumentTitle }),
	worded("pinpoint", 14, func(r *Record) *string { return &r.Pinpoint }),
	worded("quote", 60, func(r *Record) *string { return &r.Target.Exact }),
	{"concepts", 30, func(r Record) string { return joinedList(r.Labels) }, func(r *Record, cell string) error { r.Labels = splitList(cell); return nil }},
	{"absent", 8, func(r Record) string { return yesIf(r.Absent) }, func(r *Record, cell string) error { r.Absent = cell == "yes"; return nil }},
	worded("note", 50, func(r *Record) *string { return &r.Note }),
	worded("creator", 16, func(r *Record) *string { return &r.CreatorName }),
	worded("visibility", 10, func(r *Record) *string { return &r.Visibility }),
	instant("created", func(r *Record) *int64 { return &r.Created }),
	instant("modified", func(r *Record) *int64 { return &r.Modified }),
	worded("address", 40, func(r *Record) *string { return &r.Address }),
	worded("document id", 20, func(r *Record) *string { return &r.Document }),
	worded("version", 20, func(r *Record) *string { return &r.Version }),
	worded("language", 8, func(r *Record) *string { return &r.Language }),
	number("start", func(r *Record) *int { return &r.Target.Start }),
	number("end", func(r *Record) *int { return &r.Target.End }),
	worded("id", 28, func(r *Record) *string { return &r.ID }),
	worded("before", 20, func(r *Record) *string { return &r.Target.Prefix }),
	worded("after", 20, func(r *Record) *string { return &r.Target.Suffix }),
	structured("more stretches", func(r *Record) *[]annotations.Target { return &r.More }, func(more []annotations.Target) bool { return len(more) == 0 }),
	worded("passage", 14, func(r *Record) *string { return &r.Passage }),
	structured("concept ids", func(r *Record) *[]string { return &r.Concepts }, func(ids []string) bool { return len(ids) == 0 }),
	worded("reply to", 28, func(r *Record) *string { return &r.ReplyTo }),
	worded("thread", 28, func(r *Record) *string { return &r.Root }),
	worded("group", 28, func(r *Record) *string { return &r.Group }),
	worded("creator id", 28, func(r *Record) *string { return &r.Creator }),
	{"number", 9, func(r Record) string { return strconv.FormatInt(r.Number, 10) }, func(r *Record, cell string) (err error) {
		if cell != "" {
			r.Number, err = strconv.ParseInt(cell, 10, 64)
		}
		return err
	}},
	{"extra", 12, func(r Record) string { return string(r.Extra) }, func(r *Record, cell string) error {
		if cell == "" {
			return nil
		}
		if !json.Valid([]byte(cell)) || cell[0] != '{' {
			return errors.New("it is not a JSON object")
		}
		r.Extra = json.RawMessage(cell)
		return nil
	}},
}

func yesIf(so bool) string {
	if so {
		return "yes"
	}
	return ""
}

// A list in a cell is divided by "; ". A semicolon or a backslash in an entry has
// a backslash before it, and an empty entry is `\e`.
var listEscapes = strings.NewReplacer(`\`, `\\`, `;`, `\;`)

const emptyEntry = `\e`

func joinedList(entries []string) string {
	escaped := make([]string, len(entries))
	for i, entry := range entries {
		if escaped[i] = listEscapes.Replace(entry); entry == "" {
			escaped[i] = emptyEntry
		}
	}
	return strings.Join(escaped, "; ")
}

func splitList(cell string) []string {
	entries := []string{}
	if cell == "" {
		return entries
	}
	var entry strings.Builder
	for i := 0; i < len(cell); i++ {
		switch {
		case strings.HasPrefix(cell[i:], emptyEntry):
			i++
		case cell[i] == '\\' && i+1 < len(cell):
			i++
			entry.WriteByte(cell[i])
		case cell[i] == ';':
			entries = append(entries, entry.String())
			entry.Reset()
			if i+1 < len(cell) && cell[i+1] == ' ' {
				i++
			}
		default:
			entry.WriteByte(cell[i])
		}
	}
	return append(entries, entry.String())
}
