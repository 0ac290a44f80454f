package api_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestTooManyCitations(t *testing.T) {
	s := newSite(t)
	for lines, want := range map[int]int{200: http.StatusOK, 201: http.StatusBadRequest} {
		response, body := s.get("stranger", "/api/citations?text="+strings.Repeat("a%3B", lines))
		if response.StatusCode != want {
			t.Errorf("%d lines: status %d, want %d: %.200s", lines, response.StatusCode, want, body)
		}
	}
}
