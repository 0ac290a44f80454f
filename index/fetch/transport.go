package fetch

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"
)

// transport returns the client, made at the first call: one connection to a
// host, no cookies, no proxy, and each address looked at once its name is
// resolved, redirects' too, so that no name can stand for a private one.
func (f *Fetcher) transport() *http.Client {
	if f.client == nil {
		dialer := &net.Dialer{Timeout: 20 * time.Second, Control: f.control}
		f.client = &http.Client{
			Transport: &http.Transport{
				DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: f.Roots, MinVersion: tls.VersionTLS12},
				MaxConnsPerHost: 1, TLSHandshakeTimeout: 20 * time.Second, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 1 << 20,
			},
			CheckRedirect: checkRedirect,
		}
	}
	return f.client
}

// checkRedirect bounds redirects and keeps them from leaving TLS.
func checkRedirect(request *http.Request, before []*http.Request) error {
	if len(before) > MaxRedirects {
		return fmt.Errorf("%w: more than %d times; find the address of the text itself", ErrRedirects, MaxRedirects)
	}
	if scheme := request.URL.Scheme; scheme != "https" && (scheme != "http" || before[0].URL.Scheme == "https") {
		return fmt.Errorf("%w: it leads to %s, which anybody between could change", ErrAddress, request.URL.Redacted())
	}
	return nil
}

// control refuses to connect to an address that is not of the public network.
func (f *Fetcher) control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAddress, err)
	}
	if !f.AllowPrivate && !public(at.Addr().Unmap()) {
		return fmt.Errorf("%w: it stands for %s; if that is meant, allow private addresses", ErrPrivate, at.Addr())
	}
	return nil
}

// shared are ranges that are not of the public network and that netip does not
// know: between carriers and customers (RFC 6598), protocol assignments (RFC
// 6890), documentation (RFC 5737, RFC 3849), benchmarks (RFC 2544), reserved
// (RFC 1112), site-local (RFC 3879), discarded (RFC 6666), and those that stand
// for an IPv4 address (RFC 4291, RFC 2765, RFC 6052, RFC 8215, RFC 3056, RFC 3068,
// RFC 4380), in which a private one may hide.
var shared = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("::/96"),
	netip.MustParsePrefix("::ffff:0:0:0/96"), netip.MustParsePrefix("fec0::/10"), netip.MustParsePrefix("100::/64"),
}

func public(at netip.Addr) bool {
	if !at.IsGlobalUnicast() || at.IsPrivate() {
		return false
	}
	for _, prefix := range shared {
		if prefix.Contains(at) {
			return false
		}
	}
	return true
}

// statusError says what an answer that is not the text means.
func statusError(response *http.Response) error {
	switch status := response.StatusCode; {
	case status == http.StatusOK:
		return nil
	case status == http.StatusNotFound || status == http.StatusGone:
		return fmt.Errorf("%w (%s); look for its new address, and import the file from there", ErrNotThere, response.Status)
	case status == http.StatusTooManyRequests || status >= 500:
		return fmt.Errorf("%w (%s); fetch again later", ErrServer, response.Status)
	default:
		return fmt.Errorf("%w (%s); open the address in a browser, save what it shows, and import that", ErrRefused, response.Status)
	}
}

// retryAfter reads the header of that name: seconds or a date (RFC 9110, 10.2.3).
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(value); err == nil && seconds > 0 {
		return time.Duration(min(seconds, 1<<30)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

// explain puts an error of the network in our words.
func (f *Fetcher) explain(err error) error {
	for _, ours := range []error{ErrPrivate, ErrRedirects, ErrAddress} {
		if errors.Is(err, ours) {
			return innermost(err, ours)
		}
	}
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	var timeout net.Error
	switch {
	case errors.As(err, &certificate), errors.As(err, &authority), errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Errorf("%w (%w); nothing from it can be trusted: import the file from a source that you trust", ErrTLS, err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return fmt.Errorf("%w before its end; nothing of it was taken: fetch again", ErrTruncated)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%w: not done within %s; fetch again later", ErrSlow, orElse(f.Timeout, Timeout))
	}
	return fmt.Errorf("%w (%w); check the network, then fetch again", ErrReach, err)
}

// innermost returns the error that wraps ours directly: what is around it is the
// network's.
func innermost(err, ours error) error {
	for {
		inner := errors.Unwrap(err)
		if many, ok := err.(interface{ Unwrap() []error }); ok && inner == nil {
			for _, one := range many.Unwrap() {
				if errors.Is(one, ours) {
					inner = one
				}
			}
		}
		if inner == nil || inner == ours { //nolint:errorlint // the sentinel itself
			return err
		}
		err = inner
	}
}
