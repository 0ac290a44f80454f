package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/api"
	"glossator/index"
)

// upload sends a file as an editor.
func (s *site) upload(name string, content io.Reader) (*http.Response, []byte) {
	s.t.Helper()
	reader, writer := io.Pipe()
	form := multipart.NewWriter(writer)
	go func() {
		part, err := form.CreateFormFile("files", name)
		if err == nil {
			_, err = io.Copy(part, content)
		}
		writer.CloseWithError(errors.Join(err, form.Close()))
	}()
	request, err := http.NewRequest(http.MethodPost, s.URL+"/api/imports", reader)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	response := s.ask("edith", request)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response, body
}

func TestImportCompletesWhatIsKnown(t *testing.T) {
	s := newSite(t, func(c *api.Config) {
		c.Complete = func(d *index.Document) { d.Region = "the sea" }
	})
	response, body := s.upload("buoys.md", strings.NewReader("# On buoys\n\nA buoy is red or green.\n"))
	if response.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", response.StatusCode, body)
	}
	page, total, err := s.store.Documents(t.Context(), annotations.Asker{}, store.DocumentFilter{Text: "buoys"})
	if err != nil || total != 1 || page[0].Region != "the sea" {
		t.Errorf("%d documents: %+v (%v)", total, page, err)
	}
}

func TestTooLargeImportIsRefused(t *testing.T) {
	s := newSite(t)
	response, body := s.upload("sea.txt", bytes.NewReader(make([]byte, 65<<20)))
	if response.StatusCode != http.StatusRequestEntityTooLarge || !bytes.Contains(body, []byte("at most 64 MB")) {
		t.Errorf("status %d: %s", response.StatusCode, body)
	}
	if _, total, err := s.store.Documents(t.Context(), annotations.Asker{}, store.DocumentFilter{}); err != nil || total != 2 {
		t.Errorf("afterwards there are %d documents (%v), want the 2 of before", total, err)
	}
}

// TestCommentsBecomeAnnotations holds that the comments in a Word file become
// private annotations of whoever imports it, once.
func TestCommentsBecomeAnnotations(t *testing.T) {
	s := newSite(t)
	word := wordFile(t, map[string]string{
		"word/document.xml": `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t xml:space="preserve">A buoy is </w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:t>red or green</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:t>.</w:t></w:r></w:p></w:body></w:document>`,
		"word/comments.xml": `<w:comments xmlns:w="w"><w:comment w:id="0" w:author="Ann" w:date="2024-05-06T07:08:09Z"><w:p><w:r><w:t>Not blue?</w:t></w:r></w:p></w:comment></w:comments>`,
	})
	for _, want := range []string{`"remarks":["1 comment in it became private annotations"]`, `"outcome":"unchanged"`} {
		response, body := s.upload("buoys.docx", bytes.NewReader(word))
		if response.StatusCode != http.StatusOK || !bytes.Contains(body, []byte(want)) {
			t.Fatalf("status %d, want %s: %s", response.StatusCode, want, body)
		}
	}
	var margin struct {
		Annotations []struct {
			Note, Visibility string
			Target           struct{ Exact string }
		}
	}
	_, body := s.get("edith", "/api/documents/buoys")
	var document struct{ Versions []struct{ ID string } }
	if err := json.Unmarshal(body, &document); err != nil || len(document.Versions) != 1 {
		t.Fatalf("%v: %s", err, body)
	}
	for who, want := range map[string]int{"edith": 1, "stranger": 0} {
		_, body := s.get(who, "/api/versions/"+document.Versions[0].ID+"/annotations")
		margin.Annotations = nil
		if err := json.Unmarshal(body, &margin); err != nil || len(margin.Annotations) != want {
			t.Errorf("%s sees %d annotations, want %d (%v): %s", who, len(margin.Annotations), want, err, body)
		}
		for _, n := range margin.Annotations {
			if n.Target.Exact != "red or green" || n.Note != "Not blue?\n\n— Ann, in a comment in the Word file, 2024-05-06" || n.Visibility != annotations.Private {
				t.Errorf("%+v", n)
			}
		}
	}
}

// wordFile returns a Word file of these parts.
func wordFile(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := archive.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
