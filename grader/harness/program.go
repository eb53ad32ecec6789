package harness

import (
	"crypto/rand"
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"manche/grader/policy"
)

// Program is a submission with its checks, ready to be compiled as package main.
type Program struct {
	Files  map[string][]byte
	Checks []string // names, in the order in which they run
	// Others are the checks that are no business of this program, which shares its
	// files with others; orders have to skip them.
	Others []string
	suffix string
	hidden string          // the suffix of what an implementation does not export
	own    *Module         // where it was made from one
	copied map[string]bool // names that its author knows files by, where they are copies
}

// mainFile is the generated file; no exercise has one of this name.
const mainFile = "zz_main.go"

// Program puts the submission and the checks together.
func (c *Checks) Program(sub *policy.Package) *Program {
	p := c.program("Main")
	p.add(sub)
	return p
}

// program is one with the checks alone, run by a function of the driver.
func (c *Checks) program(run string) *Program {
	p := &Program{Files: make(map[string][]byte), Checks: slices.Clone(c.names), suffix: newSuffix()}
	for _, cf := range c.files {
		p.Files[cf.name] = cf.source(p.suffix)
	}
	p.Files[mainFile] = p.mainSource(run, p.suffix)
	return p
}

// newSuffix draws an ending for names that nobody can guess.
func newSuffix() string { return "_" + strings.ToLower(rand.Text()) }

// add adds the learner's files.
func (p *Program) add(sub *policy.Package) {
	begun := started(sub)
	for name := range sub.Sources {
		p.Files[name] = learnerFile(sub, name, p.suffix, begun)
	}
}

// learnerFile turns a learner's file into one of package main, on the same
// lines: with yields, and with a function main of its own out of the way.
func learnerFile(sub *policy.Package, name, suffix string, begun map[types.Object]bool) []byte {
	f := sub.Files[name]
	alias := "driver" + suffix
	edits := append(yields(sub, f, alias, begun), lockCalls(sub, f, alias)...)
	clause := "main"
	if len(edits) > 0 {
		clause += "; import " + alias + ` "` + DriverPath + `"`
	}
	edits = append(edits, edit{at: offset(sub.Fset, f.Name.Pos()), length: len(f.Name.Name), text: clause})
	rename := func(id *ast.Ident, obj types.Object) {
		if isMain(obj) && place(sub.Fset, id.Pos()).Filename == name {
			edits = append(edits, edit{at: offset(sub.Fset, id.Pos()), length: len("main"), text: "main" + suffix})
		}
	}
	for id, obj := range sub.Info.Defs {
		rename(id, obj)
	}
	for id, obj := range sub.Info.Uses {
		rename(id, embedded(obj)) // an embedded field's definition is a use of its type
	}
	return apply(sub.Sources[name], edits)
}

// isMain reports whether the object is declared as main at package level: in
// package main that name is taken.
func isMain(obj types.Object) bool {
	return obj != nil && obj.Name() == "main" && obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope()
}

// mainSource is the file that hands the checks to this function of the driver: the
// functions of their names, with an ending.
func (p *Program) mainSource(run, ending string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "package main\n\nimport (\n\tdriver%[1]s %[2]q\n\ttesting%[1]s \"testing\"\n)\n\n", p.suffix, DriverPath)
	fmt.Fprintf(&b, "func main() {\n\tdriver%[1]s.%[2]s([]testing%[1]s.InternalTest{\n", p.suffix, run)
	for _, name := range p.Checks {
		fmt.Fprintf(&b, "\t\t{Name: %q, F: %s},\n", name, name+ending)
	}
	b.WriteString("\t})\n}\n")
	return []byte(b.String())
}

// Generated reports whether a file of this name was generated.
func (p *Program) Generated(name string) bool { return name == mainFile && p.own == nil }

// Plain takes the suffix out of a text that the program printed, so that names
// read as their author wrote them, and no file of another package has the name of
// one of the program's.
func (p *Program) Plain(text string) string {
	text = strings.ReplaceAll(text, p.suffix, "")
	if p.hidden != "" {
		text = strings.ReplaceAll(text, p.hidden, "")
	}
	if p.own != nil {
		return p.own.local(text)
	}
	return inFrames(text, "", func(name string) bool { return p.Files[name] != nil || p.copied[name] })
}
