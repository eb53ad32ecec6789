package content

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

// Messages are all the sentences of the interface and of the findings, by key.
// It is safe for concurrent use.
type Messages struct {
	byKey map[string]map[Lang]message
}

// LoadMessages reads every messages/*.toml of fsys. A file is a list of tables
//
//	["finding.leak.send"]
//	fr = "…{line}…"
//	en = "…{line}…"
//
// where {name} stands for a parameter and {n|leak|leaks} for a word that agrees
// with one. Both languages must be there and name the same parameters, a key
// may stand only once: the error names every sentence that breaks this.
// French sentences get their no-break spaces here (see [FrenchSpaces]).
func LoadMessages(fsys fs.FS) (*Messages, error) {
	names, err := fs.Glob(fsys, "messages/*.toml")
	if err != nil {
		return nil, fmt.Errorf("listing the messages: %w", err)
	}
	files := make([]file, len(names))
	var reading sync.WaitGroup // the terminal waits for this at every command
	for i, name := range names {
		reading.Go(func() { files[i] = readFile(fsys, name) })
	}
	reading.Wait()
	m := &Messages{byKey: make(map[string]map[Lang]message)}
	var defects []error
	for _, f := range files {
		defects = append(defects, m.take(f)...)
	}
	if len(m.byKey) == 0 && len(defects) == 0 {
		return nil, errors.New("loading the messages: none found in messages/*.toml")
	}
	if err := errors.Join(defects...); err != nil {
		return nil, fmt.Errorf("loading the messages: %w", err)
	}
	return m, nil
}

// file is what one of the files holds, and what is wrong with it.
type file struct {
	name    string
	byKey   map[string]map[Lang]message
	defects []error
}

func readFile(fsys fs.FS, name string) file {
	f := file{name: path.Base(name), byKey: make(map[string]map[Lang]message)}
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		f.defects = append(f.defects, err)
		return f
	}
	var tables map[string]map[string]string
	if err := toml.Unmarshal(raw, &tables); err != nil {
		f.defects = append(f.defects, fmt.Errorf("%s: %w", f.name, err))
	}
	for _, key := range slices.Sorted(maps.Keys(tables)) {
		if f.byKey[key], err = sentence(tables[key]); err != nil {
			f.defects = append(f.defects, fmt.Errorf("%s: %q: %w", f.name, key, err))
		}
	}
	return f
}

// take adds the sentences of a file, and returns what is wrong with it.
func (m *Messages) take(f file) []error {
	defects := f.defects
	for _, key := range slices.Sorted(maps.Keys(f.byKey)) {
		if _, dup := m.byKey[key]; dup {
			defects = append(defects, fmt.Errorf("%s: %q: the key stands twice", f.name, key))
		}
		m.byKey[key] = f.byKey[key]
	}
	return defects
}

// sentence reads one sentence in all its languages.
func sentence(texts map[string]string) (map[Lang]message, error) {
	langs := make(map[Lang]message, len(Langs))
	for code, text := range texts {
		lang, ok := ParseLang(code)
		if !ok {
			return nil, fmt.Errorf("unknown language %q", code)
		}
		if lang == FR {
			text = FrenchSpaces(text)
		}
		msg, err := parseMessage(text)
		if err != nil {
			return nil, err
		}
		langs[lang] = msg
	}
	return langs, complete(langs, texts)
}

// complete tells what the sentence lacks in one of the languages.
func complete(langs map[Lang]message, texts map[string]string) error {
	for _, l := range Langs {
		if strings.TrimSpace(texts[string(l)]) == "" {
			return fmt.Errorf("no text in %q", l)
		}
	}
	if fr, en := langs[FR].params(), langs[EN].params(); !slices.Equal(fr, en) {
		return fmt.Errorf("the languages name different parameters: fr %v, en %v", fr, en)
	}
	return nil
}

// Has reports whether there is a sentence with this key.
func (m *Messages) Has(key string) bool {
	_, ok := m.byKey[key]
	return ok
}

// Keys lists all keys, sorted.
func (m *Messages) Keys() []string { return slices.Sorted(maps.Keys(m.byKey)) }

// Text returns the sentence of key in lang. It fails on an unknown key and on a
// parameter without a value; parameters that the sentence does not name are
// ignored.
func (m *Messages) Text(lang Lang, key string, params Params) (string, error) {
	msg, ok := m.byKey[key][lang]
	if !ok {
		return "", fmt.Errorf("no sentence %q in %q", key, lang)
	}
	text, err := msg.format(lang, params)
	if err != nil {
		return "", fmt.Errorf("sentence %q in %q: %w", key, lang, err)
	}
	return text, nil
}

// Both returns the sentence of key in every language, for answers that carry
// them all. Parts are parameters that are words themselves, and so differ by
// language: name -> language -> text.
func (m *Messages) Both(key string, params map[string]string, parts map[string]map[string]string) (map[string]string, error) {
	texts := make(map[string]string, len(Langs))
	for _, l := range Langs {
		own := params
		if len(parts) > 0 {
			own = make(Params, len(params)+len(parts))
			maps.Copy(own, params)
			for name, byLang := range parts {
				own[name] = byLang[string(l)]
			}
		}
		text, err := m.Text(l, key, own)
		if err != nil {
			return nil, err
		}
		texts[string(l)] = text
	}
	return texts, nil
}

// In returns a voice that speaks lang.
func (m *Messages) In(lang Lang) Voice { return Voice{lang: lang, messages: m} }

// Voice says sentences in one language. It is safe for concurrent use.
type Voice struct {
	lang     Lang
	messages *Messages
}

// Lang returns the language that the voice speaks.
func (v Voice) Lang() Lang { return v.lang }

// Say returns the sentence of key with its parameters given as name, value
// pairs; values are printed with fmt.Sprint. It panics on an unknown key or a
// missing parameter: keys are constants of the program, and a test holds every
// one of them against the messages.
func (v Voice) Say(key string, pairs ...any) string {
	params := make(Params, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		params[fmt.Sprint(pairs[i])] = fmt.Sprint(pairs[i+1])
	}
	text, err := v.messages.Text(v.lang, key, params)
	if err != nil {
		panic("content: " + err.Error())
	}
	return text
}
