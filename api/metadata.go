package api

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

type metadataAnswer struct {
	Document index.Document `json:"document"`
	Edited   []string       `json:"edited"`
	Number   int64          `json:"number"`
	Parties  []partyAnswer  `json:"parties"`
}

// A partyAnswer is a party as a document has it.
type partyAnswer struct {
	Value      string `json:"value"`
	Name       string `json:"name"`
	Recognised bool   `json:"recognised"`
}

func answerMetadata(c echo.Context, m store.Metadata) error {
	answer := metadataAnswer{m.Document, some(m.Edited), m.Number, []partyAnswer{}}
	for _, value := range m.Document.Parties {
		_, known := index.FindParty(value)
		answer.Parties = append(answer.Parties, partyAnswer{value, index.PartyName(value), known})
	}
	return answerJSON(c, http.StatusOK, answer)
}

func (s *Server) metadata(c echo.Context, asker annotations.Asker) error {
	m, err := s.Store.Metadata(c.Request().Context(), asker, c.Param("document"))
	if err != nil {
		return err
	}
	return answerMetadata(c, m)
}

// largestNumber is the last whole number before which JSON has no gaps.
const largestNumber = 1 << 53

func (s *Server) editMetadata(c echo.Context, asker annotations.Asker) error {
	given, err := body[map[string]any](c)
	if err != nil {
		return err
	}
	edit := store.MetadataEdit{Values: index.Values{}}
	for name, value := range given {
		switch value := value.(type) {
		case float64:
			if value > largestNumber {
				return fmt.Errorf("%w: the field %q is too large", errRequest, name)
			}
			edit.Number = int64(value)
		case string:
			edit.Values[name] = []string{value}
		case []any:
			edit.Values[name] = asTexts(value)
		}
	}
	m, err := s.Store.EditMetadata(c.Request().Context(), asker.User, c.Param("document"), edit)
	if err != nil {
		return err
	}
	return answerMetadata(c, m)
}

// asTexts returns a list of texts that the contract has checked.
func asTexts(values []any) []string {
	list := make([]string, 0, len(values))
	for _, value := range values {
		if text, ok := value.(string); ok {
			list = append(list, text)
		}
	}
	return list
}

func (s *Server) restoreMetadata(c echo.Context, asker annotations.Asker) error {
	number, err := strconv.ParseInt(c.Param("number"), 10, 64)
	if err != nil {
		return err
	}
	m, err := s.Store.RestoreMetadata(c.Request().Context(), asker.User, c.Param("document"), number)
	if err != nil {
		return err
	}
	return answerMetadata(c, m)
}

type metadataChangeAnswer struct {
	Number  int64               `json:"number"`
	Deed    string              `json:"deed"`
	Who     string              `json:"who,omitempty"`
	At      int64               `json:"at"`
	Changes []store.FieldChange `json:"changes"`
	Version string              `json:"version,omitempty"`
	Was     string              `json:"was,omitempty"`
	Became  string              `json:"became,omitempty"`
}

func (s *Server) metadataHistory(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	history, err := s.Store.MetadataHistory(ctx, asker, c.Param("document"))
	if err != nil {
		return err
	}
	called, err := s.names(ctx)
	if err != nil {
		return err
	}
	entries := make([]metadataChangeAnswer, len(history))
	for i, h := range history {
		for j, change := range h.Changes {
			if change.Field == "parties" {
				h.Changes[j].From, h.Changes[j].To = partyNames(change.From), partyNames(change.To)
			}
		}
		entries[i] = metadataChangeAnswer{h.Number, h.Deed, called.users[h.Who], h.At, h.Changes, h.Version, h.Was, h.Became}
	}
	return answerJSON(c, http.StatusOK, map[string]any{"entries": entries})
}

func partyNames(codes []string) []string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = index.PartyName(code)
	}
	return names
}

func (s *Server) parties(c echo.Context, _ annotations.Asker) error {
	size, err := number(c, "size")
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]any{"parties": index.SearchParties(c.QueryParam("text"), size)})
}

func (s *Server) correctLanguage(c echo.Context, asker annotations.Asker) error {
	given, err := body[struct{ Language string }](c)
	if err != nil {
		return err
	}
	id, err := s.Store.CorrectLanguage(c.Request().Context(), asker.User, c.Param("version"), given.Language)
	if err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, map[string]string{"version": id})
}
