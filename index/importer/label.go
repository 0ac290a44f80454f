package importer

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A style is how the labels of a list count.
type style int

const (
	digits       style = iota // 1, 2, 3
	dotted                    // 1.1, 1.2
	lower                     // a, b, ... z, aa, bb
	upper                     // A, B
	romans                    // i, ii, iii
	numeral                   // I, II, III
	doubled                   // aa, bb, below a or b
	doubledUpper              // AA, BB
	dash                      // a dash or a bullet, without a number
)

// A shape is what stands around the number of a label.
type shape int

const (
	stop     shape = iota // 1.
	bracket               // 1)
	brackets              // (1)
	square                // [1.]
	sign                  // § 1
	comma                 // 一、
	circled               // ①
	quoted                // ‘1’
	dashed                // 1 –
	bare                  // 1
	bullet                // –
)

// A label is the number at the beginning of a paragraph or point.
type label struct {
	number   string // as printed, without what stands around it; Chinese numerals in digits
	shape    shape
	readings []reading // "i" may be the ninth letter or the first numeral
	length   int       // bytes, with the space after it
}

// A reading is one way to understand a label.
type reading struct {
	style style
	value int // 1, 2, ...; 0 for a dash
}

// weak reports whether the label could as well be the beginning of a sentence,
// such as an initial or a day, so that only its place in a list confirms it.
func (l label) weak() bool {
	return l.shape == bare || l.shape == dashed || l.shape == stop && l.readings[0].style != digits && l.readings[0].style != dotted
}

// follows reports whether l can stand so many places after another label in one
// list.
func (l label) follows(other label, places int) bool {
	for _, r := range l.readings {
		for _, before := range other.readings {
			if l.shape == other.shape && r.style == before.style && (r.style == dash || r.value == before.value+places) {
				return true
			}
		}
	}
	return false
}

// scanLabel returns the label at the beginning of s.
func scanLabel(s string) (label, bool) {
	if s == "" {
		return label{}, false
	}
	var l label
	var ok bool
	switch c := s[0]; {
	case c == '(':
		l, ok = scanEnclosed(s, "(", ")", brackets)
	case c == '[':
		l, ok = scanEnclosed(s, "[", "]", square)
	case c == '\'':
		l, ok = scanEnclosed(s, "'", "'", quoted)
	case c == '-' || c == '*':
		l, ok = scanBullet(s)
	case c < utf8.RuneSelf:
		l, ok = scanPlain(s)
	default:
		l, ok = scanForeign(s)
	}
	if !ok {
		return label{}, false
	}
	l.length = len(s) - len(strings.TrimLeftFunc(s[l.length:], blank))
	return l, true
}

// scanForeign reads labels that do not begin with an ASCII character.
func scanForeign(s string) (label, bool) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsRune("–—•·▪●■‣", r):
		return scanBullet(s)
	case r >= '٠' && r <= '٩':
		rest := strings.TrimLeftFunc(s, func(r rune) bool { return r >= '٠' && r <= '٩' })
		l, ok := endLabel(arabicDigits.Replace(s[:len(s)-len(rest)]), rest)
		l.length += len(s) - len(rest) - len(l.number)
		return l, ok
	case foreignLetter(s[:size]) > 0:
		if strings.HasPrefix(s[size:], tatweel) {
			size += len(tatweel)
		}
		l, ok := endLabel(s[:size], s[size:])
		if length := dashAfter(s[size:]); length == 1 && !ok {
			return label{number: s[:size], shape: dashed, readings: readings(s[:size]), length: size + length}, true
		}
		return l, ok
	case r >= '①' && r <= '⑳':
		value := int(r-'①') + 1
		return label{number: strconv.Itoa(value), shape: circled, readings: []reading{{digits, value}}, length: size}, true
	case r == '‘':
		return scanEnclosed(s, "‘", "’", quoted)
	case r == '（':
		return scanEnclosed(s, "（", "）", brackets)
	case r == '§':
		rest := strings.TrimLeftFunc(s[size:], blank)
		token := leading(rest, isDigit, 4)
		found := readings(token)
		if found == nil {
			return label{}, false
		}
		return label{number: token, shape: sign, readings: found, length: len(s) - len(rest) + len(token)}, true
	case cjkDigit(r) >= 0:
		end := strings.Index(s, "、")
		if end < 0 || end > 15 {
			return label{}, false
		}
		value := cjkNumber(s[:end])
		if value == 0 {
			return label{}, false
		}
		return label{number: strconv.Itoa(value), shape: comma, readings: []reading{{digits, value}}, length: end + len("、")}, true
	}
	return label{}, false
}

