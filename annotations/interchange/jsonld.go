package interchange

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strings"

	"glossator/annotations"
)

// What is written is an AnnotationCollection with a single AnnotationPage
// (https://www.w3.org/TR/annotation-model/#collections). Each annotation has
// one target with a TextPositionSelector (code points) and a TextQuoteSelector,
// a tagging body for each concept and a commenting body for the note. What the
// model has no name for is under "glossator:"; ids are URNs, so that they stay
// the same in another installation, and the annotation's "id" is its address.
const (
	webAnnotation = "http://www.w3.org/ns/anno.jsonld"
	namespace     = "urn:glossator:terms:"

	annotationURN = "urn:glossator:annotation:"
	versionURN    = "urn:glossator:version:"
	documentURN   = "urn:glossator:document:"
	conceptURN    = "urn:glossator:concept:"
	userURN       = "urn:glossator:user:"
)

// MediaTypeJSONLD is what WriteJSONLD writes.
const MediaTypeJSONLD = `application/ld+json; profile="` + webAnnotation + `"`

type webItem struct {
	ID         string    `json:"id"`
	Canonical  string    `json:"canonical"`
	Type       string    `json:"type"`
	Motivation []string  `json:"motivation"`
	Created    string    `json:"created"`
	Modified   string    `json:"modified"`
	Creator    webPerson `json:"creator"`
	Visibility string    `json:"glossator:visibility"`
	Number     int64     `json:"glossator:number"`
	Body       []webBody `json:"body"`
	Target     webTarget `json:"target"`
}

type webPerson struct {
	ID   string `json:"id"`
	Type string `json:"type"`
	Name string `json:"name"`
}

type webBody struct {
	ID      string `json:"id,omitempty"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Format  string `json:"format"`
	Value   string `json:"value"`
}

type webTarget struct {
	Source   string        `json:"source"`
	Scope    string        `json:"scope"`
	Title    string        `json:"glossator:title"`
	Language string        `json:"glossator:language"`
	Passage  string        `json:"glossator:passage"`
	Pinpoint string        `json:"glossator:pinpoint"`
	Selector []webSelector `json:"selector"`
}

type webSelector struct {
	Type   string  `json:"type"`
	Start  *int    `json:"start,omitempty"`
	End    *int    `json:"end,omitempty"`
	Exact  string  `json:"exact,omitempty"`
	Prefix *string `json:"prefix,omitempty"`
	Suffix *string `json:"suffix,omitempty"`
}

// WriteJSONLD writes records as JSON-LD, one annotation a line. ReadJSONLD gives
// the same records back. If the records end in an error, so does WriteJSONLD,
// and what it wrote is cut short and not valid.
func WriteJSONLD(w io.Writer, records iter.Seq2[Record, error]) error {
	head := `{"@context":["` + webAnnotation + `",{"glossator":"` + namespace + `"}],` +
		`"type":"AnnotationCollection","label":"Annotations",` +
		`"first":{"type":"AnnotationPage","startIndex":0,"items":[`
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	total := 0
	for r, err := range records {
		if err != nil {
			return err
		}
		between := ",\n"
		if total == 0 {
			between = "\n"
		}
		if err := writeItem(w, between, toWeb(r)); err != nil {
			return err
		}
		total++
	}
	_, err := fmt.Fprintf(w, "\n]},\"total\":%d}\n", total)
	return err
}

func writeItem(w io.Writer, between string, item webItem) error {
	var line strings.Builder
	line.WriteString(between)
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(item); err != nil {
		return err
	}
	_, err := io.WriteString(w, strings.TrimSuffix(line.String(), "\n"))
	return err
}

func toWeb(r Record) webItem {
	item := webItem{
		ID:         r.Address,
		Canonical:  urn(annotationURN, r.ID),
		Type:       "Annotation",
		Created:    stamp(r.Created),
		Modified:   stamp(r.Modified),
		Creator:    webPerson{ID: urn(userURN, r.Creator), Type: "Person", Name: r.CreatorName},
		Visibility: r.Visibility,
		Number:     r.Number,
		Body:       []webBody{},
		Target: webTarget{
			Source:   urn(versionURN, r.Version),
			Scope:    urn(documentURN, r.Document),
			Title:    r.DocumentTitle,
			Language: r.Language,
			Passage:  r.Passage,
			Pinpoint: r.Pinpoint,
			Selector: selectors(r.Target),
		},
	}
	if item.ID == "" {
		item.ID = item.Canonical
	}
	for i, concept := range r.Concepts {
		body := webBody{ID: urn(conceptURN, concept), Type: "TextualBody", Purpose: "tagging", Format: "text/plain"}
		if i < len(r.Labels) {
			body.Value = r.Labels[i]
		}
		item.Body = append(item.Body, body)
	}
	if r.Note != "" {
		item.Body = append(item.Body, webBody{Type: "TextualBody", Purpose: "commenting", Format: "text/markdown", Value: r.Note})
	}
	item.Motivation = motivation(r.Annotation)
	return item
}

func motivation(n annotations.Annotation) []string {
	var found []string
	if len(n.Concepts) > 0 {
		found = append(found, "tagging")
	}
	if n.Note != "" {
		found = append(found, "commenting")
	}
	if found == nil {
		found = append(found, "highlighting")
	}
	return found
}

func selectors(t annotations.Target) []webSelector {
	return []webSelector{
		{Type: "TextPositionSelector", Start: &t.Start, End: &t.End},
		{Type: "TextQuoteSelector", Exact: t.Exact, Prefix: &t.Prefix, Suffix: &t.Suffix},
	}
}

// urn makes a URN of an id; of no id, none.
func urn(prefix, id string) string {
	if id == "" {
		return ""
	}
	return prefix + url.PathEscape(id)
}
