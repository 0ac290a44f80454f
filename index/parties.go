package index

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed parties.csv
var partiesFile []byte

// Kinds of party.
const (
	State        = "state"
	Territory    = "territory"    // of ISO 3166-1, and not a state of its own
	Former       = "former"       // a state or territory withdrawn from ISO 3166-1, as ISO 3166-3 lists it
	Organisation = "organisation" // of states
	OtherParty   = "other"
)

// A Party is a state, a territory or an organisation that can be a party to an
// agreement.
type Party struct {
	Code    string   `json:"code"` // ISO 3166 alpha-3, or the abbreviation of an organisation
	Name    string   `json:"name"`
	Kind    string   `json:"kind"`
	Aliases []string `json:"aliases"`         // other names, also former ones
	Until   int      `json:"until,omitempty"` // of a former one: the year in which it was withdrawn
}

// partyTable is the list and how it is looked up.
type partyTable struct {
	all    []Party // in the order of the names
	byName map[string]Party
}

// parties panics if the data file is not well-formed: it is part of the program.
var parties = sync.OnceValue(func() partyTable {
	reader := csv.NewReader(bytes.NewReader(partiesFile))
	reader.Comment = '#'
	rows, err := reader.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("index: parties.csv: %v", err))
	}
	table := partyTable{byName: map[string]Party{}}
	for _, row := range rows {
		p := Party{Code: row[0], Name: row[1], Kind: row[2], Aliases: []string{}}
		for alias := range strings.SplitSeq(row[3], ";") {
			if alias = strings.TrimSpace(alias); alias != "" {
				p.Aliases = append(p.Aliases, alias)
			}
		}
		if row[4] != "" {
			if p.Until, err = strconv.Atoi(row[4]); err != nil {
				panic(fmt.Sprintf("index: parties.csv: %s: %v", p.Code, err))
			}
		}
		table.add(p)
	}
	slices.SortFunc(table.all, func(a, b Party) int { return cmp.Compare(fold(a.Name), fold(b.Name)) })
	return table
})

func (t *partyTable) add(p Party) {
	t.all = append(t.all, p)
	for _, name := range append([]string{p.Code, p.Name}, p.Aliases...) {
		key := partyKey(name)
		if other, taken := t.byName[key]; taken && other.Code != p.Code {
			panic(fmt.Sprintf("index: parties.csv: %q is both %s and %s", name, other.Code, p.Code))
		}
		t.byName[key] = p
	}
}

// partyKey is the form in which names of parties are compared: folded, without
// punctuation and articles.
func partyKey(name string) string {
	name = strings.NewReplacer(".", "", "'", "", "’", "", "-", " ", "&", "and", "(", " ", ")", " ", ",", " ").Replace(fold(name))
	words := slices.DeleteFunc(strings.Fields(name), func(word string) bool { return word == "the" })
	return strings.Join(words, " ")
}

// Parties returns everyone on the list, in the order of the names. What it
// returns is shared: it must not be changed.
func Parties() []Party { return parties().all }

// FindParty returns the party with this code, name or other name, case and
// accents apart; false if there is none on the list.
func FindParty(name string) (Party, bool) {
	p, ok := parties().byName[partyKey(name)]
	return p, ok
}

// PartyCode returns the code of a party by any of its names; the name as it was
// written, without blanks around it, if it is not on the list.
func PartyCode(name string) string {
	if p, ok := FindParty(name); ok {
		return p.Code
	}
	return strings.Join(strings.Fields(name), " ")
}

// PartyName returns the name for a code; the code itself if it is not on the list.
func PartyName(code string) string {
	if p, ok := FindParty(code); ok {
		return p.Name
	}
	return code
}

// SearchParties returns at most limit parties of which a name has words that
// begin with the words of text, those that are called just so or begin with it
// first; all for no words.
func SearchParties(text string, limit int) []Party {
	type ranked struct {
		Party
		rank int
	}
	wanted := partyKey(text)
	var found []ranked
	for _, p := range parties().all {
		rank := 0
		for _, name := range append([]string{p.Code, p.Name}, p.Aliases...) {
			rank = max(rank, likeness(partyKey(name), wanted))
		}
		if rank > 0 {
			found = append(found, ranked{p, rank})
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return cmp.Compare(b.rank, a.rank) })
	list := []Party{}
	for _, p := range found[:min(limit, len(found))] {
		list = append(list, p.Party)
	}
	return list
}

// likeness says how well a name answers what was typed: 3 as a whole, 2 by its
// beginning, 1 by the beginnings of its words, 0 not at all.
func likeness(name, typed string) int {
	switch {
	case name == typed:
		return 3
	case strings.HasPrefix(name, typed):
		return 2
	}
	words := strings.Fields(name)
	for _, word := range strings.Fields(typed) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, word) }) {
			return 0
		}
	}
	return 1
}
