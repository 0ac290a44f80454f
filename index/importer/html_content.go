package importer

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A furnishing finds what a saved page has around its text: menus, cookie
// banners, tables of contents made of links. An element is taken for such
//
//   - by a word of its id or class, if it holds less than a fifth of the page;
//   - if nearly all of its text is links, at least four, and they lead to places
//     in a page or stand before the first heading and the first text.
type furnishing struct {
	measures map[*html.Node]measure
	total    int // characters of the page
	begun    bool
	read     int // characters outside of links before the current element
	found    map[*html.Node]bool
	words    int // in what was found
}

// A measure is what is in an element, in characters that are not blank.
type measure struct {
	text, linked, links, inPage int
}

const (
	fewestLinks = 4
	leadText    = 200 // characters outside of links after which the text has begun
)

// furnish returns the furniture below an element.
func furnish(root *html.Node) *furnishing {
	f := &furnishing{measures: map[*html.Node]measure{}, found: map[*html.Node]bool{}}
	f.total = f.measure(root, false).text
	f.walk(root)
	return f
}

func (f *furnishing) measure(n *html.Node, linked bool) measure {
	var m measure
	if n.Type == html.TextNode {
		m.text = visibleIn(n.Data)
		if linked {
			m.linked = m.text
		}
		return m
	}
	if n.Type == html.ElementNode && chrome(n) {
		return m
	}
	if n.DataAtom == atom.A {
		if target := attribute(n, "href"); target != "" {
			linked = true
			m.links = 1
			if strings.Contains(target, "#") {
				m.inPage = 1
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		inner := f.measure(c, linked)
		m.text, m.linked, m.links, m.inPage = m.text+inner.text, m.linked+inner.linked, m.links+inner.links, m.inPage+inner.inPage
	}
	if isBlock(n.DataAtom) {
		f.measures[n] = m
	}
	return m
}

func (f *furnishing) walk(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			f.read += visibleIn(c.Data)
			f.begun = f.begun || f.read > leadText
		case c.Type != html.ElementNode || chrome(c):
		case c.DataAtom == atom.A && attribute(c, "href") != "":
			f.found[c] = furnitureNamed(c)
		case c.DataAtom == atom.H1:
			f.begun = true
		case isBlock(c.DataAtom) && c.DataAtom != atom.Body && c.DataAtom != atom.Html && f.is(c):
			f.found[c] = true
			f.words += len(strings.Fields(textOf(c)))
		default:
			f.walk(c)
		}
	}
}

func (f *furnishing) is(n *html.Node) bool {
	m := f.measures[n]
	if m.text == 0 {
		return false
	}
	if m.text*5 < f.total && furnitureNamed(n) {
		return true
	}
	return m.links >= fewestLinks && m.linked*5 >= m.text*4 && (!f.begun || m.inPage == m.links)
}

// furnitureWords are words in the ids and classes of what is not the text of a
// page.
var furnitureWords = map[string]bool{
	"cookie": true, "cookies": true, "consent": true, "breadcrumb": true, "breadcrumbs": true, "nav": true, "navbar": true,
	"navigation": true, "menu": true, "submenu": true, "sidebar": true, "toolbar": true, "pagination": true, "pager": true,
	"share": true, "sharing": true, "social": true, "newsletter": true, "login": true, "signin": true, "skip": true, "skiplink": true,
	"masthead": true, "banner": true, "popup": true, "modal": true, "footer": true, "advert": true, "advertisement": true,
}

// furnitureRoles are the roles of ARIA that say the same.
var furnitureRoles = map[string]bool{
	"navigation": true, "search": true, "dialog": true, "alertdialog": true, "menu": true, "menubar": true, "toolbar": true,
	"contentinfo": true, "complementary": true,
}

func furnitureNamed(n *html.Node) bool {
	if furnitureRoles[attribute(n, "role")] || attribute(n, "aria-modal") == "true" {
		return true
	}
	for _, name := range []string{attribute(n, "id"), attribute(n, "class")} {
		for _, word := range nameWords(name) {
			if furnitureWords[word] {
				return true
			}
		}
	}
	return false
}

// nameWords cuts ids and classes into words: "SkipLink", "main-menu", "cookie_banner".
func nameWords(name string) []string {
	var out strings.Builder
	var before rune
	for _, r := range name[:min(len(name), 1000)] {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			out.WriteByte(' ')
		}
		before = r
		out.WriteRune(unicode.ToLower(r))
	}
	return strings.FieldsFunc(out.String(), func(r rune) bool { return !unicode.IsLetter(r) || r == utf8.RuneError })
}

// remarks says that something was left out.
func (f *furnishing) remarks() []string {
	if f.words == 0 {
		return nil
	}
	return []string{fmt.Sprintf("what is around its text, such as menus, was left out: %s", counted(f.words, "word"))}
}

// savedFrom returns the address that a page gives as its own or that a browser
// noted when it saved the page, "" if there is none.
func savedFrom(root *html.Node) string {
	for n := range root.Descendants() {
		address := ""
		switch {
		case n.Type == html.CommentNode && strings.HasPrefix(strings.TrimSpace(n.Data), "saved from url="):
			_, address, _ = strings.Cut(n.Data, ")")
			address = strings.TrimSpace(address)
		case n.DataAtom == atom.Link && attribute(n, "rel") == "canonical":
			address = attribute(n, "href")
		case n.DataAtom == atom.Body:
			return ""
		}
		if webAddress(address) {
			return address
		}
	}
	return ""
}
