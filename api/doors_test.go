package api_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/api"
)

// doors are the reading routes by which annotations might be seen, by operation:
// each is asked as everybody. The names in braces stand for something that is
// there. A route that is not here fails the test; what shows no annotations by
// its nature is in silent.
var doors = map[string][]string{
	"search": {
		"/api/search?q=note:{secret}", "/api/search?q=by:me", "/api/search?q=has:annotation&hits=50", "/api/search?q=group:*", "/api/search?q=tagged:yes",
		"/api/search?q=zzzz+note:{secret}",
	},
	"exportSearch":         {"/api/search/export?format=json&q=has:note", "/api/search/export?format=csv&q=note:{secret}"},
	"concordance":          {"/api/concordance?q=harbour+note:{secret}"},
	"exportConcordance":    {"/api/concordance/export?q=harbour+note:{secret}"},
	"lens":                 {"/api/lens?q=harbour&a=note:{secret}"},
	"exportLens":           {"/api/lens/export?q=harbour&a=note:{secret}"},
	"complete":             {"/api/complete?text={secret}", "/api/complete?text=group:", "/api/complete?text=by:", "/api/complete?text=note:secret"},
	"openSearchSuggest":    {"/api/opensearch-suggest?q={secret}"},
	"documents":            {"/api/documents"},
	"document":             {"/api/documents/harbour-accord"},
	"review":               {"/api/documents/harbour-accord/review"},
	"matches":              {"/api/versions/{version}/matches?q=note:{secret}"},
	"passage":              {"/api/versions/{version}/passages/art2"},
	"why":                  {"/api/versions/{version}/passages/art2/why?q=note:{secret}"},
	"provision":            {"/api/versions/{version}/provisions/art2"},
	"margin":               {"/api/versions/{version}/annotations"},
	"exportAnnotations":    {"/api/annotations", "/api/annotations?format=csv", "/api/annotations?format=markdown"},
	"annotation":           {"/api/annotations/{annotation}"},
	"annotationHistory":    {"/api/annotations/{annotation}/history"},
	"trash":                {"/api/trash"},
	"operations":           {"/api/operations"},
	"concepts":             {"/api/concepts"},
	"concept":              {"/api/concepts/sovereignty"},
	"conceptAnnotations":   {"/api/concepts/sovereignty/annotations"},
	"conceptHistory":       {"/api/concepts/sovereignty/history"},
	"codebooks":            {"/api/codebooks"},
	"exportCodebook":       {"/api/codebook"},
	"rounds":               {"/api/rounds"},
	"round":                {"/api/rounds/{round}"},
	"agreement":            {"/api/rounds/{round}/agreement"},
	"exportAgreement":      {"/api/rounds/{round}/agreement/export"},
	"disagreements":        {"/api/rounds/{round}/disagreements"},
	"roundResult":          {"/api/rounds/{round}/result"},
	"savedSearches":        {"/api/searches"},
	"savedSearch":          {"/api/searches/{search}"},
	"sharedSearch":         {"/api/shared/{token}"},
	"feed":                 {"/s/{token}/feed.atom"},
	"compare":              {"/api/compare?p={version}/art1&p={version}/art2"},
	"suggested":            {"/api/concepts/sovereignty/suggestions"},
	"tagging":              {"/api/tagging?q=note:{secret}&concept=sovereignty"},
	"matrix":               {"/api/matrix"},
	"matrixCell":           {"/api/matrix/cell?document=harbour-accord&concept=sovereignty"},
	"exportMatrix":         {"/api/matrix/export?format=csv"},
	"groups":               {"/api/groups"},
	"group":                {"/api/groups/{group}"},
	"protocolContainer":    {"/annotations/", "/annotations/?page=0"},
	"documentContainer":    {"/annotations/documents/harbour-accord/", "/annotations/documents/harbour-accord/?page=0"},
	"protocolAnnotation":   {"/annotations/{annotation}"},
	"hypothesisOwnGroups":  {"/hypothesis/api/profile/groups"},
	"hypothesisGroups":     {"/hypothesis/api/groups"},
	"hypothesisGroup":      {"/hypothesis/api/groups/{group}"},
	"hypothesisProfile":    {"/hypothesis/api/profile"},
	"hypothesisSearch":     {"/hypothesis/api/search", "/hypothesis/api/search?limit=200"},
	"hypothesisAnnotation": {"/hypothesis/api/annotations/{annotation}"},
	"session":              {"/api/session"},
	"audit":                {"/api/audit?size=1000"},
	"exportAudit":          {"/api/audit/export"},
}

