package lessons

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// ligatures are letters that do not come apart by decomposition.
var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss")

// slugify makes an anchor of a heading: lower case, accents folded, one dash
// between words, and no number in front, so that it outlives a renumbering.
func slugify(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(ligatures.Replace(strings.ToLower(text))) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '’', r == '\'':
		case unicode.IsLetter(r), unicode.IsDigit(r) && b.Len() > 0:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// assignIDs gives the headings their anchors: those of the given page by place,
// and own ones for what stands beyond its end. taken are ids of other parts.
func (d *draft) assignIDs(from *draft, taken map[string]bool) {
	for i, h := range d.headings {
		id := ""
		if from != d && i < len(from.ids) {
			id = from.ids[i]
		} else {
			id = free(slugify(d.headingText(i)), taken)
			taken[id] = true
		}
		d.ids = append(d.ids, id)
		h.SetAttributeString("id", []byte(id))
	}
}

// free returns id, with a number after it if it is taken.
func free(id string, taken map[string]bool) string {
	if !taken[id] {
		return id
	}
	for n := 2; ; n++ {
		if next := id + "-" + strconv.Itoa(n); !taken[next] {
			return next
		}
	}
}

// headingText returns a heading as plain text.
func (d *draft) headingText(i int) string {
	inner := d.html(children(d.headings[i])...)
	return html.UnescapeString(tags.ReplaceAllString(inner, ""))
}
