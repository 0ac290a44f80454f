package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"glossator/annotations/interchange"
	"glossator/annotations/store"
	"glossator/annotations/transfer"
	"glossator/index"
	"glossator/index/query"
)

// Errors of the API's own. What wraps them says, after a colon, what was wrong
// and how to mend it.
var (
	errRequest   = errors.New("the request is not valid")
	errMedia     = errors.New("a body of this type is not taken here")
	errSignIn    = errors.New("not signed in")
	errForbidden = errors.New("not allowed")
	errNotFound  = errors.New("not found")
	errSlow      = errors.New("the search took too long")
)

// A failure is what an error looks like from outside.
type failure struct {
	is     func(error) bool
	status int
	kind   string // ends the problem's type; "" for about:blank
	title  string
	words  func(error) string // the problem's detail
}

// failures are asked in order; the first that fits answers. An error that none
// fits is internal: it is logged and its words are kept from the asker.
var failures = []failure{
	{as[*query.Error], 400, "query", "The query cannot be read", queryWords},
	{as[*query.SynonymError], 422, "synonyms", "The synonyms cannot be read", synonymWords},
	{as[*http.MaxBytesError], 413, "too-large", "The request is too large", limitWords},
	{is(os.ErrDeadlineExceeded), 408, "", "Request Timeout", fixed("It came too slowly; send it again over a better connection, or less at a time.")},
	said(errRequest, 400, "request", "The request is not valid"),
	said(errCeremony, 400, "ceremony", "The passkey cannot be used like this"),
	said(errNoPasskeys, 409, "passkeys", "Passkeys cannot work here"),
	said(errMedia, 415, "media", "The body is of a type that is not taken here"),
	said(index.ErrTooCostly, 400, "costly", "The query would cost too much"),
	said(interchange.ErrFormat, 400, "annotation", "This is not an annotation"),
	said(errAcceptable, 406, "acceptable", "It does not come in that form"),
	said(errFixed, 409, "conflict", "In conflict with what is there"),
	said(errGone, 410, "gone", "Deleted"),
	said(errPrecondition, 412, "precondition", "It has changed since"),
	said(transfer.ErrPlace, 422, "place", "The annotation has no place here"),
	{is(errTooMany), 429, "too-many", "Too many requests", func(err error) string {
		var wait *waitError
		errors.As(err, &wait)
		return sentence(wait.Error())
	}},
	said(errSlow, 503, "slow", "The search took too long"),
	said(store.ErrFull, 503, "post", "Letters do not go out"),
	said(errProvider, 503, "provider", "The provider does not answer"),
	said(errSignIn, 401, "sign-in", "Not signed in"),
	said(store.ErrCredentials, 401, "credentials", "Not signed in"),
	said(errForbidden, 403, "forbidden", "Not allowed"),
	said(store.ErrUnconfirmed, 403, "confirm", "Say again that it is you"),
	said(store.ErrForbidden, 403, "forbidden", "Not allowed"),
	said(errNotFound, 404, "not-found", "Not found"),
	said(store.ErrNotFound, 404, "not-found", "Not found"),
	said(index.ErrNotFound, 404, "not-found", "Not found"),
	said(store.ErrConflict, 409, "conflict", "In conflict with what is there"),
	said(transfer.ErrFormat, 422, "format", "The file cannot be read"),
	said(interchange.ErrFile, 422, "format", "The file cannot be read"),
	said(interchange.ErrEmpty, 422, "empty", "There is nothing to write"),
	said(store.ErrInvalid, 422, "invalid", "This cannot be kept as it is"),
	{store.NoRoom, 507, "no-room", "No room on the disk", fixed("There is no room left on this server's disk, so nothing was written. " +
		"Reading and searching go on. Try again when whoever runs the server has made room.")},
	{store.ReadOnly, 503, "read-only", "The disk cannot be written", fixed("This server's disk takes no writes, so nothing was written. " +
		"Reading and searching go on. Whoever runs the server finds the reason in the log of its system.")},
	{store.DiskFault, 503, "disk", "The disk fails", fixed("This server's disk does not do what it is told, so nothing was written. " +
		"Whoever runs the server looks after the disk first, then runs glossator check.")},
	{store.Damaged, 503, "damaged", "The database is damaged", fixed("This server's database is not whole. " +
		"Whoever runs the server stops it and runs glossator check, then glossator repair or restore.")},
	{is(echo.ErrNotFound), 404, "", "Not Found", fixed("There is nothing at this address; /api/openapi.yaml lists what there is.")},
	{is(echo.ErrMethodNotAllowed), 405, "", "Method Not Allowed", fixed("The Allow header of this answer says which methods there are.")},
	{is(context.Canceled), 499, "", "Client Closed Request", fixed("Nobody waits for this answer any more.")},
}