// exact are the doors that show everything that one may read.
var exact = []string{"/api/versions/{version}/annotations", "/api/annotations", "/api/annotations?format=csv", "/api/annotations?format=markdown"}

// silent are the reading routes that have nothing of annotations.
var silent = []string{
	"status", "contract", "explain", "synonyms", "syntax", "citations", "metadata", "metadataHistory", "parties", "version",
	"references", "citationsOf", "counterparts", "differences", "parallel", "openSearch", "invited", "hypothesisIndex", "hypothesisLinks", "hypothesisAuthorize", "hypothesisSidebar", "hypothesisEmbed",
	"hypothesisAuthorizeScript", "hypothesisStyle", "hypothesisPerson", "ownSessions", "passkeys", "tokens", "people", "entry", "colleagues", "identities", "returnOpenID", "mailbox",
}

// A leak is a site with people in groups, and annotations with a word of their own.
type leak struct {
	*site
	askers map[string]annotations.Asker
	made   map[string]annotations.Annotation // by word
	groups map[string]string                 // ids, by name
	saved  map[string]savedSecret            // by name
	rounds map[string]string                 // ids, by name
	compared,
	doors int
}

// TestNoDoorLeaks asks, over random people, groups and annotations, each reading
// route as everybody, and compares what is seen with the rule: what is public,
// one's own and private, or of a group that one is in.
func TestNoDoorLeaks(t *testing.T) {
	l := newLeak(t, 24)
	for path, item := range readContract(t).Paths.Map() {
		operation := item.Get
		if operation == nil {
			continue
		}
		known, ok := doors[operation.OperationID]
		if !ok && !slices.Contains(silent, operation.OperationID) {
			t.Errorf("GET %s (%s) is neither a door nor silent: say in doors how annotations might be seen by it", path, operation.OperationID)
		}
		for _, door := range known {
			l.doors++
			l.look(door)
		}
	}
	l.counts()
	t.Logf("%d users, %d groups, %d annotations, %d doors, %d comparisons", len(l.askers), len(l.groups), len(l.made), l.doors, l.compared)
}

func newLeak(t *testing.T, annotated int) *leak {
	l := &leak{
		site: newSite(t, func(*api.Config) {}), askers: map[string]annotations.Asker{},
		made: map[string]annotations.Annotation{}, groups: map[string]string{},
		saved: map[string]savedSecret{}, rounds: map[string]string{},
	}
	random := rand.New(rand.NewPCG(5, 8))
	users, err := l.store.Users(t.Context())
	l.must(err)
	for _, name := range []string{"Secretgroupone", "Secretgrouptwo", "Secretgroupthree"} {
		l.found(name, users, random)
	}
	for _, user := range users {
		l.askers[user.Name], err = l.store.AskerOf(t.Context(), user)
		l.must(err)
	}
	v, err := l.store.Version(t.Context(), annotations.Asker{}, l.version("harbour-accord"))
	l.must(err)
	names := []string{"ada", "bo", "edith", "arthur"}
	passages := v.Passages()
	for i := range annotated {
		name := names[random.IntN(len(names))]
		asker, p := l.askers[name], passages[random.IntN(len(passages))]
		word := fmt.Sprintf("secret%cx%c", 'a'+rune(i), 'a'+rune(i))
		n := store.NewAnnotation{
			Version: v.ID, Targets: []annotations.Target{{Start: p.Start, End: p.Start + 4}}, Note: word, Concepts: []string{"sovereignty"},
			Visibility: []string{annotations.Private, annotations.Public}[random.IntN(2)],
		}
		for id := range asker.Groups {
			if asker.MayAddTo(id) && random.IntN(2) == 0 {
				n.Visibility, n.Group = annotations.Group, id
			}
		}
		made, err := l.store.CreateAnnotation(t.Context(), asker, n)
		l.must(err)
		l.made[word] = made
	}
	l.openRounds(v)
	l.saveSearches()
	return l
}

