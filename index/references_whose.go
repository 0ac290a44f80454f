package index

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// whose finds which document the items are of; false if that cannot be told,
// so that there is no reference.
func (f *finder) whose(r *Reference, p *referenceParser, i int, items []item, before string) bool {
	i = p.pastHeading(i)
	if next := p.fold(i); (next == "," || next == ".") && p.fold(i+1) == "of" {
		i++ // "Article 2, point (8), of Directive", "Article 20.d. of the Statute"
	}
	if p.fold(i) == "thereof" {
		return f.lastNamed(r, "")
	}
	at := p.of(i)
	if at == i && p.fold(i) == "to" && items[0].steps[0].Kind == Annex {
		at = p.of(i + 1)
		for articleWords[p.fold(at)] {
			at++
		}
	}
	word := p.fold(at)
	switch {
	case at > i && thisWords[word], at == i && thisWords[word] && germanThis[word]:
		return f.this(r, p, at+1)
	case word == "toepassing": // "artikelen 14 en 15 van toepassing"
		return f.calledBefore(r, before)
	case at > i && saidWords[word]:
		return f.saidOf(r, p.fold(at+1))
	case at > i:
		return f.named(r, p, at)
	case p.initials(i) && !r.Heading:
		r.Of, r.Name = Named, nameFrom(p.window[p.tokens[i].start:])
		return true
	}
	return f.calledBefore(r, before)
}

var germanThis = wordSet("dieses dieser настоящего настоящеи")

// pastHeading steps over the heading of what is named: "Article 8.4 (Market
// Access) of".
func (p *referenceParser) pastHeading(i int) int {
	if p.fold(i) != "(" {
		return i
	}
	m := heads.FindString(p.window[p.tokens[i].start:])
	end := p.tokens[i].start + len(m)
	for i < len(p.tokens) && p.tokens[i].start < end {
		i++
	}
	return i
}

// shouted reports whether a word is an abbreviation such as "DSGVO".
func shouted(word string) bool {
	return len(word) >= 3 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) }) < 0 && roman(word) == 0
}

// initials reports whether a document is named right after the pinpoint: "Art. 5
// DSGVO", "Article 6 EC Treaty".
func (p *referenceParser) initials(i int) bool {
	if i >= len(p.tokens) || p.fold(i-1) == "." {
		return false
	}
	word := p.tokens[i].text
	return shouted(word) || len(word) == 2 && strings.ToUpper(word) == word && instruments[p.fold(i+1)]
}

// this reads what follows "this".
func (f *finder) this(r *Reference, p *referenceParser, i int) bool {
	noun := p.fold(i)
	r.Of = This
	if f.provision(noun) {
		r.Within = units[noun].kind
		return true
	}
	return instruments[noun]
}

// saidOf finds what "that Convention" or "that Article" means in the passage.
func (f *finder) saidOf(r *Reference, noun string) bool {
	unit := units[noun]
	if !f.provision(noun) {
		return instruments[noun] && f.lastNamed(r, noun)
	}
	for i := len(f.found) - 1; i >= f.from; i-- {
		other := f.found[i]
		for k, step := range other.Steps {
			if step.Kind == unit.kind && other.Last == "" {
				r.Of, r.Name, r.Within, r.Steps = other.Of, other.Name, other.Within, slices.Clone(other.Steps[:k+1])
				return true
			}
		}
	}
	return false
}

// lastNamed takes the document of a kind, any for "", that was named last.
func (f *finder) lastNamed(r *Reference, noun string) bool {
	for _, said := range slices.Backward(f.said) {
		if noun == "" || said.noun == noun {
			r.Of, r.Name = Mentioned, said.name
			return true
		}
	}
	if noun == "" {
		return false
	}
	r.Of, r.Name = Spoken, noun
	return true
}

// named reads the name of a document.
func (f *finder) named(r *Reference, p *referenceParser, i int) bool {
	if i >= len(p.tokens) {
		return false
	}
	name := nameFrom(p.window[p.tokens[i].start:])
	word := p.tokens[i].text
	if instruments[p.fold(i)] && unicode.IsUpper(firstOf(word)) && !p.goesOn(i+1) {
		r.Of, r.Name = Spoken, p.fold(i)
		return true
	}
	if before, defined := f.aliases[fold(name)]; defined {
		r.Of, r.Name = Defined, before
		return true
	}
	r.Of, r.Name = Named, name
	return name != ""
}

// goesOn reports whether a name may go on after one of its words.
func (p *referenceParser) goesOn(i int) bool {
	if i >= len(p.tokens) {
		return false
	}
	token := p.tokens[i]
	return nameGoesOn[token.fold] || token.number || token.text == "(" || unicode.IsUpper(firstOf(token.text))
}

// nameBytes is how long the name of a document in a text may be.
const nameBytes = 140

// nameFrom returns the beginning of text as far as a name may go.
func nameFrom(text string) string {
	text = text[:runeStart(text, nameBytes)]
	if stop := nameStop.FindStringIndex(text); stop != nil {
		text = text[:stop[0]]
	}
	return strings.TrimSpace(text)
}

var nameStop = regexp.MustCompile(`[;:,\n"“”«»\[\]]|\.(?:\s|$)`)

// calledBefore looks at what stands before a pinpoint with no "of" after it:
// "the said Convention, article 19". It is false where that may be the name of a
// document that is not certain.
func (f *finder) calledBefore(r *Reference, text string) bool {
	trimmed := strings.TrimRight(text, " \u00a0(")
	trimmed = strings.TrimRight(strings.TrimSuffix(trimmed, ","), " \u00a0")
	if trimmed == "" || trimmed == text {
		return true
	}
	from := strings.LastIndexAny(trimmed, " \u00a0(") + 1
	word := trimmed[from:]
	noun := fold(strings.Trim(word, ")"))
	switch {
	case instruments[noun] && unicode.IsUpper(firstOf(word)):
		determiner := strings.TrimRight(trimmed[:from], " \u00a0")
		determiner = fold(determiner[strings.LastIndexAny(determiner, " \u00a0(")+1:])
		switch {
		case thisWords[determiner]:
			r.Of = This
			return true
		case saidWords[determiner]:
			return f.saidOf(r, noun)
		case !strings.HasSuffix(strings.TrimRight(text, " \u00a0"), ","):
			return false
		}
	case shouted(strings.Trim(word, "()")), strings.ContainsRune(word, '/') && strings.ContainsAny(word, "0123456789"):
	default:
		return true
	}
	r.Of, r.Name = Called, trimmed[runeStart(trimmed, max(0, len(trimmed)-nameBytes)):]
	return true
}
