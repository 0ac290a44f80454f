package api

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// inWords turns what the contract's validation says of a request into a
// sentence for people: which parameter or field, what was wrong, what is
// allowed. It returns nil for nil.
func inWords(err error) error {
	if err == nil {
		return nil
	}
	wrong := (*openapi3filter.RequestError)(nil)
	if !errors.As(err, &wrong) {
		return fmt.Errorf("checking a request: %w", err)
	}
	what, schema, form := "the body", (*openapi3.Schema)(nil), ""
	if p := wrong.Parameter; p != nil {
		what, schema, form = fmt.Sprintf("the parameter %q", p.Name), p.Schema.Value, p.Description
	}
	if violation := (*openapi3.SchemaError)(nil); errors.As(wrong.Err, &violation) {
		return fmt.Errorf("%w: %s", errRequest, violated(what, form, innermost(violation)))
	}
	switch {
	case errors.Is(wrong.Err, openapi3filter.ErrInvalidRequired):
		return fmt.Errorf("%w: %s is missing", errRequest, what)
	case errors.Is(wrong.Err, openapi3filter.ErrInvalidEmptyValue):
		return fmt.Errorf("%w: %s is empty; leave it out or give %s", errRequest, what, kindOf(schema))
	case schema != nil:
		return fmt.Errorf("%w: %s must be %s", errRequest, what, kindOf(schema))
	}
	return fmt.Errorf("%w: the body cannot be read: %w", errRequest, wrong)
}

// innermost returns the violation that a failed allOf is about.
func innermost(v *openapi3.SchemaError) *openapi3.SchemaError {
	for {
		inner := (*openapi3.SchemaError)(nil)
		if v.Origin == nil || !errors.As(v.Origin, &inner) {
			return v
		}
		v = inner
	}
}

// violated says which rule of a schema the value at a place in what breaks. form
// says how it is to be written, if there is a pattern for it.
func violated(what, form string, v *openapi3.SchemaError) string {
	if at := v.JSONPointer(); len(at) > 0 && what == "the body" {
		what = fmt.Sprintf("the field %q", strings.Join(at, "."))
	}
	switch v.SchemaField {
	case "required":
		return what + " is missing"
	case "properties":
		return unknownField(v)
	case "enum":
		return fmt.Sprintf("%s must be one of %s", what, listed(v.Schema.Enum))
	case "minimum":
		return fmt.Sprintf("%s must be at least %v", what, *v.Schema.Min)
	case "maximum":
		return fmt.Sprintf("%s must be at most %v", what, *v.Schema.Max)
	case "minLength":
		return what + " must not be empty"
	case "maxLength":
		return fmt.Sprintf("%s must have at most %d characters", what, *v.Schema.MaxLength)
	case "maxItems":
		return fmt.Sprintf("%s must be given at most %d times", what, *v.Schema.MaxItems)
	case "pattern":
		return fmt.Sprintf("%s is not written as it should be; write %s", what, form)
	}
	return fmt.Sprintf("%s must be %s", what, kindOf(v.Schema))
}

func unknownField(v *openapi3.SchemaError) string {
	name := "that name"
	if _, rest, ok := strings.Cut(v.Reason, `"`); ok {
		name, _, _ = strings.Cut(rest, `"`)
		name = strconv.Quote(name)
	}
	known := make([]string, 0, len(v.Schema.Properties))
	for field := range v.Schema.Properties {
		known = append(known, field)
	}
	return fmt.Sprintf("there is no field %s; there are %s", name, sorted(known))
}

func listed(values []any) string {
	words := make([]string, len(values))
	for i, value := range values {
		words[i] = fmt.Sprint(value)
	}
	return strings.Join(words, ", ")
}

// kindOf names what a schema takes.
func kindOf(s *openapi3.Schema) string {
	switch {
	case s.Type.Is("integer"):
		return "a whole number"
	case s.Type.Is("number"):
		return "a number"
	case s.Type.Is("boolean"):
		return "true or false"
	case s.Type.Is("array"):
		return "a list"
	case s.Type.Is("object"):
		return "an object"
	}
	return "text"
}
