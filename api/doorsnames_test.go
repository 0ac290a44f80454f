package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/annotations/watch"
	"glossator/index"
)

// coders take part in the rounds of a leak, which edith leads.
var coders = []string{"ada", "bo"}

// openRounds opens coding rounds in which the coders write an annotation each.
// The second is closed afterwards: what is tagged in it is public then.
func (l *leak) openRounds(v *index.Version) {
	ctx := l.t.Context()
	for i, name := range []string{"Secretroundopen", "Secretroundclosed"} {
		r, err := l.store.CreateRound(ctx, l.askers["edith"], store.NewRound{
			Name: name, Concepts: []string{"sovereignty"}, Visibility: annotations.Public,
			Assignments: []store.NewAssignment{{Document: v.Document, Coders: coders}},
		})
		l.must(err)
		l.rounds[name] = r.ID
		words := map[string]string{}
		for k, coder := range coders {
			p, word := v.Passages()[k], "secret"+string(rune('y'+i))+"x"+string(rune('a'+k))
			made, err := l.store.CreateAnnotation(ctx, l.askers[coder], store.NewAnnotation{
				Version: v.ID, Targets: []annotations.Target{{Start: p.Start, End: p.Start + 4}}, Note: word, Concepts: []string{"sovereignty"}, Round: r.ID,
			})
			l.must(err)
			words[word], l.made[word] = coder, made
		}
		if closed := i == 1; closed {
			_, err = l.store.UpdateRound(ctx, l.askers["edith"], r.ID, store.RoundEdit{Closed: &closed})
			l.must(err)
		}
		for word, coder := range words {
			l.made[word], err = l.store.Annotation(ctx, l.askers[coder], l.made[word].ID)
			l.must(err)
			if want := []string{annotations.Private, annotations.Public}[i]; l.made[word].Visibility != want {
				l.t.Fatalf("what is tagged in %s is %s, want %s", name, l.made[word].Visibility, want)
			}
		}
	}
}

// A savedSecret is somebody's search for the word of one annotation, with a link.
type savedSecret struct {
	id, owner, token, word string
}

// saveSearches saves, as whoever made it, a search for each annotation. All that
// can be are edited afterwards, and the watcher looks for what is new.
func (l *leak) saveSearches() {
	ctx := l.t.Context()
	for word, n := range l.made {
		for owner, asker := range l.askers {
			if asker.User != n.Creator || n.Round != "" {
				continue
			}
			name := "Secretsearch" + strings.TrimPrefix(word, "secret")
			saved, err := l.store.CreateSavedSearch(ctx, asker, name, "", url.Values{"q": {"note:" + word}}.Encode())
			l.must(err)
			_, token, err := l.store.CreateShare(ctx, asker, saved.ID, 0)
			l.must(err)
			l.saved[name] = savedSecret{saved.ID, owner, token, word}
			again := word + " again"
			l.made[word], err = l.store.UpdateAnnotation(ctx, asker, n.ID, store.AnnotationEdit{Note: &again, Number: n.Number})
			l.must(err)
		}
	}
	l.catchUp()
	l.must((&watch.Watcher{Store: l.store, Engine: l.engine, Synonyms: &watch.Synonyms{Store: l.store}}).Look(ctx))
}

var (
	savedWords = regexp.MustCompile(`Secretsearch[a-z]+`)
	roundWords = regexp.MustCompile(`Secretround[a-z]+`)
)

// inRounds reports whether somebody takes part in the rounds.
func inRounds(as string) bool { return as == "edith" || as == coders[0] || as == coders[1] }

// mayShowNames checks that a body names no saved search of others and no round in
// which somebody does not take part.
func (l *leak) mayShowNames(as, door string, body []byte) {
	for _, name := range savedWords.FindAllString(string(body), -1) {
		if l.saved[name].owner != as {
			l.t.Errorf("%s shows %s to %s", door, name, as)
		}
	}
	for _, name := range roundWords.FindAllString(string(body), -1) {
		if !inRounds(as) {
			l.t.Errorf("%s shows %s to %s", door, name, as)
		}
	}
}

// lookSaved asks a door for each saved search. Its link shows anyone what is asked
// for; a feed, only that which everyone may read is found.
func (l *leak) lookSaved(as, door string) {
	for name, saved := range l.saved {
		path := strings.NewReplacer("{search}", saved.id, "{token}", saved.token).Replace(door)
		switch {
		case strings.Contains(door, "{search}"):
			l.onlyFor(as, strings.Replace(door, "{search}", "%s", 1), saved.id, saved.owner == as)
		case strings.HasSuffix(door, "feed.atom"):
			l.compared++
			found := len(l.feed(path).Entries) > 1
			if public := l.made[saved.word].Visibility == annotations.Public; found != public {
				l.t.Errorf("the feed of %s has news: %v; what it finds is public: %v", name, found, public)
			}
		default:
			response, body := l.get(as, path)
			l.compared++
			if response.StatusCode != http.StatusOK || len(savedWords.FindAllString(string(body), -1)) != 1 {
				l.t.Errorf("%s as %s: %d %s", door, as, response.StatusCode, body)
			}
		}
	}
}

// lookRound asks a door for each round. As long as one is open its coders do not
// see each other.
func (l *leak) lookRound(as, door string) {
	for name, id := range l.rounds {
		body := l.onlyFor(as, strings.Replace(door, "{round}", "%s", 1), id, inRounds(as))
		for i, coder := range coders {
			if other := coders[1-i]; as == coder && name == "Secretroundopen" && strings.Contains(body, `"`+other+`"`) {
				l.t.Errorf("%s shows %s, who codes, to %s: %s", door, other, as, body)
			}
		}
	}
}

// onlyFor checks that a door to the thing with an id answers somebody who may not
// know of it as about what is not there, and returns what it answers.
func (l *leak) onlyFor(as, door, id string, may bool) string {
	response, body := l.get(as, fmt.Sprintf(door, id))
	l.mayShow(as, door, body)
	if may {
		if response.StatusCode == http.StatusNotFound {
			l.t.Errorf("%s as %s: status %d for what they may read", door, as, response.StatusCode)
		}
		return string(body)
	}
	nothing, empty := l.get(as, fmt.Sprintf(door, "none"))
	plain := func(body []byte, id string) string {
		return times.ReplaceAllString(strings.ReplaceAll(string(body), id, ""), "")
	}
	if response.StatusCode != nothing.StatusCode || plain(body, id) != plain(empty, "none") {
		l.t.Errorf("%s as %s is answered %d\n%s\nand for what is not there %d\n%s", door, as, response.StatusCode, body, nothing.StatusCode, empty)
	}
	return string(body)
}
