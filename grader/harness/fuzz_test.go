package harness_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"manche/grader/harness"
	"manche/grader/harness/wire"
	"manche/grader/internal/seeds"
	"manche/grader/policy"
)

// Whatever frames come in whatever order, and whatever the program printed: a run
// that is complete is a whole one, and no attempt is both over and stuck.
func FuzzRead(f *testing.F) {
	kinds := []wire.FrameKind{wire.Begin, wire.End, wire.Stuck, wire.Canary, wire.Bye, "other"}
	names := []string{"TestA", "TestB", "", wire.CanaryError, wire.CanaryFatal, wire.CanaryPanic, wire.CanaryRace, wire.CanaryLeak}
	frame := func(b byte) wire.Frame {
		return wire.Frame{Kind: kinds[int(b)%len(kinds)], Check: names[int(b)/len(kinds)%len(names)], Failed: b > 127}
	}
	p := &harness.Program{Checks: []string{"TestA", "TestB"}}
	o := harness.Orders{Key: []byte("a key"), Race: true}
	f.Add([]byte{0, 1, 6, 7, 4}, []byte(nil), []byte("\n"+wire.CutLine(o.Key, 0)+"\nhello"))
	f.Add([]byte{0, 2, 4}, []byte("more"), []byte(wire.CutLine(o.Key, 1)+wire.CutLine(o.Key, 0)))
	for _, printed := range seeds.Outputs(f) {
		f.Add([]byte{0, 1, 6, 8, 3, 129, 4}, []byte(nil), []byte(printed+"\n"+wire.CutLine(o.Key, 0)+"\n"+printed))
	}
	f.Fuzz(func(t *testing.T, script, tail, output []byte) {
		var b bytes.Buffer
		r := wire.NewReporter(&b, o.Key)
		for _, s := range script {
			r.Send(frame(s))
		}
		b.Write(tail)
		run := p.Read(o, b.Bytes(), output)
		if run.Complete && (run.Tampered || len(tail) > 0 || len(run.Attempts) < len(p.Checks)) {
			t.Errorf("complete: %+v", run)
		}
		for _, a := range run.Attempts {
			if a.Ended && a.Stuck || run.Complete && !a.Ended || !bytes.Contains(output, []byte(a.Output)) {
				t.Errorf("attempt %+v of %+v", a, run)
			}
		}
		if strange := p.Read(o, append([]byte("x"), b.Bytes()...), output); len(strange.Attempts) > 0 || strange.Complete {
			t.Errorf("believed what is not genuine: %+v", strange)
		}
	})
}

// sources are programs to start from: those of this package's tests, and answers
// to exercises, good and bad.
func sources(f *testing.F) {
	f.Helper()
	f.Add(frame)
	for _, place := range places {
		f.Add(strings.Replace(frame, "STATEMENT", bare(place), 1))
	}
	files, err := filepath.Glob("../../exercises/*/*.go")
	if err != nil || len(files) == 0 {
		f.Fatalf("no sources: %v", err)
	}
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	for _, src := range seeds.Programs(f, seeds.Corpus) {
		f.Add(src)
	}
	locks := "package answer\n\nimport \"sync\"\n\nvar c struct{ mu, μ sync.Mutex }\n\nvar m [2]sync.Mutex\n\nfunc Answer() {\n"
	f.Add(locks + "\tc.\n\t\tmu.Lock()\n\tdefer c. // the counter\n\t\tμ.\n\t\tUnlock()\n\tm[\n\t\t1].Lock()\n\tc.μ.\n\t\tLock()\n}\n")
	f.Add("\ufeffpackage answer\r\n\r\nfunc Answer() int { c := make(chan int); go func() {}(); return <-c }\r\n")
}

// Whatever is let through can still be read once the driver's calls are in it, and
// every declaration and statement stands on the line where it stood.
func FuzzProgram(f *testing.F) {
	sources(f)
	imp := newImporter(f)
	checks, err := harness.Prepare("answer", nil, nil, map[string][]byte{checksFile: []byte("package answer\n")}, imp)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, src string) {
		name, _, _ := strings.Cut(packageOf(src), " ")
		result := policy.Check(map[string][]byte{answerFile: []byte(src)}, policy.Rules{Package: name, Files: []string{answerFile}, Importer: imp})
		if result.Package == nil {
			return
		}
		out := checks.Program(result.Package).Files[answerFile]
		before, after := lines(t, []byte(src)), lines(t, out)
		for _, line := range before {
			i := slices.Index(after, line)
			if i < 0 {
				t.Fatalf("line %d has lost something:\n%s\n---\n%s", line, src, out)
			}
			after = slices.Delete(after, i, i+1)
		}
		if got, want := bytes.Count(out, []byte("\n")), strings.Count(src, "\n"); got != want {
			t.Errorf("%d lines, want %d", got, want)
		}
	})
}

// packageOf is the name in the package clause.
func packageOf(src string) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.PackageClauseOnly)
	if err != nil {
		return "answer"
	}
	return file.Name.Name
}

// lines lists the lines on which declarations and statements begin.
func lines(t *testing.T, src []byte) []int {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, answerFile, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%v in\n%s", err, src)
	}
	var list []int
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case ast.Decl, ast.Stmt:
			list = append(list, fset.Position(n.Pos()).Line)
		}
		return true
	})
	return list
}
