package api_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
)

// TestScripts runs testdata/scripts/*.txt. A script is a list of exchanges, divided by
// empty lines, each a request and what is expected of its answer:
//
//	# a comment
//	as NAME                 who asks from here on: stranger, browser, or a user of the site
//	METHOD PATH             the request
//	with NAME: VALUE        a header of the request
//	> TEXT                  a line of its body, JSON
//	file NAME FIELD         a file of testdata/documents, as a field of a multipart body
//	status NUMBER           the status of the answer
//	header NAME ~ REGEXP    a header of the answer; "none" if it must not be there
//	json PATH = JSON        a value in the answer: groups.0.hits.1.pinpoint
//	json PATH ~ REGEXP
//	count PATH = NUMBER     how many values a list has
//	has TEXT, lacks TEXT    what is in the body and what is not
//	keep NAME = PATH        remembers a value; $NAME stands for it in later lines
//	keep NAME = header NAME
//
// "browser" keeps cookies; users ask with an API token. After each exchange the
// index catches up. Every exchange is checked against the contract.
func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/scripts/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, name := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			t.Parallel()
			runScript(t, name)
		})
	}
}

func runScript(t *testing.T, name string) {
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	r := &run{t: t, site: newSite(t), file: name, as: "stranger", kept: map[string]string{}}
	defer func() {
		if r.answer == nil {
			t.Errorf("%s makes no request", name)
		}
	}()
	lines := bufio.NewScanner(bytes.NewReader(content))
	for lines.Scan() {
		r.number++
		r.line(lines.Text())
	}
	r.finish()
}

// A run is a script being run.
type run struct {
	t      *testing.T
	site   *site
	file   string
	number int
	as     string
	kept   map[string]string

	request *exchange // not yet sent
	answer  *answer   // of the last request
	checked bool      // whether something was expected of it
}

// An exchange is a request in the making.
type exchange struct {
	method, path string
	header       http.Header
	body         []string
	files        [][2]string // name and field
}

// An answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (r *run) failf(format string, args ...any) {
	r.t.Helper()
	r.t.Fatalf("%s:%d: %s", r.file, r.number, fmt.Sprintf(format, args...))
}

var method = regexp.MustCompile(`^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$`)

func (r *run) line(line string) {
	line = regexp.MustCompile(`\$\w+`).ReplaceAllStringFunc(line, func(name string) string {
		if value, ok := r.kept[name[1:]]; ok {
			return value
		}
		return name
	})
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case line == "":
		r.finish()
	case strings.HasPrefix(line, "#"):
	case word == "as":
		r.as = rest
	case method.MatchString(word):
		r.finish()
		r.request = &exchange{method: word, path: rest, header: http.Header{}}
	case r.request != nil && r.describe(word, rest):
	default:
		r.send()
		r.expect(word, rest)
	}
}

// describe adds a line to the request and reports whether it belongs there.
func (r *run) describe(word, rest string) bool {
	switch word {
	case "with":
		name, value, _ := strings.Cut(rest, ": ")
		r.request.header.Set(name, value)
	case ">":
		r.request.body = append(r.request.body, rest)
	case "file":
		name, field, _ := strings.Cut(rest, " ")
		r.request.files = append(r.request.files, [2]string{name, field})
	default:
		return false
	}
	return true
}

// finish ends an exchange, of which something must have been expected.
func (r *run) finish() {
	if r.request != nil || r.answer != nil && !r.checked {
		r.failf("an exchange without any expectation")
	}
}

func (r *run) send() {
	if r.request == nil {
		return
	}
	e := r.request
	body, contentType := e.content(r)
	request, err := http.NewRequest(e.method, r.site.URL+e.path, bytes.NewReader(body))
	if err != nil {
		r.failf("%v", err)
	}
	request.Header = e.header
	if contentType != "" && request.Header.Get("Content-Type") == "" {
		request.Header.Set("Content-Type", contentType)
	}
	response := r.site.ask(r.as, request)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		r.failf("%v", err)
	}
	r.request, r.checked = nil, false
	r.answer = &answer{response.StatusCode, response.Header, content}
	if err := r.site.valid(request, body, r.answer); err != nil {
		r.failf("not as the contract says: %v\n%s", err, content)
	}
	r.site.catchUp()
}

