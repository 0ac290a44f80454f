package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme/autocert"
)

// security says how requests come in: in the clear, by TLS with certificates
// that are had by themselves, by TLS with those in files, or through a proxy.
type security struct {
	TLSDomain    []string `name:"tls-domain" help:"Names to get certificates for from Let's Encrypt, whose terms are thereby accepted; --listen must be reachable at port 443." env:"GLOSSATOR_TLS_DOMAIN" placeholder:"NAME"`
	TLSCertFile  string   `name:"tls-cert-file" help:"Certificate in PEM with what leads to its root; read again when it changes." env:"GLOSSATOR_TLS_CERT_FILE" type:"path" placeholder:"FILE"`
	TLSKeyFile   string   `name:"tls-key-file" help:"Private key of the certificate in PEM." env:"GLOSSATOR_TLS_KEY_FILE" type:"path" placeholder:"FILE"`
	TLSRedirect  string   `name:"tls-redirect" help:"Address that leads to the one with TLS, such as :80." env:"GLOSSATOR_TLS_REDIRECT" placeholder:"ADDRESS"`
	TrustedProxy []proxy  `help:"Addresses or networks of proxies whose word on where a request comes from is believed; no other's is." env:"GLOSSATOR_TRUSTED_PROXY" placeholder:"ADDRESS"`
}

// certificates is the folder of the data folder where certificates are kept.
const certificates = "certificates"

// errTLS means that the flags of TLS do not go together.
var errTLS = errors.New("TLS is not set up")

// Validate refuses flags that do not go together.
func (s security) Validate() error {
	switch {
	case (s.TLSCertFile == "") != (s.TLSKeyFile == ""):
		return fmt.Errorf("%w: --tls-cert-file and --tls-key-file need each other", errTLS)
	case s.TLSCertFile != "" && len(s.TLSDomain) > 0:
		return fmt.Errorf("%w: either --tls-domain or --tls-cert-file", errTLS)
	case s.TLSRedirect != "" && !s.secure():
		return fmt.Errorf("%w: --tls-redirect needs --tls-domain or --tls-cert-file", errTLS)
	}
	return nil
}

// secure reports whether requests come in by TLS.
func (s security) secure() bool { return len(s.TLSDomain) > 0 || s.TLSCertFile != "" }

// site is the address that people use if nobody says otherwise.
func (s security) site(listener net.Listener) string {
	switch {
	case len(s.TLSDomain) > 0:
		return "https://" + s.TLSDomain[0]
	case s.secure():
		return "https://" + called(listener.Addr())
	default:
		return "http://" + called(listener.Addr())
	}
}

// called returns how this machine calls an address that it listens on: all of its
// addresses together are none that a browser opens.
func called(address net.Addr) string {
	host, port, err := net.SplitHostPort(address.String())
	if err == nil && net.ParseIP(host).IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	return address.String()
}

// networks returns the proxies that are believed.
func (s security) networks() []netip.Prefix {
	networks := make([]netip.Prefix, len(s.TrustedProxy))
	for i, proxy := range s.TrustedProxy {
		networks[i] = netip.Prefix(proxy)
	}
	return networks
}

// secured wraps listener in TLS if flags say so. What answers at --tls-redirect
// comes with it: it leads to where, and proves to who gives out certificates
// that the domain is ours.
func (s security) secured(listener net.Listener, data string, where *url.URL) (net.Listener, http.Handler, error) {
	lead := leading(where)
	switch {
	case len(s.TLSDomain) > 0:
		manager := &autocert.Manager{
			Prompt:     autocert.AcceptTOS,
			HostPolicy: autocert.HostWhitelist(s.TLSDomain...),
			Cache:      autocert.DirCache(filepath.Join(data, certificates)),
		}
		config := manager.TLSConfig()
		config.MinVersion = tls.VersionTLS12
		return tls.NewListener(listener, config), manager.HTTPHandler(lead), nil
	case s.TLSCertFile != "":
		pair := &certificateFiles{certificate: s.TLSCertFile, key: s.TLSKeyFile}
		if _, err := pair.current(nil); err != nil {
			return nil, nil, err
		}
		config := &tls.Config{GetCertificate: pair.current, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
		return tls.NewListener(listener, config), lead, nil
	}
	return listener, nil, nil
}

// leading answers that the same is to be had at another address by HTTPS.
func leading(where *url.URL) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		there := *where
		there.Path, there.RawPath, there.RawQuery = r.URL.Path, r.URL.RawPath, r.URL.RawQuery
		http.Redirect(w, r, there.String(), http.StatusPermanentRedirect) //nolint:gosec // its host is the public address of the settings
	})
}

// lookTime is how long a certificate is taken as it was read.
const lookTime = 10 * time.Second

// certificateFiles gives the certificate in two files. When they change they are
// read again; while they cannot be, the last one that could stays.
type certificateFiles struct {
	certificate, key string

	mu     sync.Mutex
	read   *tls.Certificate
	times  [2]time.Time
	looked time.Time
}

func (f *certificateFiles) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.read != nil && time.Since(f.looked) < lookTime {
		return f.read, nil
	}
	f.looked = time.Now()
	times, err := changed(f.certificate, f.key)
	if err == nil && f.read != nil && times == f.times {
		return f.read, nil
	}
	pair, loadErr := tls.LoadX509KeyPair(f.certificate, f.key)
	switch err = errors.Join(err, loadErr); {
	case err == nil:
		f.read, f.times = &pair, times
	case f.read == nil:
		return nil, fmt.Errorf("the certificate: %w", err)
	default:
		slog.Error("the new certificate cannot be used", "reason", err)
	}
	return f.read, nil
}

func changed(names ...string) (times [2]time.Time, err error) {
	for i, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return times, err
		}
		times[i] = info.ModTime()
	}
	return times, nil
}

// A proxy is an address or a network such as 10.0.0.0/8.
type proxy netip.Prefix

// UnmarshalText reads an address or a network.
func (p *proxy) UnmarshalText(text []byte) error {
	if !strings.Contains(string(text), "/") {
		address, err := netip.ParseAddr(string(text))
		if err != nil {
			return err
		}
		*p = proxy(netip.PrefixFrom(address, address.BitLen()))
		return nil
	}
	network, err := netip.ParsePrefix(string(text))
	*p = proxy(network.Masked())
	return err
}

// MarshalText writes it as a network.
func (p proxy) MarshalText() ([]byte, error) { return netip.Prefix(p).MarshalText() }

// lead answers at address with what leads to the address by TLS, until ctx ends.
func lead(ctx context.Context, address string, handler http.Handler) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", address, err)
	}
	return serve(ctx, listener, handler, operatorsDrainTime)
}
