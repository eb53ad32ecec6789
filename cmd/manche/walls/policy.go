package walls

import (
	"fmt"
	"go/ast"
	"regexp"
	"strconv"
)

const policyDir = "grader/policy/"

// forbiddenImports are packages that a submission must not have.
func forbiddenImports() []string {
	return []string{
		"C", "crypto/hmac", "debug/elf", "embed", "flag", "go/build", "log", "net", "net/http", "os", "os/exec", "os/signal", "plugin",
		"reflect", "runtime/cgo", "runtime/debug", "runtime/pprof", "runtime/trace", "syscall", "testing", "testing/synctest", "unsafe",
		"internal/race", "manche/grader/harness/driver", "manche/grader/harness/wire", "go.uber.org/goleak",
	}
}

// forbiddenMembers are members that a submission must not use.
func forbiddenMembers() []string {
	return []string{
		"Goexit", "LockOSThread", "UnlockOSThread", "GC", "Stack", "Caller", "Callers", "CallersFrames", "SetFinalizer", "AddCleanup",
		"ReadMemStats", "MemProfileRate", "SetBlockProfileRate", "SetMutexProfileFraction", "SetCgoTraceback", "Breakpoint", "GOROOT",
		"GoroutineProfile", "NumCgoCall",
	}
}

// policyMutants drop each refusal, each condition and each part of one, each kind
// of node that is looked at, and each bound.
func policyMutants(root string) ([]Mutant, error) {
	var list []Mutant
	for _, name := range []string{"syntax.go", "types.go", "constants.go", "expansion.go", "policy.go", "lists.go"} {
		s, err := read(root, policyDir+name)
		if err != nil {
			return nil, err
		}
		changes := join(s.statements(s.file), s.conditions(s.file), s.clauses(s.file),
			s.bounds(regexp.MustCompile(`^max(File|Constant|Parts)$`)), s.alternatives(s.file))
		if name == "lists.go" {
			lists, err := s.lists()
			if err != nil {
				return nil, err
			}
			changes = append(changes, lists...)
		}
		list = append(list, s.mutants(Policy, changes, policyTests)...)
	}
	return list, nil
}

func join(lists ...[]change) []change {
	var all []change
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// lists allows what must not be on the lists, and drops what must.
func (s *source) lists() ([]change, error) {
	value := func(name string) *ast.CompositeLit {
		for _, d := range s.file.Decls {
			if d, ok := d.(*ast.GenDecl); ok && len(d.Specs) == 1 {
				if v, ok := d.Specs[0].(*ast.ValueSpec); ok && v.Names[0].Name == name {
					return v.Values[0].(*ast.CompositeLit)
				}
			}
		}
		return nil
	}
	standard, members, forbidden := value("standard"), value("members"), value("forbidden")
	if standard == nil || members == nil || forbidden == nil {
		return nil, fmt.Errorf("%s: the lists have other names", s.name)
	}
	var changes []change
	for _, path := range forbiddenImports() {
		changes = append(changes, change{node: standard, before: "wallsWith(#, " + strconv.Quote(path) + ", ", after: ")", what: "allows " + path})
	}
	ofRuntime := members.Elts[0].(*ast.KeyValueExpr).Value.(*ast.CompositeLit).Elts[0]
	for _, name := range forbiddenMembers() {
		before := fmt.Sprintf("wallsSwap(#, %q, %s), ", name, s.code(ofRuntime))
		changes = append(changes, change{node: ofRuntime, before: before, what: "allows runtime." + name})
	}
	for _, e := range members.Elts {
		key := e.(*ast.KeyValueExpr).Key
		changes = append(changes, s.swap(key, `""`, "allows all of "+s.code(key)))
	}
	for _, e := range forbidden.Elts {
		for _, name := range e.(*ast.KeyValueExpr).Value.(*ast.CompositeLit).Elts {
			changes = append(changes, s.swap(name, `""`, "allows "+s.code(name)))
		}
	}
	return changes, nil
}
