package api

import (
	"errors"
	"fmt"
	"hash/maphash"
	"math"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

// Limits bound how often may be asked; the zero value does not.
type Limits struct {
	// SignIn is for attempts to sign in that fail, from one address and to one
	// account.
	SignIn Rate
	// Search is for searches of one account or, of strangers, from one address. At
	// this machine itself strangers are not limited: a proxy that is not named as
	// trusted makes all of them come from there.
	Search Rate
}

// A Rate allows something Burst times at once, and once more after each Every. The
// zero value allows it always.
type Rate struct {
	Burst int
	Every time.Duration
}

// errTooMany is wrapped by what says how long to wait.
var errTooMany = errors.New("too many requests")

// A waitError says after what time something is allowed again.
type waitError struct {
	after time.Duration
	words string
}

func (e *waitError) Error() string {
	return fmt.Sprintf("%s; try again in %s", e.words, duration(e.seconds()))
}

func (e *waitError) Unwrap() error { return errTooMany }

// seconds rounds up: whoever waits that long is not refused.
func (e *waitError) seconds() int { return max(1, int(math.Ceil(e.after.Seconds()))) }

func duration(seconds int) string {
	switch {
	case seconds == 1:
		return "a second"
	case seconds < 2*60:
		return strconv.Itoa(seconds) + " seconds"
	}
	return strconv.Itoa((seconds+59)/60) + " minutes"
}

// buckets hold how much of a rate each of many has used up. They are as many as
// there is room for: two that share one, by a chance that nobody can arrange, are
// limited together. (The algorithm is the generic cell rate algorithm of ITU-T
// I.371.)
type buckets struct {
	rate  Rate
	seed  maphash.Seed
	start time.Time

	mu    sync.Mutex
	empty [1 << 14]time.Duration // when it will be, after start
}

func newBuckets(rate Rate) *buckets {
	return &buckets{rate: rate, seed: maphash.MakeSeed(), start: time.Now()}
}

func (b *buckets) of(key string) *time.Duration {
	return &b.empty[maphash.String(b.seed, key)%uint64(len(b.empty))]
}

// take uses the rate once for key, or returns after what time that is allowed.
func (b *buckets) take(key string) (wait time.Duration) {
	if b.rate == (Rate{}) {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	at, now := b.of(key), time.Since(b.start)
	empty := max(*at, now)
	if wait := empty - now - time.Duration(b.rate.Burst-1)*b.rate.Every; wait > 0 {
		return wait
	}
	*at = empty + b.rate.Every
	return 0
}

// giveBack undoes one take.
func (b *buckets) giveBack(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	*b.of(key) -= b.rate.Every
}

// limits are what is counted against Limits.
type limits struct{ searches, attemptsFrom, attemptsAs *buckets }

func newLimits(l Limits) limits {
	return limits{newBuckets(l.Search), newBuckets(l.SignIn), newBuckets(l.SignIn)}
}

// neighbourhood returns what counts as one address: of IPv6, what one connection
// is given (RFC 6177), at most.
func neighbourhood(address string) (key string, here bool) {
	at, err := netip.ParseAddr(address)
	if err != nil {
		return address, false
	}
	if at = at.Unmap().WithZone(""); at.Is6() && !at.IsLoopback() {
		return netip.PrefixFrom(at, 64).Masked().String(), false
	}
	return at.String(), at.IsLoopback()
}

// maySearch returns a waitError if the asker searches too often.
func (s *Server) maySearch(c echo.Context, asker annotations.Asker) error {
	key, here := neighbourhood(c.RealIP())
	switch {
	case asker.SignedIn():
		key = "user " + asker.User
	case here:
		return nil
	}
	if wait := s.limits.searches.take(key); wait > 0 {
		return &waitError{wait, "there were too many searches in a short time"}
	}
	return nil
}

// searching are the paths of routes that search.
var searching = map[string]bool{
	"/api/search": true, "/api/search/export": true, "/api/concordance": true, "/api/concordance/export": true,
	"/api/lens": true, "/api/lens/export": true, "/api/complete": true, "/api/opensearch-suggest": true, "/api/tagging": true,
	"/api/versions/{version}/matches": true, "/api/versions/{version}/passages/{provision}/why": true,
	"/api/concepts/{concept}/suggestions": true, "/hypothesis/api/search": true,
}

// checkPassword returns whose name and password they are; store.ErrCredentials if
// nobody's, a waitError if too many were wrong before.
func (s *Server) checkPassword(c echo.Context, name, password string) (user annotations.User, err error) {
	err = s.guess(c, annotations.NormalLabel(name), func() error {
		user, err = s.Store.SignIn(c.Request().Context(), name, password, c.RealIP())
		return err
	})
	return user, err
}

// guess tries a password of an account, unless too many were wrong before. One
// that is right does not count.
func (s *Server) guess(c echo.Context, account string, try func() error) error {
	from, _ := neighbourhood(c.RealIP())
	if wait := s.limits.attemptsFrom.take(from); wait > 0 {
		return &waitError{wait, "there were too many attempts to sign in from your address"}
	}
	if wait := s.limits.attemptsAs.take(account); wait > 0 {
		return &waitError{wait, "there were too many attempts to sign in to this account"}
	}
	err := try()
	if !errors.Is(err, store.ErrCredentials) && !errors.Is(err, store.ErrForbidden) {
		s.limits.attemptsFrom.giveBack(from)
		s.limits.attemptsAs.giveBack(account)
	}
	return err
}
