package query

// alike are names for fields in other search languages and in plain speech.
var alike = map[string]string{
	"author": "by", "user": "by", "creator": "by", "country": "party", "state": "party", "member": "party",
	"organisation": "org", "organization": "org", "language": "lang", "article": "art", "document": "in", "doc": "in",
	"tag": "concept", "code": "concept", "label": "concept", "team": "group", "me": "by", "signed": "date", "adopted": "date", "day": "date",
	"type": "kind", "is": "has", "comment": "note", "annotation": "note", "section": "heading", "headline": "heading",
	"edition": "version", "versions": "version", "provision": "id", "address": "id", "continent": "region", "area": "region",
}

// nearestField returns the field that name was probably meant to be, "" if that
// cannot be told.
func nearestField(name string) string {
	if meant := alike[name]; meant != "" {
		return meant
	}
	return nearest(name, Fields)
}

// nearest returns the first of names that is at the least edit distance from
// name, "" if every one is too far from it.
func nearest(name string, names []string) string {
	found, best := "", 1+min(2, len([]rune(name))/3)
	for _, n := range names {
		if d := distance([]rune(name), []rune(n)); d < best {
			found, best = n, d
		}
	}
	return found
}

// distance counts the insertions, deletions, substitutions and exchanges of
// neighbours that make b of a (optimal string alignment).
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			switch {
			case i == 0:
				rows[i][j] = j
			case j == 0:
				rows[i][j] = i
			default:
				cost := 1
				if a[i-1] == b[j-1] {
					cost = 0
				}
				rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
				}
			}
		}
	}
	return rows[len(a)][len(b)]
}
