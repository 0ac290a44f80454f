package interchange

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// What the schemas of REFI-QDA 1.5 (Codebook.xsd and Project.xsd) ask of the
// elements that we write: the children in their order ("?" none or one, "*" any
// number, "+" at least one), and attributes with their types ("!" must be there).
type elementRule struct{ children, attributes string }

const dated = "creatingUser:guid creationDateTime:time modifyingUser:guid modifiedDateTime:time"

var refiRules = map[string]map[string]elementRule{
	"codebook": {
		"CodeBook":    {"Codes Sets?", "origin:text"},
		"Codes":       {"Code+", ""},
		"Code":        {"Description? Code*", "guid:guid! name:text! isCodable:boolean! color:colour"},
		"Description": {},
	},
	"project": {
		"Project": {"Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description? NoteRef*",
			"name:text! origin:text creatingUserGUID:guid creationDateTime:time modifyingUserGUID:guid modifiedDateTime:time basePath:text"},
		"Users":              {"User+", ""},
		"User":               {"", "guid:guid! name:text id:text"},
		"CodeBook":           {"Codes", ""},
		"Codes":              {"Code+", ""},
		"Code":               {"Description? NoteRef* Code*", "guid:guid! name:text! isCodable:boolean! color:colour"},
		"Variables":          {"Variable+", ""},
		"Variable":           {"Description?", "guid:guid! name:text! typeOfVariable:variable!"},
		"Sources":            {"TextSource+", ""},
		"TextSource":         {"Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*", "guid:guid! name:text richTextPath:text plainTextPath:text " + dated},
		"Note":               {"Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*", "guid:guid! name:text richTextPath:text plainTextPath:text " + dated},
		"PlainTextSelection": {"Description? Coding* NoteRef*", "guid:guid! name:text startPosition:integer! endPosition:integer! " + dated},
		"Coding":             {"CodeRef NoteRef*", "guid:guid! creatingUser:guid creationDateTime:time"},
		"CodeRef":            {"", "targetGUID:guid!"},
		"NoteRef":            {"", "targetGUID:guid!"},
		"VariableRef":        {"", "targetGUID:guid!"},
		"VariableValue":      {"VariableRef TextValue? IntegerValue? DateValue? BooleanValue?", ""},
		"Notes":              {"Note+", ""},
		"Links":              {"Link+", ""},
		"Link":               {"NoteRef*", "guid:guid! name:text direction:direction color:colour originGUID:guid targetGUID:guid"},
		"Description":        {}, "PlainTextContent": {}, "TextValue": {}, "IntegerValue": {}, "DateValue": {}, "BooleanValue": {},
	},
}

var attributeTypes = map[string]func(string) bool{
	"text":      func(string) bool { return true },
	"guid":      regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`).MatchString,
	"boolean":   regexp.MustCompile(`^(true|false|0|1)$`).MatchString,
	"colour":    regexp.MustCompile(`^#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$`).MatchString,
	"integer":   regexp.MustCompile(`^-?[0-9]+$`).MatchString,
	"variable":  regexp.MustCompile(`^(Text|Boolean|Integer|Float|Date|DateTime)$`).MatchString,
	"direction": regexp.MustCompile(`^(Associative|OneWay|Bidirectional)$`).MatchString,
	"time":      func(text string) bool { _, err := time.Parse(time.RFC3339Nano, text); return err == nil },
}

// conforms fails the test if a REFI-QDA file breaks a rule of its schema.
func conforms(t *testing.T, kind, text string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	type open struct {
		name     string
		children []string
	}
	var path []open
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		switch e := token.(type) {
		case xml.StartElement:
			name := e.Name.Local
			if e.Name.Space != "urn:QDA-XML:"+kind+":1.0" {
				t.Errorf("%s is in the namespace %q", name, e.Name.Space)
			}
			rule, known := refiRules[kind][name]
			if !known {
				t.Errorf("there is no element %s", name)
			}
			if len(path) > 0 {
				path[len(path)-1].children = append(path[len(path)-1].children, name)
			}
			path = append(path, open{name: name})
			checkAttributes(t, name, rule.attributes, e.Attr)
		case xml.EndElement:
			last := path[len(path)-1]
			path = path[:len(path)-1]
			if !fits(last.children, strings.Fields(refiRules[kind][last.name].children)) {
				t.Errorf("%s has %.20q, not %s", last.name, slices.Compact(last.children), refiRules[kind][last.name].children)
			}
		}
	}
}

func checkAttributes(t *testing.T, element, rule string, attributes []xml.Attr) {
	t.Helper()
	given := map[string]string{}
	for _, a := range attributes {
		if a.Name.Local != "xmlns" {
			given[a.Name.Local] = a.Value
		}
	}
	for _, one := range strings.Fields(rule) {
		name, kind, _ := strings.Cut(one, ":")
		value, has := given[name]
		if !has && strings.HasSuffix(kind, "!") {
			t.Errorf("%s has no %s", element, name)
		}
		if has && !attributeTypes[strings.TrimSuffix(kind, "!")](value) {
			t.Errorf("%s: %s is %q", element, name, value)
		}
		delete(given, name)
	}
	for name := range given {
		t.Errorf("%s has no attribute %s", element, name)
	}
}

func fits(children, rules []string) bool {
	for _, rule := range rules {
		name := strings.TrimRight(rule, "?*+")
		n := 0
		for n < len(children) && children[n] == name {
			n++
		}
		least, most := 1, 1
		switch rule[len(name):] {
		case "?":
			least = 0
		case "*":
			least, most = 0, n
		case "+":
			most = n
		}
		if n < least || n > most {
			return false
		}
		children = children[n:]
	}
	return len(children) == 0
}
