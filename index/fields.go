package index

import (
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
)

// A Values is what is said of a document, by the names that fields have in
// JSON. A list is several strings, another value one, and what is empty none.
type Values map[string][]string

// Fields are the names of what people may say of a document, in the order in
// which they are asked for it.
var Fields = []string{
	"title", "shortTitle", "aliases", "kind", "organisation", "region", "parties", "adopted", "signed", "inForce", "ended",
	"status", "supersededBy", "remarks", "about", "address", "licence",
}

// ListField reports whether a field of Fields holds a list.
func ListField(name string) bool { return name == "aliases" || name == "parties" }

// Values returns what is said in Fields; what is empty is left out.
func (d Document) Values() Values {
	values := Values{}
	of := reflect.ValueOf(d)
	for _, name := range Fields {
		switch field := of.Field(fieldIndex[name]).Interface().(type) {
		case []string:
			if len(field) > 0 {
				values[name] = slices.Clone(field)
			}
		case string:
			if field != "" {
				values[name] = []string{field}
			}
		}
	}
	return values
}

// fieldIndex is where each field is in a Document.
var fieldIndex = func() map[string]int {
	at := map[string]int{}
	of := reflect.TypeFor[Document]()
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		at[name] = i
	}
	return at
}()

// With returns d with these values in place of its own; fields that values does
// not have stay as they are. Blanks are folded, parties have their codes and
// nothing is there twice. An error says which value cannot be right and why.
func (d Document) With(values Values) (Document, error) {
	of := reflect.ValueOf(&d).Elem()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !slices.Contains(Fields, name) {
			return d, fmt.Errorf("there is no field %q; there are %s", name, strings.Join(Fields, ", "))
		}
		given := tidy(name, values[name])
		if err := checkValue(name, given); err != nil {
			return d, err
		}
		if field := of.Field(fieldIndex[name]); ListField(name) {
			field.Set(reflect.ValueOf(given))
		} else {
			field.SetString(strings.Join(given, " "))
		}
	}
	return d, nil
}

// Keep returns d with the named fields as known has them, also where that is
// empty.
func (d Document) Keep(known Document, names []string) Document {
	to, from := reflect.ValueOf(&d).Elem(), reflect.ValueOf(known)
	for _, name := range names {
		if at, ok := fieldIndex[name]; ok {
			to.Field(at).Set(from.Field(at))
		}
	}
	return d
}

// Differing returns the names of the fields in which documents differ, in the
// order of Fields.
func (d Document) Differing(other Document) []string {
	a, b := d.Values(), other.Values()
	names := []string{}
	for _, name := range Fields {
		if !slices.Equal(a[name], b[name]) {
			names = append(names, name)
		}
	}
	return names
}

// tidy returns values with blanks folded, without those that are empty or there
// before; nil if there are none.
func tidy(name string, values []string) []string {
	var tidied []string
	for _, value := range values {
		value = strings.Join(strings.Fields(value), " ")
		if name == "parties" {
			value = PartyCode(value)
		}
		if value != "" && !slices.Contains(tidied, value) {
			tidied = append(tidied, value)
		}
	}
	return tidied
}

// Bounds on what may be said.
const (
	longestValue = 2000 // bytes
	mostValues   = 500
)

func checkValue(name string, values []string) error {
	if len(values) > mostValues {
		return fmt.Errorf("the field %q has %d values; %d are the most", name, len(values), mostValues)
	}
	if len(values) > 1 && !ListField(name) {
		return fmt.Errorf("the field %q has one value, not %d", name, len(values))
	}
	for _, value := range values {
		if len(value) > longestValue {
			return fmt.Errorf("a value of the field %q is longer than %d bytes; shorten it", name, longestValue)
		}
	}
	value := strings.Join(values, " ")
	switch name {
	case "title":
		if value == "" {
			return fmt.Errorf("a document needs a title")
		}
	case "kind":
		if !slices.Contains(Kinds, value) {
			return fmt.Errorf("the kind is one of %s, not %q", strings.Join(Kinds, ", "), value)
		}
	case "adopted", "signed", "inForce", "ended":
		if value != "" && !isDate(value) {
			return fmt.Errorf("%q is no date; write a year, a month or a day, such as 2001, 2001-11 or 2001-11-23", value)
		}
	case "address":
		if at, err := url.Parse(value); value != "" && (err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http") {
			return fmt.Errorf("%q is no address of the web; write one that begins with https://", value)
		}
	}
	return nil
}

// isDate reports whether a value is a date as Document has them.
func isDate(value string) bool {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(layout, value); err == nil {
			return true
		}
	}
	return false
}