// A problem is the body of an error's answer (RFC 9457).
type problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail,omitempty"`
	Request  string `json:"request"`
	Position *int   `json:"position,omitempty"`
	Length   *int   `json:"length,omitempty"`
	Repair   string `json:"repair,omitempty"`
	Line     int    `json:"line,omitempty"`
	Reason   string `json:"reason,omitempty"` // the detail, for the Hypothesis client
}

// ofDisk reports whether whoever runs the server has to do something.
func (p problem) ofDisk() bool {
	return slices.Contains([]string{"/problems/no-room", "/problems/read-only", "/problems/disk", "/problems/damaged"}, p.Type)
}

// fail answers a request that ended in err. An internal error is logged here
// and nowhere else.
func (s *Server) fail(err error, c echo.Context) {
	response := c.Response()
	id := response.Header().Get(echo.HeaderXRequestID)
	p, known := problemOf(err)
	p.Request = id
	if strings.HasPrefix(c.Request().URL.Path, hypothesisAPI) {
		p.Reason = p.Detail
	}
	if !known || p.ofDisk() {
		s.Logger.LogAttrs(c.Request().Context(), slog.LevelError, "internal error",
			slog.String("route", c.Path()), slog.String("request", id), slog.Any("error", err))
	}
	if response.Committed {
		return
	}
	retryLater(c, err)
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // a problem is text and numbers
	}
	if p.Status == http.StatusUnauthorized {
		response.Header().Set("WWW-Authenticate", `Bearer realm="glossator"`)
	}
	response.Header().Set("Cache-Control", "no-store")
	if err := send(c, p.Status, "application/problem+json", body); err != nil {
		s.Logger.LogAttrs(c.Request().Context(), slog.LevelDebug, "nobody took an answer",
			slog.String("request", id), slog.Any("error", err))
	}
}

// slowWait is after how many seconds a search that took too long is worth trying
// again: most often others took the processors.
const slowWait = 5

// retryLater says in how many seconds it is worth trying again, if err says so.
func retryLater(c echo.Context, err error) {
	var seconds int
	var wait *waitError
	switch {
	case errors.As(err, &wait):
		seconds = wait.seconds()
	case errors.Is(err, errSlow):
		seconds = slowWait
	default:
		return
	}
	c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
}

// problemOf returns the answer to err and whether err is in the table.
func problemOf(err error) (problem, bool) {
	for _, f := range failures {
		if !f.is(err) {
			continue
		}
		p := problem{Type: "about:blank", Title: f.title, Status: f.status, Detail: f.words(err)}
		if f.kind != "" {
			p.Type = "/problems/" + f.kind
		}
		if syntax := (*query.Error)(nil); errors.As(err, &syntax) {
			p.Position, p.Length, p.Repair = &syntax.Position, &syntax.Length, syntax.Repair
		}
		if synonyms := (*query.SynonymError)(nil); errors.As(err, &synonyms) {
			p.Line = synonyms.Line
		}
		return p, true
	}
	return problem{
		Type: "about:blank", Title: "Internal Server Error", Status: http.StatusInternalServerError,
		Detail: "internal error; the log has more under the id of this request",
	}, false
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func as[T error](err error) bool {
	var target T
	return errors.As(err, &target)
}

// said is the failure of what wraps sentinel. Whoever wraps it directly says
// what was wrong; what is wrapped around that is for logs.
func said(sentinel error, status int, kind, title string) failure {
	return failure{is(sentinel), status, kind, title, func(err error) string {
		if outer := wrapping(err, sentinel); outer != nil {
			err = outer
		}
		return sentence(strings.TrimPrefix(err.Error(), sentinel.Error()+": "))
	}}
}

// wrapping returns the error in the tree of err that wraps sentinel directly;
// nil if there is none.
func wrapping(err, sentinel error) error {
	var inner []error
	switch e := err.(type) { //nolint:errorlint // this walks the tree itself
	case interface{ Unwrap() error }:
		inner = []error{e.Unwrap()}
	case interface{ Unwrap() []error }:
		inner = e.Unwrap()
	}
	for _, e := range inner {
		if e == sentinel { //nolint:errorlint // what wraps it is wanted, not whether it is wrapped
			return err
		}
		if found := wrapping(e, sentinel); found != nil {
			return found
		}
	}
	return nil
}

// sentence begins words with a capital letter and ends them with a full stop.
func sentence(words string) string {
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	words = string(unicode.ToUpper(first)) + words[size:]
	if strings.HasSuffix(words, ".") {
		return words
	}
	return words + "."
}

func fixed(words string) func(error) string { return func(error) string { return words } }

func queryWords(err error) string {
	var syntax *query.Error
	errors.As(err, &syntax)
	return sentence(syntax.Reason)
}

func limitWords(err error) string {
	var limit *http.MaxBytesError
	errors.As(err, &limit)
	return fmt.Sprintf("It may have at most %d MB; send less at a time.", limit.Limit>>20)
}
