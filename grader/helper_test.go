package grader_test

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.uber.org/goleak"

	"manche/content"
	"manche/exercises"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(tests{m})
}

// tests closes the sandbox once the tests have run, before leaks are looked for.
type tests struct{ *testing.M }

func (t tests) Run() int {
	defer func() {
		if b, err := opened(); err == nil {
			b.sandbox.Close()
		}
	}()
	return t.M.Run()
}

// bench is what all tests judge with.
type bench struct {
	*grader.Grader
	catalog  *exercises.Catalog
	config   grader.Config
	sandbox  *sandbox.Backend
	messages *content.Messages
	schema   *jsonschema.Schema
}

var opened = sync.OnceValues(open)

func open() (*bench, error) {
	ctx := context.Background()
	toolchain, err := build.Find(ctx)
	if err != nil {
		return nil, err
	}
	catalog, _, err := exercises.Load(exercises.FS)
	if err != nil {
		return nil, err
	}
	b := &bench{catalog: catalog}
	if b.sandbox, err = sandbox.Open(ctx, sandbox.Config{}); err != nil {
		return nil, err
	}
	b.config = grader.Config{Catalog: catalog, Toolchain: toolchain, Sandbox: b.sandbox}
	if b.Grader, err = grader.New(ctx, b.config, nil); err != nil {
		return nil, err
	}
	if b.messages, err = content.LoadMessages(content.FS); err != nil {
		return nil, err
	}
	b.schema, err = compileSchema()
	return b, err
}

func compileSchema() (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(grader.Schema))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("verdict.schema.json", document); err != nil {
		return nil, err
	}
	return c.Compile("verdict.schema.json")
}

func theBench(tb testing.TB) *bench {
	tb.Helper()
	b, err := opened()
	if err != nil {
		tb.Fatalf("setting up: %v", err)
	}
	return b
}

// judge judges a submission, and holds the verdict against everything that must
// be true of each one.
func judge(t *testing.T, sub grader.Submission) *grader.Verdict {
	t.Helper()
	b := theBench(t)
	v, err := b.Judge(t.Context(), sub)
	if err != nil {
		t.Fatalf("judging: %v", err)
	}
	b.hold(t, v)
	return v
}

// hold checks what every verdict must be: spoken in both languages, as the
// schema has it, and the same after a journey as JSON.
func (b *bench) hold(t *testing.T, v *grader.Verdict) {
	t.Helper()
	if err := v.Speak(b.messages); err != nil {
		t.Errorf("%s: %v", describe(v), err)
	}
	for _, f := range v.Findings {
		for _, lang := range content.Langs {
			if text := f.Text[string(lang)]; text == "" || nowhere.MatchString(text) {
				t.Errorf("%s: in %s it says %q", f.Key, lang, text)
			}
		}
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.schema.Validate(document); err != nil {
		t.Errorf("the verdict is not as its schema has it: %v\n%s", err, raw)
	}
	var again grader.Verdict
	if err := json.Unmarshal(raw, &again); err != nil {
		t.Fatal(err)
	}
	if twice, err := json.Marshal(&again); err != nil || !bytes.Equal(raw, twice) || !bytes.Equal(v.Canonical(), again.Canonical()) {
		t.Errorf("after a journey as JSON, %v:\n%s\nbefore:\n%s", err, twice, raw)
	}
	consistent(t, v)
}

// nowhere matches what a sentence says of a place that is not known, and a
// parameter that was not filled in.
var nowhere = regexp.MustCompile(`[{}]\pL|\b(lines?|lignes?)[\s\x{a0}](\d+ (and|et) )?0\b`)

// consistent holds a verdict's parts against each other.
func consistent(t *testing.T, v *grader.Verdict) {
	t.Helper()
	failed := false
	for _, axis := range grader.Axes {
		s, ok := v.Axes[axis]
		if !ok || (s.State == grader.AxisNotChecked) != (s.Reason != "") {
			t.Errorf("axis %s stands at %+v, %v", axis, s, ok)
		}
		failed = failed || s.State == grader.AxisFailed
		blamed := slices.ContainsFunc(v.Findings, func(f grader.Finding) bool { return f.Axis == axis && f.Severity == grader.SeverityError })
		if blamed != (s.State == grader.AxisFailed) {
			t.Errorf("axis %s stands at %s, and findings blame it: %v", axis, s.State, blamed)
		}
	}
	faults := slices.ContainsFunc(v.Findings, func(f grader.Finding) bool { return f.Severity == grader.SeverityError })
	if (v.Outcome == grader.Passed) == faults && v.Outcome != grader.Unproven {
		t.Errorf("outcome %s with %d findings", v.Outcome, len(v.Findings))
	}
	if v.Outcome == grader.Failed && !failed {
		t.Errorf("outcome failed, and no axis is: %+v", v.Axes)
	}
}

// exercise is the one that these tests judge answers to.
func exercise(tb testing.TB) *exercises.Exercise {
	tb.Helper()
	ex, ok := theBench(tb).config.Catalog.Lookup("fix-the-leak")
	if !ok {
		tb.Fatal("the course has no fix-the-leak")
	}
	return ex
}

// describe sums a verdict up.
func describe(v *grader.Verdict) string {
	text := string(v.Outcome)
	for _, f := range v.Findings {
		text += " " + f.Key
	}
	return text
}
