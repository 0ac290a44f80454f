package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
)

// worthZipping is the size in bytes above which an answer is sent gzipped.
const worthZipping = 1 << 10

// answerJSON writes value as the answer.
func answerJSON(c echo.Context, status int, value any) error {
	content, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("writing an answer: %w", err)
	}
	return answer(c, status, "application/json", content)
}

// answer writes content as the answer, gzipped if that is worth it.
func answer(c echo.Context, status int, contentType string, content []byte) error {
	if len(content) > worthZipping && takes(c, inGzip) {
		c.Response().Header().Set(echo.HeaderContentEncoding, inGzip)
		b := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(b)
		b.Reset()
		quick.zip(b, content)
		content = b.Bytes()
	}
	return send(c, status, contentType, content)
}

func send(c echo.Context, status int, contentType string, content []byte) error {
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(len(content)))
	return c.Blob(status, contentType, content)
}

func gone(c echo.Context) error { return c.NoContent(http.StatusNoContent) }

// takes reports whether the asker takes a content coding, on which the answer
// then depends.
func takes(c echo.Context, coding string) bool {
	if h := c.Response().Header(); !slices.Contains(h.Values(echo.HeaderVary), echo.HeaderAcceptEncoding) {
		h.Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
	}
	return strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), coding)
}

// A zipper gzips. Its writers are used again: a new one costs more than most
// answers.
type zipper struct{ writers sync.Pool }

var (
	quick    = newZipper(gzip.BestSpeed) // for what is sent once
	thorough = newZipper(6)              // for what is kept
)

func newZipper(level int) *zipper {
	return &zipper{sync.Pool{New: func() any {
		w, err := gzip.NewWriterLevel(nil, level)
		if err != nil {
			panic(err) // only for a level that does not exist
		}
		return w
	}}}
}

// zip adds content, gzipped, to b.
func (z *zipper) zip(b *bytes.Buffer, content []byte) {
	w := z.writers.Get().(*gzip.Writer)
	defer z.writers.Put(w)
	w.Reset(b)
	if _, err := w.Write(content); err != nil {
		panic(err) // a bytes.Buffer takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
}

// buffers are those of answers that have been sent.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
