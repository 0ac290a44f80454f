package store

import (
	"bytes"
	"compress/gzip"
	recent "container/list"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/index"
)

// body is what the column versions.body holds, as compressed JSON.
type body struct {
	Text       string            `json:"text"`
	Blocks     []index.Block     `json:"blocks"`
	Provisions []index.Provision `json:"provisions"`
	Pages      []index.Page      `json:"pages,omitempty"`
}

// packedVersion is a version ready to be written.
type packedVersion struct {
	index.Version
	body                       []byte
	length, passages, articles int
}

// packNew packs those versions of a document that are not there yet.
func (s *Store) packNew(ctx context.Context, document string, vs []index.Version) ([]packedVersion, error) {
	var packed []packedVersion
	for _, v := range vs {
		known, err := exists(ctx, s.reader, "SELECT 1 FROM versions WHERE id = ?", index.VersionID(document, v.Language, v.SHA256))
		if err != nil {
			return nil, err
		}
		if known {
			continue
		}
		p, err := pack(document, v)
		if err != nil {
			return nil, err
		}
		packed = append(packed, p)
	}
	return packed, nil
}

// pack checks a version of a document and makes it ready, outside of any
// transaction because it takes a while.
func pack(document string, v index.Version) (packedVersion, error) {
	v.Document = document
	v.ID = index.VersionID(document, v.Language, v.SHA256)
	if v.Language == "" || v.SHA256 == "" {
		return packedVersion{}, refuse(ErrInvalid, "the version from %q needs a language and the SHA-256 of its source", v.Source)
	}
	if err := v.Check(); err != nil {
		return packedVersion{}, refuse(ErrInvalid, "the version from %q cannot be taken: %v", v.Source, err)
	}
	p := packedVersion{Version: v, length: utf8.RuneCountInString(v.Text)}
	for _, provision := range v.Provisions {
		if provision.Passage {
			p.passages++
		}
		if provision.Kind == index.Article {
			p.articles++
		}
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return packedVersion{}, fmt.Errorf("compressing a version: %w", err)
	}
	err = json.NewEncoder(z).Encode(body{Text: v.Text, Blocks: v.Blocks, Provisions: v.Provisions, Pages: v.Pages})
	if err := errors.Join(err, z.Close()); err != nil {
		return packedVersion{}, fmt.Errorf("compressing a version: %w", err)
	}
	p.body = packed.Bytes()
	return p, nil
}

func unpack(packed []byte) (b body, err error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return b, err
	}
	return b, errors.Join(json.NewDecoder(z).Decode(&b), z.Close())
}

