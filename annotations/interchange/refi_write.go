package interchange

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"glossator/annotations"
)

// MediaTypeQDPX is what WriteQDPX writes.
const MediaTypeQDPX = "application/zip"

// A Project is what a REFI-QDA project is made of.
type Project struct {
	Name     string
	Users    []annotations.User
	Codebook *Codebook
	Records  iter.Seq2[Record, error] // all of one version together; it is gone through twice
	// Source returns the text of a version and what is known of its document.
	Source func(version string) (Source, error)
}

// A Source is the text of a version with what is known of its document.
type Source struct {
	Name  string
	Text  string
	Facts []Fact // in the same order for all
}

// A Fact is something known of a document; a Number is written as such.
type Fact struct {
	Name, Value string
	Number      bool
}

// projectNote says what is lost: REFI-QDA has no name for it.
const projectNote = "Written by Glossator. Each text is a version of a document; positions are Unicode code points. " +
	"Several stretches of one annotation are selections of their own that share their notes; replies are notes whose name begins with “Reply”; " +
	"“Read, absent” is a note on the text. Who may read an annotation, and its identity, are not held: JSON-LD holds them."

// WriteQDPX writes a REFI-QDA project: a ZIP archive with the texts and, in
// project.qde, everything else. Nothing is held in memory but one version and
// its notes on the whole document.
func WriteQDPX(w io.Writer, p Project) error {
	archive := zip.NewWriter(w)
	file, err := archive.Create("project.qde")
	if err != nil {
		return err
	}
	q := &qde{out: bufio.NewWriter(file), facts: map[string]bool{}}
	versions, err := q.project(p)
	if err != nil {
		return err
	}
	if err := q.out.Flush(); err != nil {
		return err
	}
	for _, version := range versions {
		source, err := p.Source(version)
		if err != nil {
			return err
		}
		file, err := archive.Create("sources/" + guid("version", version) + ".txt")
		if err != nil {
			return err
		}
		if _, err := io.WriteString(file, source.Text); err != nil {
			return err
		}
	}
	return archive.Close()
}

// A qde is a project.qde being written. What cannot be written stays with the
// writer, whose Flush returns it.
type qde struct {
	out   *bufio.Writer
	facts map[string]bool // names of variables that are declared
}

// open writes the start of an element; attributes are names and values, those
// with an empty value left out.
func (q *qde) open(name string, attributes ...string) {
	q.start(name, attributes)
	_, _ = q.out.WriteString(">\n")
}

func (q *qde) start(name string, attributes []string) {
	_, _ = q.out.WriteString("<" + name)
	for i := 0; i < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			_, _ = q.out.WriteString(" " + attributes[i] + `="` + escaped(attributes[i+1]) + `"`)
		}
	}
}

func (q *qde) close(name string) { _, _ = q.out.WriteString("</" + name + ">\n") }

func (q *qde) empty(name string, attributes ...string) {
	q.start(name, attributes)
	_, _ = q.out.WriteString("/>\n")
}

func (q *qde) text(name, text string) {
	_, _ = q.out.WriteString("<" + name + ">" + escaped(text) + "</" + name + ">\n")
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}

// project writes everything and returns the versions that it names.
func (q *qde) project(p Project) (versions []string, err error) {
	_, _ = q.out.WriteString(xml.Header)
	q.open("Project", "xmlns", refiProjectNS, "name", orUnnamed(p.Name), "origin", refiOrigin)
	if len(p.Users) > 0 {
		q.open("Users")
		for _, user := range p.Users {
			q.empty("User", "guid", guid("user", user.ID), "name", user.Name, "id", user.ID)
		}
		q.close("Users")
	}
	if p.Codebook != nil && len(p.Codebook.Concepts) > 0 {
		q.open("CodeBook")
		q.open("Codes")
		q.codes(p.Codebook.refiCodes())
		q.close("Codes")
		q.close("CodeBook")
	}
	if err := q.variables(p); err != nil {
		return nil, err
	}
	if versions, err = q.sources(p); err != nil {
		return nil, err
	}
	if err := q.notes(p); err != nil {
		return nil, err
	}
	q.text("Description", projectNote)
	q.close("Project")
	return versions, nil
}

func orUnnamed(name string) string {
	if name == "" {
		return "Annotations"
	}
	return name
}

func (q *qde) codes(codes []refiCode) {
	for _, code := range codes {
		q.open("Code", "guid", code.GUID, "name", code.Name, "isCodable", code.Codable, "color", code.Colour)
		if code.Description != "" {
			q.text("Description", code.Description)
		}
		q.codes(code.Codes)
		q.close("Code")
	}
}

// variables declares what is known of the documents, going by the first.
func (q *qde) variables(p Project) error {
	for r, err := range p.Records {
		if err != nil {
			return err
		}
		source, err := p.Source(r.Version)
		if err != nil {
			return err
		}
		if len(source.Facts) == 0 {
			return nil
		}
		q.open("Variables")
		for _, fact := range source.Facts {
			kind := "Text"
			if fact.Number {
				kind = "Integer"
			}
			q.facts[fact.Name] = true
			q.empty("Variable", "guid", guid("variable", fact.Name), "name", fact.Name, "typeOfVariable", kind)
		}
		q.close("Variables")
		return nil
	}
	return nil
}

