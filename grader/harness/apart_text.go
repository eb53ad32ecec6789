package harness

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"manche/grader/policy"
)

// Checks puts the checks together with what stands for the functions. It is the
// same program for every answer.
func (a *Apart) Checks() *Program {
	p := a.checks.program("Ask")
	maps.Copy(p.Files, a.data)
	w := a.writer(p.suffix)
	var b strings.Builder
	for _, fn := range a.functions {
		args, results := w.variables(fn.Signature())
		if fn.Signature().Variadic() {
			last := &args[len(args)-1]
			last.kind = "..." + strings.TrimPrefix(last.kind, "[]")
		}
		fmt.Fprintf(&b, "\nfunc %s(%s) (%s) {\n\t%s.Call(%q, []any{%s}, []any{%s})\n\treturn\n}\n",
			fn.Name(), declared(args), declared(results), w.driver, fn.Name(), named(args, "&"), named(results, "&"))
	}
	p.Files[callsFile] = w.file(b.String())
	return p
}

// Program puts a submission together with what serves its functions. One whose
// functions or types are not those of the reference does not compile.
func (a *Apart) Program(sub *policy.Package) *Program {
	p := &Program{Files: make(map[string][]byte, len(sub.Sources)+1), Checks: slices.Clone(a.checks.names), suffix: newSuffix()}
	p.add(sub)
	w := a.writer(p.suffix)
	var b strings.Builder
	fmt.Fprintf(&b, "\nfunc main() {\n\t%s.Serve([]%[1]s.Function{\n", w.driver)
	for _, fn := range a.functions {
		args, results := w.variables(fn.Signature())
		fmt.Fprintf(&b, "\t\t{Name: %q, Bind: func() (_, _ []any, _ func()) {\n", fn.Name())
		for _, v := range slices.Concat(args, results) {
			fmt.Fprintf(&b, "\t\t\tvar %s %s\n", v.name, v.kind)
		}
		fmt.Fprintf(&b, "\t\t\treturn []any{%s}, []any{%s}, func() { %s }\n\t\t}},\n", named(args, "&"), named(results, "&"), call(fn, args, results))
	}
	b.WriteString("\t})\n}\n")
	for _, name := range slices.Sorted(maps.Keys(w.made)) { // the same type to the letter
		fmt.Fprintf(&b, "\nvar _ = (*%s)((*%s)(nil))\n", w.made[name], name)
	}
	p.Files[mainFile] = w.file(b.String())
	return p
}

// call calls a function with arguments that stand in variables.
func call(fn *types.Func, args, results []variable) string {
	text := fn.Name() + "(" + named(args, "")
	if fn.Signature().Variadic() {
		text += "..."
	}
	if len(results) > 0 {
		text = named(results, "") + " = " + text
	}
	return text + ")"
}

// variable is a parameter or a result in a generated function.
type variable struct{ name, kind string }

// declared lists variables with their types.
func declared(vars []variable) string {
	var parts []string
	for _, v := range vars {
		parts = append(parts, v.name+" "+v.kind)
	}
	return strings.Join(parts, ", ")
}

// named lists variables without them.
func named(vars []variable, prefix string) string {
	var parts []string
	for _, v := range vars {
		parts = append(parts, prefix+v.name)
	}
	return strings.Join(parts, ", ")
}

// writer writes types in one generated file, and notes what they need.
type writer struct {
	own     *types.Package
	suffix  string
	driver  string // the name under which the driver is imported
	imports map[string]bool
	made    map[string]string // types of the exercise's own by name: what they are made of
}

func (a *Apart) writer(suffix string) *writer {
	w := &writer{own: a.reference, suffix: suffix, driver: "driver" + suffix, made: make(map[string]string)}
	w.imports = map[string]bool{w.driver + " " + strconv.Quote(DriverPath): true}
	return w
}

// file is the generated file with this body.
func (w *writer) file(body string) []byte {
	return []byte("package main\n\n" + importing(w.imports) + body)
}

// variables names the parameters and the results of a function.
func (w *writer) variables(sig *types.Signature) (args, results []variable) {
	each := func(prefix string, tuple *types.Tuple) []variable {
		var vars []variable
		for i := range tuple.Len() {
			t := tuple.At(i).Type()
			vars = append(vars, variable{prefix + strconv.Itoa(i) + w.suffix, w.text(t)})
			w.note(t)
		}
		return vars
	}
	return each("p", sig.Params()), each("r", sig.Results())
}

// text is a type as it stands in package main.
func (w *writer) text(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == w.own {
			return ""
		}
		name := p.Name() + w.suffix
		w.imports[name+" "+strconv.Quote(p.Path())] = true
		return name
	})
}

// note notes what the exercise's own types in t are made of.
func (w *writer) note(t types.Type) {
	if n, ok := types.Unalias(t).(*types.Named); ok {
		name := n.Obj().Name()
		if n.Obj().Pkg() != w.own || w.made[name] != "" {
			return
		}
		w.made[name] = w.text(n.Underlying())
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		w.note(u.Elem())
	case *types.Array:
		w.note(u.Elem())
	case *types.Map:
		w.note(u.Key())
		w.note(u.Elem())
	case *types.Struct:
		for i := range u.NumFields() {
			w.note(u.Field(i).Type())
		}
	}
}