// content returns the body of a request and its type.
func (e *exchange) content(r *run) ([]byte, string) {
	if len(e.files) == 0 {
		if len(e.body) == 0 {
			return nil, ""
		}
		return []byte(strings.Join(e.body, "\n")), "application/json"
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, file := range e.files {
		part, err := w.CreateFormFile(file[1], file[0])
		if err != nil {
			r.failf("%v", err)
		}
		content, err := os.ReadFile(filepath.Join("testdata/documents", file[0]))
		if err != nil {
			r.failf("%v", err)
		}
		if _, err := part.Write(content); err != nil {
			r.failf("%v", err)
		}
	}
	if err := w.Close(); err != nil {
		r.failf("%v", err)
	}
	return b.Bytes(), w.FormDataContentType()
}

func (r *run) expect(word, rest string) {
	if r.answer == nil {
		r.failf("an expectation before any request")
	}
	r.checked = true
	subject, op, want := cutOperator(rest)
	switch word {
	case "status":
		if got := strconv.Itoa(r.answer.status); got != rest {
			r.failf("status %s, want %s\n%s", got, rest, r.answer.body)
		}
	case "header":
		r.header(subject, want)
	case "json":
		r.json(subject, op, want)
	case "count":
		list, ok := r.value(subject).([]any)
		if !ok || strconv.Itoa(len(list)) != want {
			r.failf("%s has %d values, want %s\n%s", subject, len(list), want, r.answer.body)
		}
	case "has":
		if !bytes.Contains(r.answer.body, []byte(rest)) {
			r.failf("%q is not in\n%s", rest, r.answer.body)
		}
	case "lacks":
		if bytes.Contains(r.answer.body, []byte(rest)) {
			r.failf("%q is in\n%s", rest, r.answer.body)
		}
	case "keep":
		if name, ok := strings.CutPrefix(want, "header "); ok {
			r.kept[subject] = r.answer.header.Get(name)
			return
		}
		r.kept[subject] = fmt.Sprint(r.value(want))
	default:
		r.failf("there is no word %q in scripts", word)
	}
}

func (r *run) header(name, want string) {
	got, there := r.answer.header[http.CanonicalHeaderKey(name)]
	value := strings.Join(got, ", ")
	if want == "none" {
		if there {
			r.failf("there is a header %s: %s", name, value)
		}
		return
	}
	if !regexp.MustCompile(want).MatchString(value) {
		r.failf("header %s: %q does not match %s", name, value, want)
	}
}

func (r *run) json(path, op, want string) {
	got := r.value(path)
	if op == "~" {
		if !regexp.MustCompile(want).MatchString(fmt.Sprint(got)) {
			r.failf("%s is %v, which does not match %s", path, got, want)
		}
		return
	}
	var wanted any
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		r.failf("%s is not JSON: %v", want, err)
	}
	if !reflect.DeepEqual(got, wanted) {
		r.failf("%s is %#v, want %s\n%s", path, got, want, r.answer.body)
	}
}

// value returns the value at a path of the answer's JSON.
func (r *run) value(path string) any {
	var at any
	if err := json.Unmarshal(r.answer.body, &at); err != nil {
		r.failf("the answer is not JSON: %v\n%s", err, r.answer.body)
	}
	for _, step := range strings.Split(path, ".") {
		switch inner := at.(type) {
		case map[string]any:
			at = inner[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(inner) {
				r.failf("there is no %s in %s\n%s", step, path, r.answer.body)
			}
			at = inner[i]
		default:
			r.failf("there is no %s in %s\n%s", step, path, r.answer.body)
		}
	}
	return at
}

// cutOperator cuts "path = value" and "path ~ value".
func cutOperator(rest string) (subject, op, want string) {
	parts := strings.SplitN(rest, " ", 3)
	for len(parts) < 3 {
		parts = append(parts, "")
	}
	return parts[0], parts[1], parts[2]
}

// valid checks an exchange against the contract. A request that was refused may
// be invalid; an address that is not in the contract is not checked.
func (s *site) valid(request *http.Request, body []byte, a *answer) error {
	copied := request.Clone(request.Context())
	copied.Body = io.NopCloser(bytes.NewReader(body))
	if copied.Method == http.MethodHead {
		return nil
	}
	route, params, err := s.router.FindRoute(copied)
	if err != nil {
		return nil //nolint:nilerr // the contract says nothing of this address
	}
	input := &openapi3filter.RequestValidationInput{
		Request: copied, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true},
	}
	if a.status < 400 {
		if err := openapi3filter.ValidateRequest(request.Context(), input); err != nil {
			return fmt.Errorf("the request: %w", err)
		}
	}
	answered := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: a.status, Header: a.header, Options: input.Options,
	}
	answered.SetBodyBytes(a.body)
	if err := openapi3filter.ValidateResponse(request.Context(), answered); err != nil {
		return fmt.Errorf("the answer: %w", err)
	}
	return nil
}
