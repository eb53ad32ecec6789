package main_test

import (
	"go/ast"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// usedKeys are the keys that sources name.
type usedKeys struct {
	spoken   map[string]string // key -> where it is passed to a speaker, whole
	prefixes map[string]string // beginning -> where a key is put together from it
	literals map[string]string // every string of the sources -> where
}

func newUsedKeys() *usedKeys {
	return &usedKeys{make(map[string]string), make(map[string]string), make(map[string]string)}
}

// readUses reads all Go sources and templates; generated ones repeat what a
// template says.
func readUses(fsys fs.FS) (*usedKeys, error) {
	u := newUsedKeys()
	sources, err := readSources(fsys)
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		if !ast.IsGenerated(s.file) && !s.bundle() {
			u.readGo(s)
		}
	}
	return u, fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return fs.SkipDir
		case path.Ext(name) != ".templ":
			return nil
		}
		raw, err := fs.ReadFile(fsys, name)
		u.readTemplate(name, string(raw))
		return err
	})
}

// readGo notes the strings of one file, and the keys that it speaks.
func (u *usedKeys) readGo(s source) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if text, ok := literal(n); ok {
				u.literals[text] = s.at(n)
			}
		case *ast.CallExpr:
			place, ok := speakers[callee(n)]
			if !ok || len(n.Args) <= place {
				return true
			}
			key, joined := leftmost(n.Args[place])
			if text, ok := literal(key); ok && joined {
				u.prefixes[text] = s.at(n)
			} else if ok {
				u.spoken[text] = s.at(n)
			}
		}
		return true
	})
}

// callee is the name of the function or method that is called.
func callee(call *ast.CallExpr) string {
	switch fn := call.Fun.(type) {
	case *ast.Ident:
		return fn.Name
	case *ast.SelectorExpr:
		return fn.Sel.Name
	}
	return ""
}

// leftmost returns what a sum of strings begins with, and whether it is a sum.
func leftmost(e ast.Expr) (first ast.Expr, joined bool) {
	for {
		sum, ok := e.(*ast.BinaryExpr)
		if !ok {
			return e, joined
		}
		e, joined = sum.X, true
	}
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

var (
	templateCall   = regexp.MustCompile(`\bSay\(\s*"([^"]*)"(\s*\+)?`)
	templateString = regexp.MustCompile(`"([^"\n]*)"`)
)

func (u *usedKeys) readTemplate(name, text string) {
	for _, m := range templateCall.FindAllStringSubmatch(text, -1) {
		if m[2] != "" {
			u.prefixes[m[1]] = name
		} else {
			u.spoken[m[1]] = name
		}
	}
	for _, m := range templateString.FindAllStringSubmatch(text, -1) {
		u.literals[m[1]] = name
	}
}

// ownKey is what only a key of the program or of the site looks like.
var ownKey = regexp.MustCompile(`^(cli|web)(\.[a-z0-9_]+)+$`)

// faults holds the sources and the keys of the messages against each other.
func (u *usedKeys) faults(keys []string, families map[string]family) []string {
	var found []string
	for key, at := range u.spoken {
		if !slices.Contains(keys, key) {
			found = append(found, at+": no sentence has the key "+key)
		}
	}
	for text, at := range u.literals {
		if _, spoken := u.spoken[text]; !spoken && ownKey.MatchString(text) && !slices.Contains(keys, text) {
			found = append(found, at+": no sentence has the key "+text)
		}
	}
	for prefix, at := range u.prefixes {
		if _, ok := families[prefix]; !ok {
			found = append(found, at+": keys put together below "+prefix+" are not listed as a family")
		}
	}
	for prefix := range families {
		if _, ok := u.literals[prefix]; !ok {
			found = append(found, prefix+" is listed as a family, and no source begins a key with it")
		}
	}
	words := u.words()
	for _, key := range keys {
		if _, whole := u.literals[key]; !whole && !inFamily(key, families, words) {
			found = append(found, key+": no source says this sentence")
		}
	}
	slices.Sort(found)
	return found
}

// words are the parts of all strings between dots.
func (u *usedKeys) words() map[string]bool {
	words := make(map[string]bool)
	for text := range u.literals {
		for word := range strings.SplitSeq(text, ".") {
			words[word] = true
		}
	}
	return words
}

// inFamily reports whether a key can be put together from a family and words of
// the sources.
func inFamily(key string, families map[string]family, words map[string]bool) bool {
	for prefix, f := range families {
		rest, ok := strings.CutPrefix(key, prefix)
		if ok && strings.HasSuffix(key, f.ending) && !slices.ContainsFunc(strings.Split(rest, "."), func(word string) bool { return !words[word] }) {
			return true
		}
	}
	return false
}
