package walls

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"
)

const harnessDir = "grader/harness/"

// canaryMutants leave each canary out, in the driver alone and in the reader as
// well.
func canaryMutants(root string) ([]Mutant, error) {
	driver, err := read(root, harnessDir+"driver/canary.go")
	if err != nil {
		return nil, err
	}
	reader, err := read(root, harnessDir+"read.go")
	if err != nil {
		return nil, err
	}
	sent := driver.canaries(driver.function("canaries"))
	list := driver.mutants(Canary, sent, readTests, driverTests)
	for _, c := range sent {
		name := regexp.MustCompile(`wire\.Canary\w+`).FindString(c.what)
		expected := reader.canaryName(name)
		if name == "" || expected == nil {
			return nil, fmt.Errorf("%s: no canary %q is expected", reader.name, name)
		}
		m := driver.mutants(Canary, []change{c}, readTests, driverTests)[0]
		m.What += ", nor expected"
		m.edits[reader] = []change{*expected}
		list = append(list, m)
	}
	rules := rebuilt(driver, driver.statements(driver.function("canary")))
	return append(list, driver.mutants(Canary, rules, driverTests)...), nil
}

// canaries leaves out each statement that sends one.
func (s *source) canaries(f *ast.FuncDecl) []change {
	var list []change
	for _, c := range rebuilt(s, s.statements(f)) {
		if strings.Contains(c.what, "wire.Canary") {
			list = append(list, c)
		}
	}
	return list
}

// rebuilt makes changes that need no number of those that have one: a program in a
// sandbox cannot be told its number.
func rebuilt(s *source, changes []change) []change {
	list := slices.Clone(changes)
	constants := strings.NewReplacer("wallsOpen(#)", "true", "wallsFine(#, ", "wallsFine(true, ")
	for i, c := range list {
		list[i].text = constants.Replace(c.before) + s.code(c.node) + c.after
		list[i].before = ""
	}
	return list
}

// canaryName takes the name of a canary from those that are expected.
func (s *source) canaryName(name string) *change {
	var found *change
	ast.Inspect(s.function("expectedCanaries"), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			for _, e := range n.Elts {
				if s.code(e) == name {
					found = &change{node: through{e, n}}
				}
			}
		case *ast.CallExpr:
			if len(n.Args) == 2 && s.code(n.Args[1]) == name {
				found = &change{node: n, text: s.code(n.Args[0])}
			}
		}
		return true
	})
	return found
}

// reportMutants drop each rule by which a report is found genuine and whole.
func reportMutants(root string) ([]Mutant, error) {
	var list []Mutant
	for _, f := range []struct {
		name   string
		funcs  []string
		suites []suite
	}{
		{"read.go", []string{"Read", "Heard", "end", "allRan", "expectedCanaries"}, []suite{readTests}},
		{"wire/wire.go", []string{"Send", "mac", "ReadFrames", "parseFrame"}, []suite{wireTests, readTests}},
		{"wire/codec.go", []string{"done", "token", "plain", "number", "flag", "list"}, []suite{wireTests, readTests}},
		{"driver/driver.go", []string{"drive", "readOrders"}, []suite{driverTests}},
	} {
		s, err := read(root, harnessDir+f.name)
		if err != nil {
			return nil, err
		}
		for _, name := range f.funcs {
			body := s.function(name)
			changes := join(s.statements(body), s.conditions(body), s.clauses(body), s.truths(body))
			if f.name == "driver/driver.go" {
				changes = rebuilt(s, join(s.statements(body), s.conditions(body)))
			}
			list = append(list, s.mutants(Reports, changes, f.suites...)...)
		}
	}
	return list, nil
}

// truths turns false results into true ones.
func (s *source) truths(n ast.Node) []change {
	return each(n, func(r *ast.ReturnStmt) []change {
		var list []change
		for _, e := range r.Results {
			if s.code(e) == "false" {
				list = append(list, s.swap(e, "true", short(s.code(r))+", but true"))
			}
		}
		return list
	})
}
