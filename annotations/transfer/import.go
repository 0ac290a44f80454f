package transfer

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"glossator/annotations"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
)

// An Importer takes annotations in.
type Importer struct {
	Store *store.Store
	Asker annotations.Asker // whose operation it is
	// AsOthers attributes annotations to their creators where an account has the
	// same name. Otherwise, and where there is none, they are the asker's, and say
	// who made them.
	AsOthers bool
	Preview  bool // nothing is written
	// AddDocument adds a text of a project as a document, and returns the id of its
	// version; nil if the asker may not.
	AddDocument func(ctx context.Context, name, text string) (version string, err error)

	report   Report
	failed   error             // of the store, which ends the import
	unread   error             // why the first annotation of the file could not be read, if that is so
	users    map[string]string // ids by normal name
	names    map[string]string // by id
	concepts *vocabulary
	added    map[string]string // ids of the concepts that were added, by normal label
	places   *Finder
	placed   map[string]string // ids of documents by what they were called
}

// A Report is what came of taking in a file.
type Report struct {
	Format string // name of its format: "jsonld", "csv" or "qdpx"
	store.Intake
	Concepts int      // that were added to the codebook
	Remarks  []string // what was left out, and what else there is to say
}

// ErrFormat is returned for a file that is in none of the formats.
var ErrFormat = errors.New("the file is in none of the formats that annotations are taken in")

// File takes in a file of Web Annotations in JSON-LD, a table in CSV or a
// REFI-QDA project; which it is, its first bytes tell. An annotation that cannot
// be taken in is reported, and the others are.
func (im *Importer) File(ctx context.Context, r io.ReaderAt, size int64) (Report, error) {
	im.report = Report{}
	start := make([]byte, 512)
	n, err := r.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return im.report, fmt.Errorf("reading the file: %w", err)
	}
	start = bytes.TrimLeft(bytes.TrimPrefix(start[:n], []byte("\ufeff")), " \t\r\n")
	whole := io.NewSectionReader(r, 0, size)
	if err := im.know(ctx); err != nil {
		return im.report, err
	}
	switch {
	case bytes.HasPrefix(start, []byte("PK")):
		im.report.Format = "qdpx"
		err = im.project(ctx, r, size)
	case bytes.HasPrefix(start, []byte("{")), bytes.HasPrefix(start, []byte("[")):
		im.report.Format = "jsonld"
		err = im.take(ctx, im.arrivals(ctx, interchange.ReadJSONLD(whole)))
	case bytes.HasPrefix(start, []byte("<")):
		err = fmt.Errorf("%w: it is XML; a codebook goes into the codebook, and a project is a .qdpx file", ErrFormat)
	case len(start) == 0:
		err = fmt.Errorf("%w: it is empty", ErrFormat)
	default:
		im.report.Format = "csv"
		err = im.take(ctx, im.arrivals(ctx, interchange.ReadCSV(whole)))
	}
	return im.report, err
}

// take takes in what arrives, as one operation.
func (im *Importer) take(ctx context.Context, arrivals iter.Seq[store.Arrival]) (err error) {
	im.report.Intake, err = im.Store.TakeIn(ctx, im.Asker, "Annotations taken in from a file", im.Preview, arrivals)
	if err == nil && im.report.Taken+im.report.There == 0 && im.report.Refused == 1 {
		err = im.unread
	}
	if im.failed != nil {
		err = im.failed
	}
	return err
}

// arrivals makes of records what the store takes in.
func (im *Importer) arrivals(ctx context.Context, records iter.Seq2[interchange.Record, error]) iter.Seq[store.Arrival] {
	return func(yield func(store.Arrival) bool) {
		n := 0
		for r, err := range records {
			n++
			a := store.Arrival{Err: err, Label: "annotation " + strconv.Itoa(n)}
			if n == 1 && err != nil {
				im.unread = fmt.Errorf("%w: %s", ErrFormat, strings.TrimPrefix(err.Error(), interchange.ErrFormat.Error()+": "))
			}
			if err == nil {
				a = im.arrival(ctx, r)
				a.Label = "annotation " + strconv.Itoa(n) + about(r)
			}
			if im.failed != nil || !yield(a) {
				return
			}
		}
	}
}

// about returns what an annotation is about, in brief, for people who look for
// it in a file.
func about(r interchange.Record) string {
	quote := []rune(strings.Join(strings.Fields(r.Target.Exact), " "))
	if len(quote) == 0 {
		return ""
	}
	if len(quote) > 40 {
		quote = append(quote[:40], '…')
	}
	return " on “" + string(quote) + "”"
}

