package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// certify makes a certificate for name, with its key, in PEM.
func certify(t *testing.T, name string) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(1000 * time.Hour),
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: encoded})
}

func writeFile(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, content, 0o600)); err != nil {
		t.Fatal(err)
	}
}

// secureServer answers "by <protocol>" by TLS as the flags say.
func secureServer(t *testing.T, flags security, data string) (address string) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = listener.Addr().String()
	if listener, _, err = flags.secured(listener, data, &url.URL{Scheme: "https", Host: "glossator.test"}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- serve(ctx, listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("by " + r.Proto)) }), time.Second)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	return address
}

// ask asks for name by TLS at address, trusting only certificate.
func ask(t *testing.T, address, name string, certificate []byte) (*http.Response, error) {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(certificate)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: name, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := (&http.Client{Transport: transport}).Do(request)
	if err == nil {
		_ = answer.Body.Close()
	}
	return answer, err
}

func TestCertificateFiles(t *testing.T) {
	folder := t.TempDir()
	flags := security{TLSCertFile: filepath.Join(folder, "site.pem"), TLSKeyFile: filepath.Join(folder, "site.key")}
	certificate, key := certify(t, "glossator.test")
	writeFile(t, flags.TLSCertFile, certificate)
	writeFile(t, flags.TLSKeyFile, key)
	answer, err := ask(t, secureServer(t, flags, folder), "glossator.test", certificate)
	if err != nil || answer.Proto != "HTTP/2.0" {
		t.Fatalf("by TLS: %v, %v", answer, err)
	}

	pair := &certificateFiles{certificate: flags.TLSCertFile, key: flags.TLSKeyFile}
	now := func() string {
		t.Helper()
		pair.looked = time.Time{}
		current, err := pair.current(nil)
		if err != nil {
			t.Fatal(err)
		}
		return current.Leaf.Subject.CommonName
	}
	if got := now(); got != "glossator.test" {
		t.Errorf("at first the certificate of %s", got)
	}
	certificate, key = certify(t, "renewed.test")
	writeFile(t, flags.TLSCertFile, certificate)
	if got := now(); got != "glossator.test" {
		t.Errorf("between certificate and key the certificate of %s", got)
	}
	writeFile(t, flags.TLSKeyFile, key)
	if got := now(); got != "renewed.test" {
		t.Errorf("renewed, the certificate of %s", got)
	}
	if err := os.Remove(flags.TLSKeyFile); err != nil {
		t.Fatal(err)
	}
	if got := now(); got != "renewed.test" {
		t.Errorf("without its key, the certificate of %s", got)
	}
	if _, _, err := flags.secured(nil, folder, nil); err == nil {
		t.Error("a server starts without its key")
	}
}

// TestDomain: certificates are kept in the data folder, and given for the names
// of the site alone.
func TestDomain(t *testing.T) {
	data := t.TempDir()
	certificate, key := certify(t, "glossator.test")
	writeFile(t, filepath.Join(data, certificates, "glossator.test"), append(key, certificate...))
	address := secureServer(t, security{TLSDomain: []string{"glossator.test"}}, data)
	if answer, err := ask(t, address, "glossator.test", certificate); err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("the site: %v, %v", answer, err)
	}
	if answer, err := ask(t, address, "elsewhere.test", certificate); err == nil {
		t.Errorf("another site is answered %d", answer.StatusCode)
	}
}

func TestLeading(t *testing.T) {
	answer := httptest.NewRecorder()
	leading(&url.URL{Scheme: "https", Host: "glossator.test:8443"}).ServeHTTP(answer,
		httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://elsewhere.test/read/a%2Fb?q=toll", nil))
	if got, want := answer.Header().Get("Location"), "https://glossator.test:8443/read/a%2Fb?q=toll"; answer.Code != http.StatusPermanentRedirect || got != want {
		t.Errorf("%d to %q, want %q", answer.Code, got, want)
	}
}

// TestCalled: what is listened on by all addresses is called by one that opens.
func TestCalled(t *testing.T) {
	for address, want := range map[string]string{
		"0.0.0.0:8080": "localhost:8080", "[::]:8080": "localhost:8080", "127.0.0.1:80": "127.0.0.1:80", "[2001:db8::1]:80": "[2001:db8::1]:80",
	} {
		if got := called(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address))); got != want {
			t.Errorf("%s is called %s, want %s", address, got, want)
		}
	}
}

func TestAddress(t *testing.T) {
	for given, right := range map[string]bool{
		"https://glossator.example.org": true, "https://glossator.example.org/": true, "http://10.0.0.7:8080": true,
		"glossator.example.org": false, "ftp://glossator.example.org": false, "//glossator.example.org": false,
		"https://example.org/glossator": false, "https://example.org/?from=here": false,
	} {
		if address, err := (serveCommand{URL: given}).address(nil); (err == nil) != right {
			t.Errorf("--url %s: %v, %v", given, address, err)
		}
	}
}

func TestSecurityFlags(t *testing.T) {
	for _, test := range []struct {
		name  string
		flags security
		right bool
	}{
		{"in the clear", security{}, true},
		{"a domain", security{TLSDomain: []string{"a.test"}, TLSRedirect: ":80"}, true},
		{"files", security{TLSCertFile: "c", TLSKeyFile: "k", TLSRedirect: ":80"}, true},
		{"no key", security{TLSCertFile: "c"}, false},
		{"no certificate", security{TLSKeyFile: "k"}, false},
		{"both", security{TLSDomain: []string{"a.test"}, TLSCertFile: "c", TLSKeyFile: "k"}, false},
		{"nowhere to lead to", security{TLSRedirect: ":80"}, false},
	} {
		if err := test.flags.Validate(); (err == nil) != test.right {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