// addVersion writes v as the newest in its language and carries the
// annotations of the one before over to it.
func (s *Store) addVersion(ctx context.Context, tx *sql.Tx, v packedVersion, number int64) error {
	before, err := currentIn(ctx, tx, v.Document, v.Language)
	if err != nil {
		return err
	}
	if v.Number, err = nextIn(ctx, tx, v.Document, v.Language); err != nil {
		return err
	}
	v.Imported = now()
	_, err = tx.ExecContext(ctx, `
		INSERT INTO versions (id, document, language, version, source, format, sha256, imported, length, passages, articles, number, remarks, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		v.ID, v.Document, v.Language, v.Number, v.Source, v.Format, v.SHA256, v.Imported, v.length, v.passages, v.articles, number,
		strings.Join(v.Remarks, "\n"), v.body)
	if err != nil || before == "" {
		return err
	}
	return s.carryAll(ctx, tx, before, newCached(&v.Version))
}

// currentIn returns the id of the current version in a language, "" if there is
// none.
func currentIn(ctx context.Context, q querier, document, language string) (id string, err error) {
	err = q.QueryRowContext(ctx, "SELECT id FROM current_versions WHERE document = ? AND language = ?", document, language).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// nextIn returns the number that the next version in a language has.
func nextIn(ctx context.Context, q querier, document, language string) (number int, err error) {
	err = q.QueryRowContext(ctx, "SELECT COALESCE(MAX(version), 0) + 1 FROM versions WHERE document = ? AND language = ?", document, language).
		Scan(&number)
	return number, err
}

// Version returns a version with its text and structure; ErrNotFound if there
// is none with this id. The version is shared: it must not be changed.
func (s *Store) Version(ctx context.Context, _ annotations.Asker, id string) (*index.Version, error) {
	cached, err := s.cachedVersion(ctx, s.reader, id)
	if err != nil {
		return nil, because(err, "reading a version")
	}
	return cached.version, nil
}

// Paged returns those of some versions whose source has pages, by their ids. They
// are shared: they must not be changed.
func (s *Store) Paged(ctx context.Context, asker annotations.Asker, ids []string) (map[string]*index.Version, error) {
	paged, err := list(ctx, s.reader, scanText, "SELECT id FROM versions WHERE format = 'pdf' AND id IN ("+holders(len(ids))+")", anys(ids)...)
	if err != nil {
		return nil, because(err, "looking for versions with pages")
	}
	found := make(map[string]*index.Version, len(paged))
	for _, id := range paged {
		if found[id], err = s.Version(ctx, asker, id); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// cachedVersion returns a version and what is derived from it.
func (s *Store) cachedVersion(ctx context.Context, q querier, id string) (*cachedVersion, error) {
	if cached := s.versions.get(id); cached != nil {
		return cached, nil
	}
	v, err := readVersion(ctx, q, id)
	if err != nil {
		return nil, err
	}
	cached := newCached(v)
	s.versions.put(id, cached)
	return cached, nil
}

// readVersion reads a version from the database.
func readVersion(ctx context.Context, q querier, id string) (*index.Version, error) {
	v := &index.Version{ID: id}
	var packed []byte
	var remarks string
	err := q.QueryRowContext(ctx, "SELECT document, version, language, source, format, sha256, imported, remarks, body FROM versions WHERE id = ?", id).
		Scan(&v.Document, &v.Number, &v.Language, &v.Source, &v.Format, &v.SHA256, &v.Imported, &remarks, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, refuse(ErrNotFound, "There is no version %q.", id)
	}
	if err != nil {
		return nil, err
	}
	b, err := unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("the text of version %s is damaged: %w", id, err)
	}
	v.Text, v.Blocks, v.Provisions, v.Pages = b.Text, b.Blocks, b.Provisions, b.Pages
	v.Remarks = linesOf(remarks)
	return v, nil
}

// linesOf returns the lines of a column that holds several; nil for none.
func linesOf(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(column, "\n")
}

// cachedVersion is a version in memory and what is derived from it, made when
// it is first asked for. It is immutable, as versions are.
type cachedVersion struct {
	version    *index.Version
	passages   func() []index.Passage
	text       func() *anchor.Text
	references func() []index.Reference
	places     func() *index.Places
	pinpoints  func() map[string]string // by the id of the provision
}

func newCached(v *index.Version) *cachedVersion {
	return &cachedVersion{
		version:    v,
		passages:   sync.OnceValue(v.Passages),
		text:       sync.OnceValue(func() *anchor.Text { return anchor.NewText(v.Text) }),
		references: sync.OnceValue(func() []index.Reference { return index.FindReferences(v) }),
		places:     sync.OnceValue(func() *index.Places { return index.NewPlaces(v) }),
		pinpoints: sync.OnceValue(func() map[string]string {
			known := make(map[string]string, len(v.Provisions))
			for i, pinpoint := range v.Pinpoints() {
				known[v.Provisions[i].ID] = pinpoint
			}
			return known
		}),
	}
}

// versionsMemory is about how many bytes of versions are kept at most.
const versionsMemory = 64 << 20

// A versionCache holds the versions used last, and always the very last. The zero
// value is ready.
type versionCache struct {
	mu    sync.Mutex
	order recent.List // of cacheEntry, the one used last in front
	byID  map[string]*recent.Element
	held  int // sizes of all together
}

type cacheEntry struct {
	id     string
	cached *cachedVersion
	size   int
}

// size returns about how many bytes a version takes, with its passages and
// pinpoints, as measured on some hundred treaties.
func (c *cachedVersion) size() int {
	return 1<<10 + len(c.version.Text) + 40*len(c.version.Blocks) + 450*len(c.version.Provisions)
}

// get returns nil if the version is not in the cache.
func (c *versionCache) get(id string) *cachedVersion {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.byID[id]
	if !ok {
		return nil
	}
	c.order.MoveToFront(element)
	return element.Value.(cacheEntry).cached
}

func (c *versionCache) put(id string, cached *cachedVersion) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byID == nil {
		c.byID = map[string]*recent.Element{}
	}
	if _, ok := c.byID[id]; ok {
		return
	}
	entry := cacheEntry{id: id, cached: cached, size: cached.size()}
	c.byID[id] = c.order.PushFront(entry)
	c.held += entry.size
	for c.held > versionsMemory && c.order.Len() > 1 {
		oldest := c.order.Remove(c.order.Back()).(cacheEntry)
		delete(c.byID, oldest.id)
		c.held -= oldest.size
	}
}
