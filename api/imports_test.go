package api_test

import (
	"bytes"
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