// sources writes each version with the selections in it, as they come, and then
// what is about all of it.
func (q *qde) sources(p Project) (versions []string, err error) {
	var source Source
	var whole []Record
	end := func() {
		if len(versions) == 0 {
			return
		}
		q.whole(whole)
		for _, fact := range source.Facts {
			q.fact(fact)
		}
		q.close("TextSource")
		whole = nil
	}
	selections := &thread{}
	for r, err := range p.Records {
		if err != nil {
			return nil, err
		}
		if len(versions) == 0 || versions[len(versions)-1] != r.Version {
			q.selections(selections.flush())
			end()
			if source, err = p.Source(r.Version); err != nil {
				return nil, err
			}
			id := guid("version", r.Version)
			if len(versions) == 0 {
				q.open("Sources")
			}
			q.open("TextSource", "guid", id, "name", source.Name, "plainTextPath", "internal://"+id+".txt")
			versions = append(versions, r.Version)
		}
		if r.Whole() {
			whole = append(whole, r)
			continue
		}
		q.selections(selections.add(r))
	}
	q.selections(selections.flush())
	end()
	if len(versions) > 0 {
		q.close("Sources")
	}
	return versions, nil
}

// A thread gathers records on the same stretch, so that replies, which come
// after what they answer, are written with it.
type thread struct{ records []Record }

// add takes a record and returns those before it if they stand elsewhere.
func (t *thread) add(r Record) (done []Record) {
	if len(t.records) > 0 && t.records[0].Target != r.Target {
		done = t.flush()
	}
	t.records = append(t.records, r)
	return done
}

func (t *thread) flush() []Record {
	done := t.records
	t.records = nil
	return done
}

// selections writes the annotations among records of one stretch, each with the
// replies to it.
func (q *qde) selections(records []Record) {
	replies := map[string][]Record{}
	for _, r := range records {
		if r.ReplyTo != "" {
			replies[r.Root] = append(replies[r.Root], r)
		}
	}
	for _, r := range records {
		if r.ReplyTo != "" {
			continue
		}
		for i, target := range append([]annotations.Target{r.Target}, r.More...) {
			q.selection(r, i, target, replies[r.ID])
		}
	}
}

func (q *qde) selection(r Record, i int, target annotations.Target, replies []Record) {
	id := r.ID
	if i > 0 {
		id += "#" + strconv.Itoa(i+1)
	}
	q.open("PlainTextSelection", append([]string{"guid", guid("annotation", id), "name", excerpt(target.Exact),
		"startPosition", strconv.Itoa(target.Start), "endPosition", strconv.Itoa(target.End)}, made(r)...)...)
	q.codings(r, id)
	if r.Note != "" {
		q.empty("NoteRef", "targetGUID", guid("note", r.ID))
	}
	for _, reply := range replies {
		if reply.Note != "" {
			q.empty("NoteRef", "targetGUID", guid("note", reply.ID))
		}
	}
	q.close("PlainTextSelection")
}

func (q *qde) codings(r Record, id string) {
	for _, concept := range r.Concepts {
		q.open("Coding", "guid", guid("coding", id+" "+concept), "creatingUser", user(r), "creationDateTime", refiTime(r.Created))
		q.empty("CodeRef", "targetGUID", guid("concept", concept))
		q.close("Coding")
	}
}

// whole writes what is about the document as a whole.
func (q *qde) whole(records []Record) {
	for _, r := range records {
		if !r.Absent {
			q.codings(r, r.ID)
		}
	}
	for _, r := range records {
		if refiNote(r) != "" {
			q.empty("NoteRef", "targetGUID", guid("note", r.ID))
		}
	}
}

func (q *qde) fact(f Fact) {
	if !q.facts[f.Name] || f.Value == "" {
		return
	}
	q.open("VariableValue")
	q.empty("VariableRef", "targetGUID", guid("variable", f.Name))
	if f.Number {
		q.text("IntegerValue", f.Value)
	} else {
		q.text("TextValue", f.Value)
	}
	q.close("VariableValue")
}

// absentName begins the name of a note that says that a text has nothing on
// concepts, replyName that of a note which answers an annotation.
const (
	absentName = "Read, absent: "
	replyName  = "Reply by "
	noteName   = "Note by "
)

// refiNote returns the text of the note that a record is written with.
func refiNote(r Record) string {
	if r.Absent && r.Note == "" {
		return absentName + strings.Join(r.Labels, "; ")
	}
	return r.Note
}

func (q *qde) notes(p Project) error {
	begun := false
	for r, err := range p.Records {
		if err != nil {
			return err
		}
		text := refiNote(r)
		if text == "" {
			continue
		}
		if !begun {
			q.open("Notes")
			begun = true
		}
		name := noteName + r.CreatorName
		switch {
		case r.Absent:
			name = absentName + strings.Join(r.Labels, "; ")
		case r.ReplyTo != "":
			name = replyName + r.CreatorName
		}
		q.open("Note", append([]string{"guid", guid("note", r.ID), "name", name}, made(r)...)...)
		q.text("PlainTextContent", text)
		if r.Whole() && !r.Absent && r.ReplyTo == "" {
			q.codings(r, "note "+r.ID)
		}
		q.close("Note")
	}
	if begun {
		q.close("Notes")
	}
	return nil
}

// made are the attributes that say who made something and when.
func made(r Record) []string {
	return []string{"creatingUser", user(r), "creationDateTime", refiTime(r.Created), "modifiedDateTime", refiTime(r.Modified)}
}

func user(r Record) string {
	if r.Creator == "" {
		return ""
	}
	return guid("user", r.Creator)
}

func refiTime(milliseconds int64) string {
	if milliseconds == 0 {
		return ""
	}
	return time.UnixMilli(milliseconds).UTC().Format(time.RFC3339Nano)
}

// longestExcerpt is how much of a quote names a selection, in code points.
const longestExcerpt = 200

const cut = "…"

// excerpt returns the beginning of a quote on one line.
func excerpt(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > longestExcerpt {
		return string(runes[:longestExcerpt]) + cut
	}
	return string(runes)
}
