package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"manche/grader"
)

// TestStories plays testdata/script/*.txt: what people do at a terminal, and
// what they get. Beyond testscript's own commands there are
//
//	exits CODE PROGRAM [ARG]...   the program ends with exactly this code
//	verdict NAME=VALUE...         stdout is one verdict, true to its schema
//	shown FILE                    writes stdout, without its last line, to FILE
//
// and the variables BUNDLE (the exercise fix-the-leak), BIN (the folder of
// manche alone) and GO (the go command).
//
// With -update, what a story compares by cmp is written into it.
func TestStories(t *testing.T) {
	schema := compileSchema(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup:               setUp,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"shown": shown,
			"verdict": func(ts *testscript.TestScript, neg bool, args []string) {
				checkVerdict(ts, schema, args)
			},
		},
	})
}

var update = flag.Bool("update", false, "write what is shown into the stories")

// shown keeps what a verdict shows that is the same everywhere: all but the line
// that says with which seed and tools it was made.
func shown(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: shown FILE")
	}
	text := strings.TrimRight(ts.ReadFile("stdout"), "\n")
	end := strings.LastIndex(text, "\n")
	if end < 0 {
		ts.Fatalf("stdout is a single line")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text[:end+1]), 0o644))
}

// setUp gives the stories Go's folders and ours: what was prepared once is not
// prepared again in each of them.
func setUp(env *testscript.Env) error {
	out, err := exec.Command("go", "env", "-json", "GOCACHE", "GOMODCACHE", "GOPATH", "GOPROXY", "GOFLAGS").Output()
	if err != nil {
		return fmt.Errorf("asking go for its folders: %w", err)
	}
	vars := make(map[string]string)
	if err := json.Unmarshal(out, &vars); err != nil {
		return fmt.Errorf("reading go's folders: %w", err)
	}
	if vars["XDG_CACHE_HOME"], err = os.UserCacheDir(); err != nil {
		return err
	}
	if vars["BUNDLE"], err = filepath.Abs("../../exercises/fix-the-leak"); err != nil {
		return err
	}
	if vars["GO"], err = exec.LookPath("go"); err != nil {
		return err
	}
	program, err := exec.LookPath("manche")
	if err != nil {
		return err
	}
	vars["BIN"] = filepath.Dir(program)
	for name, value := range vars {
		env.Setenv(name, value)
	}
	return nil
}

// exits runs a program that must end with the given code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG]...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(grader.Schema))
	if err != nil {
		t.Fatal("reading the schema:", err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("verdict.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("verdict.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// checkVerdict holds stdout against the schema, and the verdict against the
// facts given as NAME=VALUE: outcome, seed, first (the first finding, as
// kind:file:line) or an axis.
func checkVerdict(ts *testscript.TestScript, schema *jsonschema.Schema, wants []string) {
	stdout := ts.ReadFile("stdout")
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(stdout))
	if err != nil {
		ts.Fatalf("stdout is no JSON: %v", err)
	}
	if err := schema.Validate(doc); err != nil {
		ts.Fatalf("the verdict is not true to its schema: %v", err)
	}
	dec := json.NewDecoder(strings.NewReader(stdout))
	var v grader.Verdict
	ts.Check(dec.Decode(&v))
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		ts.Fatalf("stdout holds more than one object")
	}
	facts := map[string]string{"outcome": string(v.Outcome), "seed": strconv.FormatUint(v.Runs.Seed, 10), "first": ""}
	for axis, s := range v.Axes {
		facts[string(axis)] = string(s.State)
	}
	if len(v.Findings) > 0 {
		f := v.Findings[0]
		facts["first"] = fmt.Sprintf("%s:%s:%d", f.Kind, f.File, f.Line)
		if f.Text["fr"] == "" || f.Text["en"] == "" {
			ts.Fatalf("the first finding does not speak both languages: %q", f.Text)
		}
	}
	for _, want := range wants {
		name, value, _ := strings.Cut(want, "=")
		if got, ok := facts[name]; !ok || got != value {
			ts.Fatalf("%s is %q, want %q", name, got, value)
		}
	}
}
