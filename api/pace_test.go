package api

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

// impatient waits an instant, and for a megabyte a second.
var impatient = pace{slack: 50 * time.Millisecond, rate: 1 << 20}

// TestDrippingSender sends a body byte by byte: its reading is given up and the
// connection closed, long before the body would be there.
func TestDrippingSender(t *testing.T) {
	outcome := make(chan error, 1)
	connection := pacedServer(t, func(c echo.Context) error {
		_, err := io.Copy(io.Discard, c.Request().Body)
		outcome <- err
		return err
	})
	if _, err := fmt.Fprintf(connection, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", 1<<30); err != nil {
		t.Fatal(err)
	}
	for drip := time.NewTicker(5 * time.Millisecond); ; <-drip.C {
		if _, err := connection.Write([]byte("x")); err != nil {
			break // closed at the other end
		}
	}
	if err := <-outcome; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the reading of the body ended with %v", err)
	}
}

// TestDrippingTaker asks for more than fits between, and takes none of it.
func TestDrippingTaker(t *testing.T) {
	outcome := make(chan error, 1)
	connection := pacedServer(t, func(c echo.Context) error {
		_, err := io.Copy(c.Response(), io.LimitReader(zeroes{}, 1<<30))
		outcome <- err
		return err
	})
	if _, err := io.WriteString(connection, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := <-outcome; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the writing of the answer ended with %v", err)
	}
}

// TestPaced holds that the time which the server needs itself does not count, on
// a connection that is used again.
func TestPaced(t *testing.T) {
	server := httptest.NewServer(pacedHandler(func(c echo.Context) error {
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		select {
		case <-c.Request().Context().Done():
			return c.Request().Context().Err()
		case <-time.After(2 * impatient.slack):
		}
		return c.Blob(http.StatusOK, "text/plain", body)
	}))
	defer server.Close()
	for range 2 {
		response, err := http.Post(server.URL, "text/plain", io.LimitReader(zeroes{}, 1<<20))
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		if n != 1<<20 || err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("%d bytes came back, status %d, %v", n, response.StatusCode, err)
		}
	}
}

type zeroes struct{}

func (zeroes) Read(into []byte) (int, error) {
	clear(into)
	return len(into), nil
}

func pacedHandler(handle echo.HandlerFunc) http.Handler {
	e := echo.New()
	e.Use(impatient.paced)
	e.Any("/", handle)
	return e
}

// pacedServer returns a connection to a server that is impatient.
func pacedServer(t *testing.T, handle echo.HandlerFunc) net.Conn {
	server := httptest.NewServer(pacedHandler(handle))
	t.Cleanup(server.Close)
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return connection
}
