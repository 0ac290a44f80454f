package api

import (
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// A pace is how slowly a client may send or take: what is sent must have come
// through after slack and the time that it takes at rate. Time that the server
// itself needs does not count.
type pace struct {
	slack time.Duration
	rate  int64 // bytes a second
}

// slowest lets a body of 64 MB take an hour.
var slowest = pace{30 * time.Second, 16 << 10}

// left returns how long may still be waited for bytes, with so many through
// before in a time.
func (p pace) left(bytes int64, waited time.Duration) time.Duration {
	return p.slack + time.Duration(float64(bytes)/float64(p.rate)*float64(time.Second)) - waited
}

// paced keeps clients that send their request or take the answer byte by byte from
// holding the server: their connection is closed.
func (p pace) paced(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		response, request := c.Response(), c.Request()
		control := http.NewResponseController(response.Writer)
		if request.Body != nil && request.Body != http.NoBody {
			request.Body = &pacedBody{ReadCloser: request.Body, pace: p, control: control}
		}
		_ = control.SetWriteDeadline(time.Time{}) // that of the answer before, on this connection
		response.Writer = &pacedWriter{ResponseWriter: response.Writer, pace: p, control: control}
		return next(c)
	}
}

type pacedBody struct {
	io.ReadCloser
	pace
	control *http.ResponseController
	bytes   int64
	waited  time.Duration
}

func (b *pacedBody) Read(into []byte) (int, error) {
	start := time.Now()
	limited := b.control.SetReadDeadline(start.Add(b.left(b.bytes, b.waited))) == nil
	n, err := b.ReadCloser.Read(into)
	b.bytes, b.waited = b.bytes+int64(n), b.waited+time.Since(start)
	if err == io.EOF && limited {
		// From here on the server reads on only to see whether anybody waits still.
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

type pacedWriter struct {
	http.ResponseWriter
	pace
	control *http.ResponseController
	bytes   int64
	waited  time.Duration
}

func (w *pacedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *pacedWriter) Write(piece []byte) (int, error) {
	start := time.Now()
	_ = w.control.SetWriteDeadline(start.Add(w.left(w.bytes+int64(len(piece)), w.waited)))
	n, err := w.ResponseWriter.Write(piece)
	w.bytes, w.waited = w.bytes+int64(n), w.waited+time.Since(start)
	return n, err
}
