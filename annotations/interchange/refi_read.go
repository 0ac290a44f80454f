package interchange

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"glossator/annotations"
)

// Bounds of a project that is read: of its archive, in entries, and of what is
// in it once it is unpacked, in bytes.
const (
	mostEntries    = 50_000
	largestProject = 512 << 20
	largestText    = 64 << 20
	largestNotes   = 256 << 20 // all notes together, in memory
)

// A ReadProject is a REFI-QDA project that is being read.
type ReadProject struct {
	Name     string
	Codebook *Codebook         // nil if it has none
	Users    map[string]string // names by GUID
	// Remarks say what the project has that cannot be taken in.
	Remarks []string

	ours    bool // we wrote it
	project *zip.File
	files   map[string]*zip.File // by base name in lower case
	notes   map[string]refiText
	held    int
}

// A ReadSource is a text of a project with what is said of it. The records have
// neither document nor version: their targets are places in Text.
type ReadSource struct {
	GUID    string
	Name    string
	Text    string
	Records []Record
}

// refiText is a TextSource, a Note or the text of a PDF.
type refiText struct {
	GUID        string          `xml:"guid,attr"`
	Name        string          `xml:"name,attr"`
	PlainPath   string          `xml:"plainTextPath,attr"`
	RichPath    string          `xml:"richTextPath,attr"`
	Creator     string          `xml:"creatingUser,attr"`
	Created     string          `xml:"creationDateTime,attr"`
	Modified    string          `xml:"modifiedDateTime,attr"`
	Description string          `xml:"Description"`
	Content     *string         `xml:"PlainTextContent"`
	Selections  []refiSelection `xml:"PlainTextSelection"`
	Codings     []refiCoding    `xml:"Coding"`
	Notes       []refiRef       `xml:"NoteRef"`
	Inner       *refiText       `xml:"Representation"` // of a PDF
	Beyond      []struct{}      `xml:"PDFSelection"`
}

type refiSelection struct {
	GUID        string       `xml:"guid,attr"`
	Name        string       `xml:"name,attr"`
	Start       int          `xml:"startPosition,attr"`
	End         int          `xml:"endPosition,attr"`
	Creator     string       `xml:"creatingUser,attr"`
	Created     string       `xml:"creationDateTime,attr"`
	Modified    string       `xml:"modifiedDateTime,attr"`
	Description string       `xml:"Description"`
	Codings     []refiCoding `xml:"Coding"`
	Notes       []refiRef    `xml:"NoteRef"`
}

type refiCoding struct {
	GUID    string    `xml:"guid,attr"`
	Creator string    `xml:"creatingUser,attr"`
	Created string    `xml:"creationDateTime,attr"`
	Code    refiRef   `xml:"CodeRef"`
	Notes   []refiRef `xml:"NoteRef"`
}

type refiRef struct {
	Target string `xml:"targetGUID,attr"`
}

