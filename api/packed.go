package api

import (
	"bytes"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/labstack/echo/v4"
)

// A packed is an answer that does not change: its bytes, and the same
// compressed as soon as somebody asks for that.
type packed struct {
	contentType string
	cache       string // Cache-Control
	tag         string // what its ETags are made of; one for each encoding
	plain       []byte
	smaller     map[string]func() []byte // by content coding; nil if it is not worth it
}

func pack(contentType, cache, tag string, plain []byte, compress bool) *packed {
	p := &packed{contentType: contentType, cache: cache, tag: tag, plain: plain}
	if compress && len(plain) > worthZipping {
		// What is kept is cloned: compressing makes room for as much as there was.
		p.smaller = map[string]func() []byte{
			inGzip: sync.OnceValue(func() []byte {
				var b bytes.Buffer
				thorough.zip(&b, plain)
				return bytes.Clone(b.Bytes())
			}),
			inZstd: sync.OnceValue(func() []byte { return bytes.Clone(zstandard().EncodeAll(plain, nil)) }),
		}
	}
	return p
}

// Content codings, the smallest first. Browsers take Brotli (RFC 7932) and
// Zstandard (RFC 8878) from secure addresses. A text in Zstandard is about a
// fourteenth smaller than the same in gzip; Brotli takes too long for answers that are not
// compressed beforehand.
const (
	inBrotli = "br"
	inZstd   = "zstd"
	inGzip   = "gzip"
)

var codings = []string{inBrotli, inZstd, inGzip}

// zstandard compresses well; it may be used by several at once. The level above
// makes a text a twelfth smaller, takes four times as long, while somebody waits to
// read it, and keeps 50 MB for good.
var zstandard = sync.OnceValue(func() *zstd.Encoder {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithWindowSize(1<<20), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // only for options that do not exist
	}
	return encoder
})

// etag is that of the answer in a content coding, "" for none.
func (p *packed) etag(coding string) string {
	if coding != "" {
		return `"` + p.tag + "-" + coding + `"`
	}
	return `"` + p.tag + `"`
}

// serve writes p, or 304 if the asker has it.
func (p *packed) serve(c echo.Context) error {
	h, request := c.Response().Header(), c.Request()
	coding := p.coding(c)
	h.Set("Cache-Control", p.cache)
	h.Set("ETag", p.etag(coding))
	for _, one := range append([]string{""}, codings...) {
		if known(request, p.etag(one)) {
			return c.NoContent(http.StatusNotModified)
		}
	}
	if coding != "" {
		h.Set(echo.HeaderContentEncoding, coding)
		return send(c, http.StatusOK, p.contentType, p.smaller[coding]())
	}
	return send(c, http.StatusOK, p.contentType, p.plain)
}

// coding is the smallest that the asker takes, "" for none.
func (p *packed) coding(c echo.Context) string {
	for _, one := range codings {
		if p.smaller[one] != nil && takes(c, one) {
			return one
		}
	}
	return ""
}

// known reports whether the asker says to have the answer with this ETag.
func known(r *http.Request, etag string) bool {
	for candidate := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == etag || candidate == "*" {
			return true
		}
	}
	return false
}
