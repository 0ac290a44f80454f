package interchange

import (
	"bytes"
	"cmp"
	"crypto/sha1" //nolint:gosec // name-based UUIDs are defined with it; nothing is secured by it
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"glossator/annotations"
)

// MediaTypeQDC is what WriteQDC writes.
const MediaTypeQDC = "application/xml"

// ErrFile is returned, wrapped with what is wrong and where, for a codebook or a
// project that cannot be read.
var ErrFile = errors.New("the file cannot be read")

// ErrEmpty is returned where the format cannot hold nothing.
var ErrEmpty = errors.New("there is nothing to write, and the format asks for something")

// Namespaces of REFI-QDA 1.5 (https://www.qdasoftware.org). Others wrote earlier
// and mistaken ones ("…:1:0", "…:0:4"), so that readers go by the local names.
const (
	refiCodebookNS = "urn:QDA-XML:codebook:1.0"
	refiProjectNS  = "urn:QDA-XML:project:1.0"
	refiOrigin     = "Glossator"
)

// refiCode is a code as it is written and read: what stands below it stands
// inside it.
type refiCode struct {
	GUID        string     `xml:"guid,attr"`
	Name        string     `xml:"name,attr"`
	Codable     string     `xml:"isCodable,attr"`
	Colour      string     `xml:"color,attr,omitempty"`
	Description string     `xml:"Description,omitempty"`
	Codes       []refiCode `xml:"Code"`
}

type refiCodebook struct {
	XMLName xml.Name   `xml:"CodeBook"`
	NS      string     `xml:"xmlns,attr,omitempty"`
	Origin  string     `xml:"origin,attr,omitempty"`
	Codes   []refiCode `xml:"Codes>Code"`
}

// familyColours are the colours of the families of concepts, as the app shows
// them on white.
var familyColours = [annotations.Families]string{
	"#0B63B8", "#1A7F4B", "#B04A12", "#7A3FB0", "#56730B", "#B8246B", "#55606E", "#0C747E",
}

// WriteQDC writes a codebook as a REFI-QDA codebook. What REFI-QDA has no name
// for is in the description of each code, in paragraphs that say what they are.
// ErrEmpty if there is no concept.
func WriteQDC(w io.Writer, c *Codebook) error {
	if len(c.Concepts) == 0 {
		return fmt.Errorf("%w: a REFI-QDA codebook has at least one code", ErrEmpty)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", " ")
	return encoder.Encode(refiCodebook{NS: refiCodebookNS, Origin: refiOrigin, Codes: c.refiCodes()})
}

// refiCodes returns the codes at the top, the others inside them.
func (c *Codebook) refiCodes() []refiCode {
	below := c.children()
	labels := make(map[string]string, len(c.Concepts))
	for _, k := range c.Concepts {
		labels[k.ID] = k.Label
	}
	var codes func(above string) []refiCode
	codes = func(above string) []refiCode {
		var all []refiCode
		for _, k := range below[above] {
			code := refiCode{
				GUID: guid("concept", k.ID), Name: k.Label, Codable: strconv.FormatBool(k.Status != annotations.Deprecated),
				Description: k.described(func(id string) string { return labels[id] }), Codes: codes(k.ID),
			}
			if k.Family >= 1 && k.Family <= annotations.Families {
				code.Colour = familyColours[k.Family-1]
			}
			all = append(all, code)
		}
		return all
	}
	return codes("")
}

// ReadQDC reads a REFI-QDA codebook, of any of its namespaces. Ids are GUIDs in
// upper case.
func ReadQDC(r io.Reader) (*Codebook, error) {
	data, err := readAtMost(r, largestCodebook)
	if err != nil {
		return nil, err
	}
	var read refiCodebook
	if err := newXMLDecoder(bytes.NewReader(data)).Decode(&read); err != nil {
		return nil, fmt.Errorf("%w: the XML cannot be read as a REFI-QDA codebook: %w", ErrFile, err)
	}
	c := &Codebook{}
	c.takeCodes(read.Codes)
	if len(c.Concepts) == 0 {
		return nil, fmt.Errorf("%w: the codebook has no codes", ErrFile)
	}
	return c, nil
}

// takeCodes adds codes, those above before those below.
func (c *Codebook) takeCodes(codes []refiCode) {
	replaced := map[int]string{} // label of the concept to use instead, by place
	byLabel := map[string]string{}
	var take func(codes []refiCode, above string)
	take = func(codes []refiCode, above string) {
		for _, code := range codes {
			k := Concept{Concept: annotations.Concept{
				ID: normalGUID(code.GUID), Label: code.Name, Broader: above, Family: familyOf(code.Colour), Status: annotations.Accepted,
			}}
			status := k.Status
			k.Status = ""
			replacement := k.describe(code.Description)
			k.Status = cmp.Or(k.Status, status)
			if k.ID == "" {
				k.ID = guid("code", strconv.Itoa(len(c.Concepts)))
			}
			if replacement != "" {
				replaced[len(c.Concepts)] = replacement
			}
			byLabel[annotations.NormalLabel(k.Label)] = k.ID
			c.Concepts = append(c.Concepts, k)
			take(code.Codes, k.ID)
		}
	}
	take(codes, "")
	for at, label := range replaced {
		c.Concepts[at].Replaced = byLabel[annotations.NormalLabel(label)]
	}
}

// newXMLDecoder reads XML in any encoding that it or its byte order mark
// declares.
func newXMLDecoder(r io.Reader) *xml.Decoder {
	decoder := xml.NewDecoder(transform.NewReader(r, unicode.BOMOverride(transform.Nop)))
	decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") { // the mark has told already
			return input, nil
		}
		return charset.NewReaderLabel(label, input)
	}
	return decoder
}

// familyOf returns the family whose colour is nearest to "#RRGGBB" or "#RGB"; 0
// for anything else.
func familyOf(colour string) int {
	rgb, ok := parseColour(colour)
	if !ok {
		return 0
	}
	best, least := 0, 1<<30
	for i, known := range familyColours {
		own, _ := parseColour(known)
		distance := 0
		for channel := range rgb {
			distance += (rgb[channel] - own[channel]) * (rgb[channel] - own[channel])
		}
		if distance < least {
			best, least = i+1, distance
		}
	}
	return best
}

func parseColour(colour string) (rgb [3]int, ok bool) {
	digits, found := strings.CutPrefix(strings.TrimSpace(colour), "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if !found || err != nil || len(digits) != 6 {
		return rgb, false
	}
	return [3]int{int(n >> 16), int(n >> 8 & 0xff), int(n & 0xff)}, true
}

var guidForm = regexp.MustCompile(`^\{?([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?$`)

// normalGUID returns a GUID in upper case without braces; "" for what is none.
func normalGUID(text string) string {
	found := guidForm.FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return ""
	}
	return strings.ToUpper(found[1])
}

// guid returns the GUID of what has an id here: the id itself if it is one, else
// always the same UUID of version 5 (RFC 9562, section 5.5), named by kind and
// id in the namespace of URNs' OIDs.
func guid(kind, id string) string {
	if own := normalGUID(id); own != "" {
		return own
	}
	h := sha1.New() //nolint:gosec // see above
	_, _ = h.Write([]byte("\x6b\xa7\xb8\x12\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8"))
	_, _ = h.Write([]byte("urn:glossator:" + kind + ":" + id))
	sum := h.Sum(nil)[:16]
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	digits := strings.ToUpper(hex.EncodeToString(sum))
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
}
