package interchange

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strings"
)

// What is written is an AnnotationCollection with a single AnnotationPage
// (https://www.w3.org/TR/annotation-model/#collections); item.go says what each
// annotation is written as. Ids are URNs, so that they stay the same in another
// installation, and the annotation's "id" is its address.
const (
	webAnnotation = "http://www.w3.org/ns/anno.jsonld"
	namespace     = "urn:glossator:terms:"

	annotationURN = "urn:glossator:annotation:"
	versionURN    = "urn:glossator:version:"
	documentURN   = "urn:glossator:document:"
	conceptURN    = "urn:glossator:concept:"
	userURN       = "urn:glossator:user:"
	groupURN      = "urn:glossator:group:"
)

// context is the value of "@context" for what uses the terms of Glossator.
const context = `["` + webAnnotation + `",{"glossator":"` + namespace + `"}]`

// MediaTypeJSONLD is what WriteJSONLD and WriteItem write.
const MediaTypeJSONLD = `application/ld+json; profile="` + webAnnotation + `"`

// WriteJSONLD writes records as JSON-LD, one annotation a line. ReadJSONLD gives
// the same records back. If the records end in an error, so does WriteJSONLD,
// and what it wrote is cut short and not valid.
func WriteJSONLD(w io.Writer, records iter.Seq2[Record, error]) error {
	head := `{"@context":` + context + `,"type":"AnnotationCollection","label":"Annotations",` +
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
		item, err := encode(properties(r))
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, between+string(item)); err != nil {
			return err
		}
		total++
	}
	_, err := fmt.Fprintf(w, "\n]},\"total\":%d}\n", total)
	return err
}

// encode returns a value as JSON in which <, > and & are as they are.
func encode(value any) ([]byte, error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(text.String(), "\n")), nil
}

// urn makes a URN of an id; of no id, none.
func urn(prefix, id string) string {
	if id == "" {
		return ""
	}
	return prefix + url.PathEscape(id)
}
