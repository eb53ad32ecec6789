package content

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Params are the values that a sentence names: {name} in its text.
type Params map[string]string

// message is one sentence in one language, cut at its placeholders.
type message []segment

// segment is literal text, or the place of a parameter. With forms it is a
// word that agrees with the number in that parameter.
type segment struct {
	text  string
	param string
	forms []string // singular, plural
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)(?:\|([^|{}]*)\|([^|{}]*))?\}`)

// parseMessage cuts a text at {name} and {name|singular|plural}.
func parseMessage(text string) (message, error) {
	if !strings.ContainsAny(text, "{}") {
		return message{{text: text}}, nil
	}
	var m message
	rest := 0
	for _, loc := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		m = append(m, segment{text: text[rest:loc[0]]})
		s := segment{param: text[loc[2]:loc[3]]}
		if loc[4] >= 0 {
			s.forms = []string{text[loc[4]:loc[5]], text[loc[6]:loc[7]]}
		}
		m = append(m, s)
		rest = loc[1]
	}
	m = append(m, segment{text: text[rest:]})
	for _, s := range m {
		if strings.ContainsAny(s.text, "{}") {
			return nil, fmt.Errorf("stray brace in %q: want {name} or {name|singular|plural}", text)
		}
	}
	return m, nil
}

// params lists the names that the sentence asks for, sorted, each once.
func (m message) params() []string {
	var names []string
	for _, s := range m {
		if s.param != "" && !slices.Contains(names, s.param) {
			names = append(names, s.param)
		}
	}
	slices.Sort(names)
	return names
}

// format puts the parameters in. Every placeholder must have its value.
func (m message) format(lang Lang, params Params) (string, error) {
	var b strings.Builder
	for _, s := range m {
		b.WriteString(s.text)
		if s.param == "" {
			continue
		}
		value, ok := params[s.param]
		if !ok {
			return "", fmt.Errorf("no value for {%s}", s.param)
		}
		if s.forms == nil {
			elide(&b, lang, value)
			b.WriteString(value)
			continue
		}
		n, err := strconv.Atoi(value)
		if err != nil {
			return "", fmt.Errorf("{%s} must be a number to agree with: %w", s.param, err)
		}
		b.WriteString(s.forms[plural(lang, n)])
	}
	return b.String(), nil
}

// elided matches the French words that lose their e before "un" or "une".
var elided = regexp.MustCompile(`(?:^|[^\p{L}])(?:d|(?:lors|puis)?qu)e $`)

// elide turns a French "que" into "qu'" and "de" into "d'" where "un" or "une"
// is to follow.
func elide(b *strings.Builder, lang Lang, next string) {
	if lang != FR || !strings.HasPrefix(next, "un ") && !strings.HasPrefix(next, "une ") {
		return
	}
	if text := b.String(); elided.MatchString(text) {
		b.Reset()
		b.WriteString(strings.TrimSuffix(text, "e ") + "'")
	}
}

// plural tells the form that goes with n: 0 for the singular, 1 for the
// plural. French says "0 fuite" where English says "0 leaks" (CLDR plural rules).
func plural(lang Lang, n int) int {
	if n == 1 || n == -1 || (n == 0 && lang == FR) {
		return 0
	}
	return 1
}
