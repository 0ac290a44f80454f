package api

import (
	"bytes"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// A packed is an answer that does not change: its bytes, and the same gzipped
// as soon as somebody asks for that.
type packed struct {
	contentType string
	cache       string // Cache-Control
	tag         string // what its ETags are made of; one for each encoding
	plain       []byte
	zipped      func() []byte // nil if it is not worth it
}

func pack(contentType, cache, tag string, plain []byte, compress bool) *packed {
	p := &packed{contentType: contentType, cache: cache, tag: tag, plain: plain}
	if compress && len(plain) > worthZipping {
		p.zipped = sync.OnceValue(func() []byte {
			var b bytes.Buffer
			thorough.zip(&b, plain)
			return b.Bytes()
		})
	}
	return p
}

func (p *packed) etag(zipped bool) string {
	if zipped {
		return `"` + p.tag + `-gzip"`
	}
	return `"` + p.tag + `"`
}

// serve writes p, or 304 if the asker has it.
func (p *packed) serve(c echo.Context) error {
	h, request := c.Response().Header(), c.Request()
	zipped := p.zipped != nil && takesGzip(c)
	h.Set("Cache-Control", p.cache)
	h.Set("ETag", p.etag(zipped))
	if known(request, p.etag(true)) || known(request, p.etag(false)) {
		return c.NoContent(http.StatusNotModified)
	}
	if zipped {
		h.Set(echo.HeaderContentEncoding, "gzip")
		return send(c, http.StatusOK, p.contentType, p.zipped())
	}
	return send(c, http.StatusOK, p.contentType, p.plain)
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
