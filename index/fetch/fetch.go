// Package fetch brings what is at an address of the web, politely and within
// bounds: one request at a time with a pause between those to one host,
// conditional where something was brought before, again after a while where
// that may help. It trusts no server.
package fetch

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Bounds, unless a Fetcher has others.
const (
	MaxSize      = 64 << 20        // bytes of an answer
	Timeout      = 2 * time.Minute // for one attempt, from the connection to the last byte
	Attempts     = 4
	MaxRedirects = 5
	Pause        = time.Second // before the next request to a host, and the first before trying again; then twice that, ...
	LongestWait  = time.Minute // that a server may ask for with Retry-After
)

// Reasons why nothing was brought. The error that wraps one says what to do.
var (
	ErrAddress   = errors.New("the address cannot be used")
	ErrPrivate   = errors.New("the address is of a private network")
	ErrNotThere  = errors.New("nothing is at the address any more")
	ErrRefused   = errors.New("the server refuses to give it")
	ErrServer    = errors.New("the server has a fault")
	ErrTooLarge  = errors.New("what is there is too large")
	ErrTruncated = errors.New("the answer broke off")
	ErrTLS       = errors.New("the server cannot prove who it is")
	ErrSlow      = errors.New("the server is too slow")
	ErrReach     = errors.New("the server cannot be reached")
	ErrRedirects = errors.New("the address leads on and on")
)

// A Fetcher fetches. The zero value is ready; it is for one goroutine.
type Fetcher struct {
	Agent        string         // User-Agent: who asks, and where to complain
	AllowPrivate bool           // whether addresses of this machine and of private networks may be asked, too
	Roots        *x509.CertPool // who may vouch for servers; nil for whom the system trusts
	MaxSize      int64          // 0 for the constant, as with the others
	Timeout      time.Duration
	Pause        time.Duration

	client *http.Client
	asked  map[string]time.Time // when a host was asked last
}

// A Known is what was brought from an address before; the zero value if nothing
// was.
type Known struct {
	ETag     string
	Modified string // Last-Modified, as the server wrote it
}

// A Result is what is at an address.
type Result struct {
	Unchanged bool   // since what is Known; all else is then empty
	Data      []byte // the body, whole
	Type      string // Content-Type, without parameters
	Address   string // where it was in the end, after redirects
	SHA256    string // of Data, in hex
	ETag      string
	Modified  string
}

// Get brings what is at an address. It fails with one of the errors above or, if
// ctx ends, with that of ctx.
func (f *Fetcher) Get(ctx context.Context, address string, known Known) (Result, error) {
	at, err := url.Parse(address)
	if err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
		return Result{}, fmt.Errorf("%w: %q is not one of the web", ErrAddress, address)
	}
	for attempt := 1; ; attempt++ {
		if err := f.pause(ctx, at.Host); err != nil {
			return Result{}, err
		}
		result, wait, err := f.try(ctx, at, known)
		f.asked[at.Host] = time.Now()
		if err == nil || ctx.Err() != nil {
			return result, errors.Join(err, ctx.Err())
		}
		if !worthTrying(err) || attempt == Attempts {
			return Result{}, err
		}
		if wait > LongestWait {
			return Result{}, fmt.Errorf("%w; it asks to be left alone for %s: fetch again after that", err, wait.Round(time.Second))
		}
		if err := sleep(ctx, max(wait, orElse(f.Pause, Pause)<<(attempt-1))); err != nil {
			return Result{}, err
		}
	}
}

// worthTrying reports whether asking again may help.
func worthTrying(err error) bool {
	for _, passing := range []error{ErrServer, ErrTruncated, ErrSlow, ErrReach} {
		if errors.Is(err, passing) {
			return true
		}
	}
	return false
}

// pause waits until a host may be asked again.
func (f *Fetcher) pause(ctx context.Context, host string) error {
	if f.asked == nil {
		f.asked = map[string]time.Time{}
	}
	last, asked := f.asked[host]
	if !asked {
		return ctx.Err()
	}
	return sleep(ctx, time.Until(last.Add(orElse(f.Pause, Pause))))
}

func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// try asks once. wait is how long the server wants to be left alone before it is
// asked again, 0 if it does not say.
func (f *Fetcher) try(ctx context.Context, at *url.URL, known Known) (result Result, wait time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, orElse(f.Timeout, Timeout))
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return Result{}, 0, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	request.Header.Set("User-Agent", f.Agent)
	request.Header.Set("Accept", "application/xhtml+xml, text/html, application/xml, application/pdf, */*;q=0.5")
	setIf(request.Header, "If-None-Match", known.ETag)
	setIf(request.Header, "If-Modified-Since", known.Modified)
	response, err := f.transport().Do(request)
	if err != nil {
		return Result{}, 0, f.explain(err)
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if response.StatusCode == http.StatusNotModified {
		return Result{Unchanged: true}, 0, nil
	}
	if err := statusError(response); err != nil {
		return Result{}, retryAfter(response.Header.Get("Retry-After"), time.Now()), err
	}
	result, err = f.read(response)
	return result, 0, err
}

func setIf(header http.Header, name, value string) {
	if value != "" {
		header.Set(name, value)
	}
}

// read takes in a body that is all there and not too large.
func (f *Fetcher) read(response *http.Response) (Result, error) {
	most := orElse(f.MaxSize, MaxSize)
	if response.ContentLength > most {
		return Result{}, tooLarge(most)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err != nil {
		return Result{}, f.explain(err)
	}
	if int64(len(data)) > most {
		return Result{}, tooLarge(most)
	}
	kind, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";")
	sum := sha256.Sum256(data)
	return Result{
		Data: data, Type: strings.ToLower(strings.TrimSpace(kind)), Address: response.Request.URL.String(), SHA256: hex.EncodeToString(sum[:]),
		ETag: response.Header.Get("ETag"), Modified: response.Header.Get("Last-Modified"),
	}, nil
}

func tooLarge(most int64) error {
	return fmt.Errorf("%w: more than %d MB; save it yourself, split it, and import the parts", ErrTooLarge, most>>20)
}

func orElse[T comparable](value, other T) T {
	var zero T
	if value == zero {
		return other
	}
	return value
}