func (l *leak) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// found makes a group of some of the users.
func (l *leak) found(name string, users []annotations.User, random *rand.Rand) {
	ctx := l.t.Context()
	owner := random.IntN(len(users))
	g, err := l.store.CreateGroup(ctx, annotations.Asker{User: users[owner].ID}, name, "")
	l.must(err)
	l.groups[name] = g.ID
	for i, user := range users {
		if i == owner || random.IntN(2) == 0 {
			continue
		}
		_, token, err := l.store.Invite(ctx, annotations.Asker{User: users[owner].ID}, g.ID, []string{"reader", "annotator"}[random.IntN(2)], 1, 0)
		l.must(err)
		_, err = l.store.Join(ctx, annotations.Asker{User: user.ID}, token)
		l.must(err)
	}
}

// may is the rule.
func (l *leak) may(as, word string) bool {
	n, asker := l.made[word], l.askers[as]
	switch n.Visibility {
	case annotations.Public:
		return true
	case annotations.Private:
		return as != "stranger" && n.Creator == asker.User
	}
	return asker.Groups[n.Group] != ""
}

var (
	secrets    = regexp.MustCompile(`secret[a-z]x[a-z]`)
	groupWords = regexp.MustCompile(`Secretgroup[a-z]+`)
)

// look asks a door for each annotation and each group, as everybody.
func (l *leak) look(door string) {
	for _, as := range []string{"stranger", "ada", "bo", "edith", "arthur"} {
		switch {
		case strings.Contains(door, "{search}"), strings.Contains(door, "{token}"):
			l.lookSaved(as, door)
		case strings.Contains(door, "{round}"):
			l.lookRound(as, door)
		case strings.Contains(door, "{secret}"), strings.Contains(door, "{annotation}"):
			for word, n := range l.made {
				path := strings.NewReplacer("{secret}", word, "{annotation}", n.ID, "{version}", n.Version).Replace(door)
				other := strings.NewReplacer("{secret}", "secretzxz", "{annotation}", "none", "{version}", n.Version).Replace(door)
				l.compare(as, door, path, other, word, n.ID)
			}
		case strings.Contains(door, "{group}"):
			for name, id := range l.groups {
				_, body := l.get(as, strings.ReplaceAll(door, "{group}", id))
				l.mayShow(as, door, body)
				if l.askers[as].Groups[id] == "" && strings.Contains(string(body), name) {
					l.t.Errorf("%s shows %s to %s", door, name, as)
				}
			}
		default:
			_, body := l.get(as, strings.ReplaceAll(door, "{version}", l.version("harbour-accord")))
			seen := l.mayShow(as, door, body)
			if slices.Contains(exact, door) {
				for word := range l.made {
					if l.may(as, word) != slices.Contains(seen, word) {
						l.t.Errorf("%s as %s: %s is shown: %v", door, as, word, slices.Contains(seen, word))
					}
				}
			}
		}
	}
}

