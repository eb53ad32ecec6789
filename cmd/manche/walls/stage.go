package walls

import (
	"go/ast"
	"regexp"
)

// stageFunctions are the steps of the first stage, and what they call.
var stageFunctions = map[string][]string{
	"stage_linux.go": {"run", "closeDescriptors", "limitResources", "dropPrivileges"},
	"tree_linux.go":  {"buildTree", "mountRoot", "mountScratch", "bindNull", "bindLibraries", "bind", "writeProc", "pivot"},
	"exec_linux.go":  {"execute"},
	"walls_linux.go": {"attributes"},
}

// stageMutants leave each step of the first stage out, each part of one, each limit
// and each flag.
func stageMutants(root string) ([]Mutant, error) {
	filter, err := read(root, sandboxDir+"filter_linux.go")
	if err != nil {
		return nil, err
	}
	list := filter.mutants(Stage, each(filter.file, func(v *ast.ValueSpec) []change {
		if v.Names[0].Name != stageConstant {
			return nil
		}
		return filter.flags(v)
	}), outsideTests, stageTests)
	for _, name := range []string{"stage_linux.go", "tree_linux.go", "exec_linux.go", "walls_linux.go"} {
		s, err := read(root, sandboxDir+name)
		if err != nil {
			return nil, err
		}
		changes := s.bounds(regexp.MustCompile(`^(rootSize|rootInodes|scratchInodes|pendingSignals)$`))
		for _, name := range stageFunctions[name] {
			f := s.function(name)
			changes = append(changes, s.steps(f)...)
		}
		list = append(list, s.mutants(Stage, changes, outsideTests, stageTests, attackTests)...)
	}
	return list, nil
}

// steps are the changes of one function of the stage.
func (s *source) steps(f *ast.FuncDecl) []change {
	return join(s.entries(f), s.statements(f), s.results(f), s.flags(f), s.fields(f, "syscall.SysProcAttr"))
}