func scanBullet(s string) (label, bool) {
	_, size := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[size:])
	if len(s) == size || !blank(next) {
		return label{}, false
	}
	return label{shape: bullet, readings: []reading{{dash, 0}}, length: size}, true
}

// scanEnclosed reads "(a)", "(1)", "[72.]".
func scanEnclosed(s, before, after string, as shape) (label, bool) {
	end := strings.Index(s[len(before):min(len(s), 24)], after) + len(before)
	if end < len(before) {
		return label{}, false
	}
	token := arabicDigits.Replace(strings.TrimSuffix(strings.TrimSpace(s[len(before):end]), "."))
	if (as == square || as == quoted) && (token == "" || !isDigit(token[0])) {
		return label{}, false
	}
	found := readings(token)
	if found == nil {
		if value := cjkNumber(token); value > 0 {
			token, found = strconv.Itoa(value), []reading{{digits, value}}
		}
	}
	if found == nil {
		return label{}, false
	}
	return label{number: token, shape: as, readings: found, length: end + len(after)}, true
}

// scanPlain reads "1.", "1)", "a)", "iv.", "1.2", "1 bis." and "1".
func scanPlain(s string) (label, bool) {
	token := leading(s, isNumberByte, 10)
	token = strings.TrimRight(token, ".")
	if token == "" {
		return label{}, false
	}
	rest := s[len(token):]
	if suffix := latinSuffix(rest); suffix != "" && isDigit(token[0]) {
		token = s[:len(token)+len(suffix)]
		rest = s[len(token):]
	}
	return endLabel(token, rest)
}

// endLabel returns the label that a token and what follows it are.
func endLabel(token, rest string) (label, bool) {
	found := readings(token)
	if found == nil {
		return label{}, false
	}
	l := label{number: token, readings: found, length: len(token) + 1}
	counted := found[0].style == digits || found[0].style == dotted
	next, _ := utf8.DecodeRuneInString(rest[min(1, len(rest)):])
	ends := len(rest) <= 1 || blank(next)
	if sign := ordinalSign(rest); sign != "" && counted {
		l.shape, l.length = stop, len(token)+len(sign)
		return l, true
	}
	if length := dashAfter(rest); length > 0 && counted {
		l.shape, l.length = dashed, len(token)+length
		return l, true
	}
	switch {
	case strings.HasPrefix(rest, ")"):
		l.shape = bracket
		return l, true
	case strings.HasPrefix(rest, "."):
		l.shape = stop
		return l, ends || counted && unicode.IsUpper(next)
	case counted && rest != "":
		l.shape, l.length = bare, len(token)
		gap, _ := utf8.DecodeRuneInString(rest)
		first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(rest, blank))
		return l, blank(gap) && (unicode.IsUpper(first) || strings.ContainsRune("“‘\"«(", first)) && len(token) < 8 && !month(rest)
	}
	return label{}, false
}

// ordinalSign returns the sign at the beginning of s that some languages write
// after a number instead of a stop, or with it: "1.º", "1°", "1.-".
func ordinalSign(s string) string {
	for _, sign := range []string{".º", ".°", ".-", ".–", "º", "°"} {
		after, found := strings.CutPrefix(s, sign)
		if next, _ := utf8.DecodeRuneInString(after); found && (after == "" || blank(next)) {
			return sign
		}
	}
	return ""
}