// OpenQDPX reads what a project says apart from its texts: users, codebook and
// notes. Elements go by their local names, as programs differ in namespaces, and
// files by their names without regard to folder and case. What is no project is
// an error that wraps ErrFile.
func OpenQDPX(r io.ReaderAt, size int64) (*ReadProject, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: it is not a ZIP archive: %w", ErrFile, err)
	}
	if len(archive.File) > mostEntries {
		return nil, fmt.Errorf("%w: the archive has more than %d files", ErrFile, mostEntries)
	}
	p := &ReadProject{Users: map[string]string{}, files: map[string]*zip.File{}, notes: map[string]refiText{}}
	for _, file := range archive.File {
		name := strings.ToLower(path.Base(strings.ReplaceAll(file.Name, `\`, "/")))
		if strings.HasSuffix(name, ".qde") && (p.project == nil || name == "project.qde") {
			p.project = file
		}
		p.files[name] = file
	}
	if p.project == nil {
		return nil, fmt.Errorf("%w: the archive has no project.qde", ErrFile)
	}
	return p, p.walk(p.preface)
}

// walk goes through the parts of the project: visit is given those right below
// the root and below Sources, Users and Notes.
func (p *ReadProject) walk(visit func(*xml.Decoder, xml.StartElement) error) error {
	opened, err := p.project.Open()
	if err != nil {
		return fmt.Errorf("%w: project.qde cannot be unpacked: %w", ErrFile, err)
	}
	defer opened.Close()
	bounded := &bounded{r: opened, left: largestProject}
	decoder := newXMLDecoder(bounded)
	for depth := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			switch e := token.(type) {
			case xml.StartElement:
				if depth == 0 && e.Name.Local != "Project" {
					return fmt.Errorf("%w: project.qde begins with %s, not Project", ErrFile, e.Name.Local)
				}
				if depth == 0 || slices.Contains([]string{"Sources", "Users", "Notes"}, e.Name.Local) {
					depth++
					p.root(e)
					break
				}
				err = visit(decoder, e)
			case xml.EndElement:
				depth--
			}
		}
		if errors.Is(err, errStopped) {
			return nil
		}
		if err != nil {
			if errors.Is(err, ErrFile) {
				return err
			}
			return fmt.Errorf("%w: project.qde cannot be read: %w", ErrFile, err)
		}
	}
}

func (p *ReadProject) root(e xml.StartElement) {
	if e.Name.Local != "Project" {
		return
	}
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "name":
			p.Name = a.Value
		case "origin":
			p.ours = a.Value == refiOrigin
		}
	}
}

// bounded fails when more is read than it may be.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(to []byte) (int, error) {
	n, err := b.r.Read(to)
	if b.left -= int64(n); b.left < 0 {
		return n, fmt.Errorf("%w: it is larger than may be when it is unpacked", ErrFile)
	}
	return n, err
}

// preface takes in what is not a source.
func (p *ReadProject) preface(decoder *xml.Decoder, e xml.StartElement) error {
	switch e.Name.Local {
	case "User":
		var user struct {
			GUID string `xml:"guid,attr"`
			Name string `xml:"name,attr"`
		}
		if err := decoder.DecodeElement(&user, &e); err != nil {
			return err
		}
		p.Users[normalGUID(user.GUID)] = user.Name
	case "CodeBook":
		var read refiCodebook
		if err := decoder.DecodeElement(&read, &e); err != nil {
			return err
		}
		p.Codebook = &Codebook{Title: p.Name}
		p.Codebook.takeCodes(read.Codes)
	case "Note":
		var note refiText
		if err := decoder.DecodeElement(&note, &e); err != nil {
			return err
		}
		return p.takeNote(note)
	case "Cases", "Links", "Sets", "Graphs":
		p.remark(strings.ToLower(e.Name.Local) + " are left out: there is no place for them here")
		return decoder.Skip()
	default:
		return decoder.Skip()
	}
	return nil
}

func (p *ReadProject) takeNote(note refiText) error {
	text, err := p.textOf(note)
	if err != nil {
		text = note.Description
	}
	note.Content, note.Selections = &text, nil
	if p.held += len(text); p.held > largestNotes {
		return fmt.Errorf("%w: the notes have more than %d MB", ErrFile, largestNotes>>20)
	}
	p.notes[normalGUID(note.GUID)] = note
	return nil
}

func (p *ReadProject) remark(words string) {
	if !slices.Contains(p.Remarks, words) {
		p.Remarks = append(p.Remarks, words)
	}
}

// textOf returns the plain text of a source or a note.
func (p *ReadProject) textOf(t refiText) (string, error) {
	if t.Content != nil {
		return *t.Content, nil
	}
	if t.PlainPath == "" {
		return "", fmt.Errorf("%w: “%s” has no plain text", ErrFile, t.Name)
	}
	_, rest, _ := strings.Cut(t.PlainPath, "://")
	name := strings.ToLower(path.Base(cmp.Or(rest, t.PlainPath)))
	file := p.files[name]
	if file == nil {
		return "", fmt.Errorf("%w: the text of “%s”, %s, is not in the archive", ErrFile, t.Name, t.PlainPath)
	}
	opened, err := file.Open()
	if err != nil {
		return "", fmt.Errorf("%w: the text of “%s” cannot be unpacked: %w", ErrFile, t.Name, err)
	}
	defer opened.Close()
	data, err := io.ReadAll(transform.NewReader(&bounded{opened, largestText}, unicode.BOMOverride(transform.Nop)))
	if err != nil {
		return "", fmt.Errorf("%w: the text of “%s” cannot be unpacked: %w", ErrFile, t.Name, err)
	}
	return strings.ToValidUTF8(string(data), "\ufffd"), nil
}

// Sources returns the texts with their annotations, one after the other. A text
// that cannot be read is an error that wraps ErrFile; the next may follow it.
func (p *ReadProject) Sources() iter.Seq2[ReadSource, error] {
	return func(yield func(ReadSource, error) bool) {
		err := p.walk(func(decoder *xml.Decoder, e xml.StartElement) error {
			switch e.Name.Local {
			case "TextSource", "PDFSource":
			case "PictureSource", "AudioSource", "VideoSource":
				p.remark("pictures and recordings are left out: there is no place for them here")
				return decoder.Skip()
			default:
				return decoder.Skip()
			}
			var source refiText
			if err := decoder.DecodeElement(&source, &e); err != nil {
				return err
			}
			read, err := p.source(source)
			if !yield(read, err) {
				return errStopped
			}
			return nil
		})
		if err != nil {
			yield(ReadSource{}, err)
		}
	}
}

func (p *ReadProject) source(t refiText) (ReadSource, error) {
	if len(t.Beyond) > 0 {
		p.remark("selections by their place on the page of a PDF are left out: only text is annotated here")
	}
	if t.Inner != nil {
		inner := *t.Inner
		inner.Name, inner.Codings, inner.Notes = cmp.Or(t.Name, inner.Name), append(inner.Codings, t.Codings...), append(inner.Notes, t.Notes...)
		t = inner
	}
	text, err := p.textOf(t)
	if err != nil {
		return ReadSource{}, err
	}
	s := ReadSource{GUID: normalGUID(t.GUID), Name: t.Name, Text: text}
	scale := scaleOf(text, t.Selections)
	for _, selection := range t.Selections {
		target, ok := scale.target(selection)
		if !ok {
			p.remark(fmt.Sprintf("a selection in “%s” from %d to %d is outside of the text, and is left out", t.Name, selection.Start, selection.End))
			continue
		}
		s.Records = append(s.Records, p.records(selection, target)...)
	}
	s.Records = append(s.Records, p.whole(t)...)
	return s, nil
}

// whole returns what is said of a text as a whole. What we wrote has each note
// by itself, with its codes, and codes without a note beside them.
func (p *ReadProject) whole(t refiText) []Record {
	if !p.ours {
		return p.records(refiSelection{GUID: t.GUID, Codings: t.Codings, Notes: t.Notes, Creator: t.Creator, Created: t.Created}, annotations.Target{})
	}
	var all []Record
	for _, ref := range t.Notes {
		note, known := p.notes[normalGUID(ref.Target)]
		if !known {
			continue
		}
		for _, r := range p.records(refiSelection{GUID: note.GUID, Codings: note.Codings, Notes: []refiRef{ref}, Creator: note.Creator, Created: note.Created}, annotations.Target{}) {
			r.ID = idOfGUID(note.GUID)
			r.Root = r.ID
			all = append(all, r)
		}
	}
	var alone []refiCoding
	for _, coding := range t.Codings {
		covered := slices.ContainsFunc(all, func(r Record) bool {
			return r.Creator == normalGUID(coding.Creator) && slices.Contains(r.Concepts, normalGUID(coding.Code.Target))
		})
		if !covered {
			alone = append(alone, coding)
		}
	}
	if len(alone) > 0 {
		all = append(all, p.records(refiSelection{GUID: alone[0].GUID, Codings: alone}, annotations.Target{})...)
	}
	return all
}

// records returns what a selection says: an annotation for each person who coded
// it, with the notes of that person, and the notes of others as replies.
func (p *ReadProject) records(s refiSelection, target annotations.Target) []Record {
	var all []Record
	of := func(creator, id, created string) *Record {
		for i := range all {
			if all[i].Creator == creator && all[i].ReplyTo == "" {
				return &all[i]
			}
		}
		r := p.record(creator, id, created, s.Modified)
		r.Target = target
		all = append(all, r)
		return &all[len(all)-1]
	}
	notes := s.Notes
	for _, coding := range s.Codings {
		r := of(normalGUID(cmp.Or(coding.Creator, s.Creator)), firstOr(all, s.GUID, coding.GUID), cmp.Or(coding.Created, s.Created))
		code := normalGUID(coding.Code.Target)
		if code != "" && !slices.Contains(r.Concepts, code) {
			r.Concepts, r.Labels = append(r.Concepts, code), append(r.Labels, p.label(code))
		}
		notes = append(notes, coding.Notes...)
	}
	if s.Description != "" {
		r := of(normalGUID(s.Creator), firstOr(all, s.GUID, s.GUID+"d"), s.Created)
		r.Note = strings.TrimSpace(s.Description)
	}
	for _, ref := range notes {
		note, known := p.notes[normalGUID(ref.Target)]
		if !known {
			continue
		}
		p.addNote(&all, s, note, of)
	}
	return all
}

// addNote adds a note to the annotation of whoever wrote it or, beside those of
// others, as a reply.
func (p *ReadProject) addNote(all *[]Record, s refiSelection, note refiText, of func(creator, id, created string) *Record) {
	text := strings.TrimSpace(*note.Content)
	creator := normalGUID(cmp.Or(note.Creator, s.Creator))
	labels, absent := strings.CutPrefix(note.Name, absentName)
	switch {
	case p.ours && absent:
		r := p.record(creator, note.GUID, note.Created, note.Modified)
		r.Absent = true
		for label := range strings.SplitSeq(labels, "; ") {
			r.Concepts, r.Labels = append(r.Concepts, p.code(label)), append(r.Labels, label)
		}
		if text != note.Name {
			r.Note = text
		}
		*all = append(*all, r)
	case len(*all) > 0 && (p.ours && strings.HasPrefix(note.Name, replyName) || (*all)[0].Creator != creator && creator != ""):
		r := p.record(creator, note.GUID, note.Created, note.Modified)
		r.Target, r.ReplyTo, r.Root, r.Note = (*all)[0].Target, (*all)[0].ID, (*all)[0].ID, text
		*all = append(*all, r)
	default:
		r := of(creator, firstOr(*all, s.GUID, note.GUID), cmp.Or(note.Created, s.Created))
		if r.Note != "" {
			r.Note += "\n\n"
		}
		r.Note += text
	}
}

// firstOr returns the first GUID for the first record, the other for others.
func firstOr(all []Record, first, other string) string {
	if len(all) == 0 {
		return first
	}
	return other
}

func (p *ReadProject) record(creator, id, created, modified string) Record {
	r := Record{Annotation: annotations.Annotation{
		ID: idOfGUID(id), Creator: creator, Concepts: []string{}, Visibility: annotations.Private,
		Created: readTime(created), Modified: readTime(modified),
	}, Labels: []string{}, CreatorName: p.Users[creator]}
	r.Root, r.Modified = r.ID, max(r.Modified, r.Created)
	return r
}

// idOfGUID makes an id of a GUID: its digits in lower case.
func idOfGUID(text string) string {
	return strings.ToLower(strings.ReplaceAll(normalGUID(text), "-", ""))
}

// IDsIn returns the ids under which an annotation of ours with so many stretches
// is read from a project that we wrote: of its stretches, and of it as a note.
func IDsIn(annotation string, stretches int) []string {
	ids := []string{idOfGUID(guid("annotation", annotation)), idOfGUID(guid("note", annotation))}
	for i := 1; i < stretches; i++ {
		ids = append(ids, idOfGUID(guid("annotation", annotation+"#"+strconv.Itoa(i+1))))
	}
	return ids
}

// VersionGUID returns the GUID of a version in a project that we wrote.
func VersionGUID(version string) string { return guid("version", version) }

// ConceptGUID returns the GUID of a concept in what we wrote.
func ConceptGUID(concept string) string { return guid("concept", concept) }

func (p *ReadProject) label(code string) string {
	if p.Codebook != nil {
		for _, k := range p.Codebook.Concepts {
			if k.ID == code {
				return k.Label
			}
		}
	}
	return ""
}

func (p *ReadProject) code(label string) string {
	if p.Codebook != nil {
		for _, k := range p.Codebook.Concepts {
			if k.Label == label {
				return k.ID
			}
		}
	}
	return ""
}

func readTime(text string) int64 {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UnixMilli()
		}
	}
	return 0
}
