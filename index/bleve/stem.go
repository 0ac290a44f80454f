package bleve

import (
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"golang.org/x/text/unicode/norm"
)

// A grammar is a way to compare words: the primary subtag of a language that
// has a stemmer, or plain.
type grammar string

// plain compares words by their letters, without accents.
const plain grammar = "plain"

// english grammar is also that of titles and notes, whose language is not known.
const englishGrammar grammar = "en"

var stemmers = map[grammar]func(*snowballstem.Env) bool{
	"ar": arabic.Stem, "de": german.Stem, "en": english.Stem, "es": spanish.Stem, "fr": french.Stem,
	"it": italian.Stem, "nl": dutch.Stem, "pt": portuguese.Stem, "ru": russian.Stem,
}

// grammarOf returns the grammar of a language tag such as "fr-CH".
func grammarOf(language string) grammar {
	g := grammar(primary(language))
	if stemmers[g] == nil {
		return plain
	}
	return g
}

// primary returns the primary subtag of a language tag, in lower case.
func primary(language string) string {
	subtag, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(language), "_", "-"), "-")
	return subtag
}

// A lexicon knows the stems of words. It remembers the last few hundred
// thousand, because texts repeat themselves and stemming is slow.
type lexicon struct {
	mu    sync.RWMutex
	stems map[inflected][]string
}

type inflected struct {
	grammar grammar
	term    string
}

const (
	lexiconSize = 1 << 18
	longestWord = 100 // bytes; what is longer is no word of a language
)

// of returns the stems of a term of index.Tokens: what is left when endings and
// then accents are taken away, and what is left the other way round if that
// differs. Two words are the same to a grammar if they share a stem, so
// "cooperaciones" and "cooperacion", typed without its accent, both find
// "cooperación". The caller must not change the slice.
func (l *lexicon) of(g grammar, term string) []string {
	key := inflected{g, term}
	l.mu.RLock()
	stems := l.stems[key]
	l.mu.RUnlock()
	if stems != nil {
		return stems
	}
	key.term = strings.Clone(term) // a stem is most often a part of it, and it may be a part of a whole text
	stems = stemsOf(g, key.term)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stems == nil || len(l.stems) >= lexiconSize {
		l.stems = map[inflected][]string{}
	}
	l.stems[key] = stems
	return stems
}

func stemsOf(g grammar, term string) []string {
	folded := foldAccents(term)
	stem := stemmers[g]
	if stem == nil || len(term) > longestWord {
		return []string{folded}
	}
	one := foldAccents(stemmed(stem, term))
	if folded == term {
		return []string{one}
	}
	if other := stemmed(stem, folded); other != one {
		return []string{one, other}
	}
	return []string{one}
}

func stemmed(stem func(*snowballstem.Env) bool, term string) string {
	env := snowballstem.NewEnv(term)
	stem(env)
	return env.Current()
}

// undivided writes letters that Unicode does not take apart as readers without
// them on their keyboard do.
var undivided = strings.NewReplacer("ł", "l", "ø", "o", "đ", "d", "ħ", "h", "ı", "i", "æ", "ae", "œ", "oe", "ß", "ss")

// foldAccents takes the marks off letters of scripts in which readers leave
// them out. The Cyrillic short i is a letter of its own.
func foldAccents(term string) string {
	if ascii(term) {
		return term
	}
	var folded strings.Builder
	var base rune
	for _, r := range norm.NFD.String(term) {
		mark := unicode.Is(unicode.Mn, r)
		shortI := base == 'и' && r == '\u0306'
		if mark && !shortI && unicode.In(base, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew) {
			continue
		}
		if !mark {
			base = r
		}
		folded.WriteRune(r)
	}
	return undivided.Replace(norm.NFC.String(folded.String()))
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
