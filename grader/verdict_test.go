package grader_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"manche/grader"
)

// A verdict that has everything is as the schema has it; with anything more, or
// with a word that is not among those it may have, it is not.
func TestSchema(t *testing.T) {
	ex, schema := exercise(t), theBench(t).schema
	v := judge(t, grader.Submission{Exercise: ex.Slug, Files: ex.Starter.Files, Seed: 7})
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	french, err := json.Marshal(v.Findings[0].Text["fr"])
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new string }{
		{"a new field", `{"version"`, `{"extra":1,"version"`},
		{"a new field of a finding", `"key":"leak.send_left"`, `"key":"leak.send_left","extra":""`},
		{"a new field of a check", `"failed_runs"`, `"extra":1,"failed_runs"`},
		{"a new field of an axis", `"state":"failed"`, `"state":"failed","extra":1`},
		{"a new axis", `"axes":{`, `"axes":{"extra":{"state":"passed"},`},
		{"a new field of the receipt", `"receipt":{`, `"receipt":{"extra":1,`},
		{"a new field of a goroutine", `"does":"send"`, `"does":"send","extra":1`},
		{"another version", `"version":2`, `"version":1`},
		{"another outcome", `"outcome":"failed"`, `"outcome":"good"`},
		{"another kind", `"kind":"leak"`, `"kind":"hole"`},
		{"another operation", `"does":"send"`, `"does":"sing"`},
		{"no outcome", `"outcome":"failed",`, ``},
		{"no French", `,"fr":` + string(french), ``},
		{"a seed that is a number", `"seed":"7"`, `"seed":7`},
	}
	for _, tt := range tests {
		changed := bytes.Replace(raw, []byte(tt.old), []byte(tt.new), 1)
		if bytes.Equal(changed, raw) {
			t.Errorf("%s: %s is not in the verdict", tt.name, tt.old)
			continue
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(changed))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if err := schema.Validate(document); err == nil {
			t.Errorf("%s: the schema takes it", tt.name)
		}
	}
}

// Every constant of a verdict is a word of the schema, and the other way round.
func TestSchemaHasTheWords(t *testing.T) {
	var schema struct {
		Defs map[string]struct {
			Enum       []string
			Properties map[string]struct{ Enum []string }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(grader.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	words := constants(t, "verdict.go")
	for name, enum := range map[string][]string{
		"Outcome": schema.Defs["outcome"].Enum, "Axis": schema.Defs["axis"].Enum,
		"State": schema.Defs["standing"].Properties["state"].Enum,
		"Kind":  schema.Defs["finding"].Properties["kind"].Enum, "Severity": schema.Defs["finding"].Properties["severity"].Enum,
	} {
		slices.Sort(enum)
		if got := words[name]; len(got) == 0 || !slices.Equal(enum, got) {
			t.Errorf("%s: the schema has %q, the code %q", name, enum, got)
		}
	}
}

// constants lists the string constants of a file by their type, sorted.
func constants(t *testing.T, name string) map[string][]string {
	t.Helper()
	words := make(map[string][]string)
	ast.Inspect(parse(t, name), func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		id, typed := spec.Type.(*ast.Ident)
		literal, value := spec.Values[0].(*ast.BasicLit)
		if typed && value {
			word, err := strconv.Unquote(literal.Value)
			if err == nil {
				words[id.Name] = append(words[id.Name], word)
			}
		}
		return true
	})
	for _, list := range words {
		slices.Sort(list)
	}
	return words
}

func parse(t *testing.T, name string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// keyForm is how the keys of findings look.
var keyForm = regexp.MustCompile(`^(build|policy|test|panic|race|leak|deadlock|timeout|resource|vet)\.[a-z_]+$`)

// waits are what "leak." and "deadlock." are completed by.
var waits = []string{"send", "receive", "select", "lock", "wait"}

// Every finding that the grader can make has its sentence.
func TestEveryKeyHasItsSentence(t *testing.T) {
	messages := theBench(t).messages
	keys := emitted(t)
	if len(keys) < 40 {
		t.Fatalf("only %d keys were found in the sources: %q", len(keys), keys)
	}
	for _, key := range keys {
		if !messages.Has("finding." + key) {
			t.Errorf("no sentence for finding.%s", key)
		}
	}
	for _, reason := range []string{"refused", "not_built", "not_asked", "no_race_detector", "unfinished"} {
		if !messages.Has("reason." + reason) {
			t.Errorf("no sentence for reason.%s", reason)
		}
	}
	// And none is said that nobody means.
	for _, key := range messages.Keys() {
		if own, ok := strings.CutPrefix(key, "finding."); ok && !strings.HasPrefix(own, "vet.") && !slices.Contains(keys, own) {
			t.Errorf("finding.%s stands in no source", own)
		}
	}
}

// emitted collects the keys of findings from the sources.
func emitted(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	policies, err := filepath.Glob("policy/*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, name := range append(files, policies...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		ast.Inspect(parse(t, name), func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					literalKey(seen, text)
				}
			case *ast.CallExpr:
				if key, ok := refusal(n); ok {
					seen["policy."+key] = true
				}
			}
			return true
		})
	}
	keys := make([]string, 0, len(seen))
	for key := range seen {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// literalKey notes a key that stands in the sources, whole or to be completed.
func literalKey(seen map[string]bool, text string) {
	switch {
	case keyForm.MatchString(text):
		seen[text] = true
	case text == "leak." || text == "deadlock.":
		for _, w := range waits {
			seen[text+w] = true
		}
	}
}

// refusal reads the key of a call of the policy's refuse or refuseAt.
func refusal(call *ast.CallExpr) (string, bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "refuse" && sel.Sel.Name != "refuseAt" {
		return "", false
	}
	at := map[string]int{"refuse": 1, "refuseAt": 3}[sel.Sel.Name]
	if len(call.Args) <= at {
		return "", false
	}
	literal, ok := call.Args[at].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	key, err := strconv.Unquote(literal.Value)
	return key, err == nil
}

// Speak says where a sentence is missing.
func TestSpeakFails(t *testing.T) {
	v := &grader.Verdict{Findings: []grader.Finding{{Key: "leak.send", Params: map[string]string{}}}}
	if err := v.Speak(theBench(t).messages); err == nil {
		t.Error("a sentence without its parameters: got no error")
	}
	v.Findings[0].Key = "none.such"
	if err := v.Speak(theBench(t).messages); err == nil {
		t.Error("no such sentence: got no error")
	}
}