// mayShow checks that a body has nothing that somebody may not read, and returns
// the words in it.
func (l *leak) mayShow(as, door string, body []byte) []string {
	l.compared++
	seen := secrets.FindAllString(string(body), -1)
	for _, word := range seen {
		if _, there := l.made[word]; there && !l.may(as, word) && !strings.Contains(door, "{secret}") {
			l.t.Errorf("%s shows %s to %s", door, word, as)
		}
	}
	for _, name := range groupWords.FindAllString(string(body), -1) {
		if l.askers[as].Groups[l.groups[name]] == "" {
			l.t.Errorf("%s shows %s to %s", door, name, as)
		}
	}
	l.mayShowNames(as, door, body)
	return seen
}

var times = regexp.MustCompile(`"(took|request|updated|mark)": ?("[^"]*"|[0-9.e-]+)|[0-9-]{10}T[0-9:.]+Z|[0-9]{4}-[0-9]{2}-[0-9]{2}`)

// compare checks that a door answers about what somebody may not read as about
// what is not there.
func (l *leak) compare(as, door, path, other, word, id string) {
	response, body := l.get(as, path)
	if l.may(as, word) {
		l.compared++
		if response.StatusCode >= http.StatusBadRequest && strings.Contains(door, "{annotation}") {
			l.t.Errorf("%s as %s: status %d for what they may read", door, as, response.StatusCode)
		}
		return
	}
	l.mayShow(as, door, body)
	nothing, empty := l.get(as, other)
	plain := func(body []byte) string {
		text := times.ReplaceAllString(string(body), "")
		for _, name := range []string{word, id, url.QueryEscape(id), "secretzxz", "none"} {
			text = strings.ReplaceAll(text, name, "")
		}
		return text
	}
	if response.StatusCode != nothing.StatusCode || plain(body) != plain(empty) {
		l.t.Errorf("%s as %s is answered %d\n%s\nand for what is not there %d\n%s", path, as, response.StatusCode, plain(body), nothing.StatusCode, plain(empty))
	}
}

// counts compares what is counted with the rule.
func (l *leak) counts() {
	for _, as := range []string{"stranger", "ada", "bo", "edith", "arthur"} {
		readable, by, in := 0, map[string]map[string]bool{}, map[string]map[string]bool{}
		tagged := map[string]bool{}
		for word, n := range l.made {
			if !l.may(as, word) {
				continue
			}
			readable++
			tagged[n.Passage] = true
			for name, asker := range l.askers {
				if asker.User == n.Creator {
					note(by, name, n.Passage)
				}
			}
			for name, id := range l.groups {
				if n.Group == id {
					note(in, name, n.Passage)
				}
			}
		}
		var found struct {
			Passages int
			Groups   []struct{ Document struct{ Annotations int } }
			Facets   []struct {
				Name   string
				Values []struct {
					Value    string
					Passages int
				}
			}
		}
		_, body := l.get(as, "/api/search?q=in:harbour-accord")
		l.must(json.Unmarshal(body, &found))
		l.compared++
		if got := found.Groups[0].Document.Annotations; got != readable {
			l.t.Errorf("%s counts %d annotations of the document, want %d", as, got, readable)
		}
		for _, facet := range found.Facets {
			want := map[string]int{}
			switch facet.Name {
			case "by":
				want = sizes(by)
			case "group":
				want = sizes(in)
			case "concept":
				if len(tagged) > 0 {
					want["sovereignty"] = len(tagged)
				}
			default:
				continue
			}
			l.compared++
			got := map[string]int{}
			for _, v := range facet.Values {
				got[v.Value] = v.Passages
			}
			if fmt.Sprint(want) != fmt.Sprint(got) {
				l.t.Errorf("%s counts by %s: %v, want %v", as, facet.Name, got, want)
			}
		}
	}
}

func note(sets map[string]map[string]bool, name, passage string) {
	if sets[name] == nil {
		sets[name] = map[string]bool{}
	}
	sets[name][passage] = true
}

func sizes(sets map[string]map[string]bool) map[string]int {
	sizes := map[string]int{}
	for name, set := range sets {
		sizes[name] = len(set)
	}
	return sizes
}