// arrival makes of a record what the store takes in: with documents, concepts
// and people that are here.
func (im *Importer) arrival(ctx context.Context, r interchange.Record) store.Arrival {
	a := store.Arrival{Language: r.Language}
	if r.ID == "" {
		r.ID = store.DeriveID("annotation", cmp.Or(r.Address, strings.Join([]string{
			r.Document, r.Version, strconv.Itoa(r.Target.Start), r.Target.Exact, r.Target.Prefix, r.Note, strings.Join(r.Labels, "\x00"), r.CreatorName,
			fmt.Sprint(r.Pointers),
		}, "\x00")))
	}
	if len(r.Pointers) == 0 {
		r.Document = im.document(ctx, r.Document, r.Language)
	} else if at, err := im.places.Pointers(ctx, r.Pointers); err == nil {
		at.Onto(&r)
	} else if a.Err = err; !nowhere(err) {
		im.failed = err
	}
	concepts := make([]string, len(r.Concepts))
	for i, id := range r.Concepts {
		label := ""
		if i < len(r.Labels) {
			label = r.Labels[i]
		}
		concepts[i] = im.concept(ctx, id, label)
	}
	r.Concepts = concepts
	creator := im.creator(r)
	if creator != r.Creator && r.CreatorName != "" && annotations.NormalLabel(r.CreatorName) != annotations.NormalLabel(im.names[creator]) {
		if r.Given == nil {
			r.Extra = withCreator(r.Extra, r.CreatorName)
		}
	}
	r.Creator = creator
	r.Settle()
	a.Annotation = r.Annotation
	a.Number, a.Concepts = 0, []string{}
	for _, id := range concepts {
		if id != "" && !slices.Contains(a.Concepts, id) {
			a.Concepts = append(a.Concepts, id)
		}
	}
	if r.Visibility == annotations.Group && !im.Asker.MayAddTo(r.Group) {
		im.remark("annotations of a group that you may not add to become private")
	}
	return a
}

// withCreator returns Extra with who made an annotation elsewhere, unless that
// is said already.
func withCreator(extra json.RawMessage, name string) json.RawMessage {
	properties := map[string]json.RawMessage{}
	if len(extra) > 0 && json.Unmarshal(extra, &properties) != nil {
		return extra
	}
	if _, said := properties["creator"]; said {
		return extra
	}
	properties["creator"], _ = json.Marshal(map[string]string{"type": "Person", "name": name})
	written, err := json.Marshal(properties)
	if err != nil {
		return extra
	}
	return written
}

func (im *Importer) remark(words string) { im.report.Remarks = appendOnce(im.report.Remarks, words) }

// creator returns whose annotation a record becomes.
func (im *Importer) creator(r interchange.Record) string {
	name := annotations.NormalLabel(r.CreatorName)
	known := im.names[r.Creator]
	switch {
	case known != "" && (name == "" || annotations.NormalLabel(known) == name) && (im.AsOthers || r.Creator == im.Asker.User):
		return r.Creator
	case name != "" && im.users[name] != "" && (im.AsOthers || im.users[name] == im.Asker.User):
		return im.users[name]
	}
	if r.CreatorName != "" {
		im.remark("annotations of others are yours here, and say who made them")
	}
	return im.Asker.User
}

// know reads what people and concepts are here.
func (im *Importer) know(ctx context.Context) error {
	im.users, im.names, im.failed, im.unread = map[string]string{}, map[string]string{}, nil, nil
	im.places, im.placed, im.added = &Finder{Store: im.Store, Asker: im.Asker}, map[string]string{}, map[string]string{}
	users, err := im.Store.Users(ctx)
	if err != nil {
		return err
	}
	for _, user := range users {
		im.users[annotations.NormalLabel(user.Name)], im.names[user.ID] = user.ID, user.Name
	}
	im.concepts, err = readVocabulary(ctx, im.Store)
	return err
}

// concept returns the id of a concept here, by its id or its label; one that is
// not here is added. In a preview another stands in for it.
func (im *Importer) concept(ctx context.Context, id, label string) string {
	normal := annotations.NormalLabel(label)
	if found := cmp.Or(im.concepts.meant(id, label, nil), im.added[normal]); found != "" {
		return found
	}
	if normal == "" {
		im.remark("tags without a label, and with an id that is not known here, are left out")
		return ""
	}
	in, err := im.Store.TakeConcepts(ctx, im.Asker, "", im.Preview, []annotations.Concept{{
		ID: id, Label: label, Aliases: []string{}, Status: annotations.Accepted,
	}})
	if err != nil {
		im.failed = err
		return ""
	}
	if in.IDs[id] == "" {
		im.remark("the tag “" + label + "” is left out: it cannot be a concept")
		return ""
	}
	im.report.Concepts += in.Added
	found := in.IDs[id]
	if im.Preview {
		found = im.concepts.any()
	}
	im.added[normal] = found
	return found
}

// document returns the id of a document here, for its id or an address; the name
// as it is if there is none.
func (im *Importer) document(ctx context.Context, name, language string) string {
	if name == "" {
		return ""
	}
	if found, asked := im.placed[name]; asked {
		return found
	}
	found := name
	here, err := im.Store.DocumentsByID(ctx, im.Asker, []string{name})
	if _, known := here[name]; err == nil && !known {
		v, _, failure := im.places.find(ctx, annotations.Pointer{Source: name, Language: language}, "")
		switch {
		case failure == nil:
			found = v.Document
		case !nowhere(failure):
			err = failure
		}
	}
	if err != nil {
		im.failed = err
	}
	im.placed[name] = found
	return found
}

// nowhere reports whether what is looked for is not here.
func nowhere(err error) bool { return errors.Is(err, ErrPlace) || errors.Is(err, store.ErrNotFound) }