// dashAfter returns how much of s is a dash before words, with what is blank
// before it, 0 if there is none.
func dashAfter(s string) int {
	trimmed := strings.TrimLeftFunc(s, blank)
	r, size := utf8.DecodeRuneInString(trimmed)
	words := strings.TrimLeftFunc(trimmed[size:], blank)
	first, _ := utf8.DecodeRuneInString(words)
	if !strings.ContainsRune("-–—", r) || len(words) == len(trimmed)-size || !unicode.IsLetter(first) {
		return 0
	}
	return len(s) - len(trimmed) + size
}

// month reports whether s begins with what follows a day in a date.
func month(s string) bool {
	s = strings.ToLower(strings.TrimLeftFunc(s, blank))
	for _, name := range []string{"january", "february", "march", "april", "may ", "june", "july", "august", "september", "october", "november", "december"} {
		if strings.HasPrefix(s, name) {
			return true
		}
	}
	return false
}

// latinSuffix returns a "bis", "ter", ... at the beginning of s with the blanks
// before it, "" if there is none.
func latinSuffix(s string) string {
	trimmed := strings.TrimLeftFunc(s, blank)
	for _, suffix := range []string{"bis", "ter", "quater", "quinquies", "sexies"} {
		if len(trimmed) < len(suffix) || !strings.EqualFold(trimmed[:len(suffix)], suffix) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(trimmed[len(suffix):])
		if len(trimmed) == len(suffix) || !unicode.IsLetter(next) {
			return s[:len(s)-len(trimmed)+len(suffix)]
		}
	}
	return ""
}

// readings returns the ways to understand a token; nil if it is no number.
func readings(token string) []reading {
	if token == "" || len(token) > 16 {
		return nil
	}
	if isDigit(token[0]) {
		return digitReadings(token)
	}
	if value := foreignLetter(token); value > 0 {
		return []reading{{lower, value}}
	}
	var found []reading
	if value := romanValue(token); value > 0 && value < 60 && token == strings.ToLower(token) {
		found = append(found, reading{romans, value})
	} else if value > 0 && value < 60 && token == strings.ToUpper(token) {
		found = append(found, reading{numeral, value})
	}
	if value := letterValue(token); value > 0 {
		as, twice := lower, doubled
		if token[0] < 'a' {
			as, twice = upper, doubledUpper
		}
		if token == "i" || token == "I" || len(token) > 1 {
			found = append(found, reading{as, value})
		} else {
			found = append([]reading{{as, value}}, found...)
		}
		if len(token) == 1 && value >= afterN {
			found = append(found, reading{as, value + 1})
		}
		if len(token) > 1 {
			found = append(found, reading{twice, letterValue(token[:1])})
		}
	}
	return found
}

func digitReadings(token string) []reading {
	number := leading(token, isDigit, len(token))
	rest := token[len(number):]
	value := 0
	for _, c := range number[:min(len(number), 6)] {
		value = value*10 + int(c-'0')
	}
	switch {
	case rest == "", latinSuffix(rest) == rest, len(rest) == 1 && rest[0] >= 'a' && rest[0] <= 'z':
		if len(number) > 3 {
			return nil // a year
		}
		return []reading{{digits, value}}
	case rest[0] == '.' && len(rest) > 1 && strings.Trim(rest, ".0123456789") == "" && !strings.Contains(rest, ".."):
		last := rest[strings.LastIndexByte(rest, '.')+1:]
		value = 0
		for _, c := range last[:min(len(last), 6)] {
			value = value*10 + int(c-'0')
		}
		return []reading{{dotted, value}}
	}
	return nil
}

// leading returns the longest prefix of s, at most limit bytes, that consists of
// bytes for which in holds.
func leading(s string, in func(byte) bool, limit int) string {
	end := 0
	for end < len(s) && end < limit && in(s[end]) {
		end++
	}
	return s[:end]
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isNumberByte(c byte) bool {
	return isDigit(c) || c == '.' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
