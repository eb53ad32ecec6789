package walls

import (
	"fmt"
	"go/ast"
	"strings"
)

// sandboxDir is where the walls around a program are.
const sandboxDir = "grader/sandbox/"

// dangerous are system calls that a program must not have, and with which others
// have been broken out of or brought down.
func dangerous() []string {
	return []string{
		"ACCT", "ADD_KEY", "BPF", "CAPSET", "CHROOT", "CLOCK_SETTIME", "DELETE_MODULE", "EXECVE", "FANOTIFY_INIT", "FINIT_MODULE",
		"FSOPEN", "INIT_MODULE", "IO_SETUP", "IO_URING_SETUP", "KCMP", "KEXEC_LOAD", "KEYCTL", "MEMFD_CREATE", "MKNODAT", "MOUNT",
		"MOVE_MOUNT", "NAME_TO_HANDLE_AT", "OPEN_BY_HANDLE_AT", "OPEN_TREE", "PERF_EVENT_OPEN", "PERSONALITY", "PIDFD_GETFD", "PIVOT_ROOT",
		"PROCESS_VM_READV", "PROCESS_VM_WRITEV", "PTRACE", "REBOOT", "REQUEST_KEY", "SETNS", "SETRLIMIT", "SETUID",
		"SHMGET", "SOCKET", "UMOUNT2", "UNSHARE", "USERFAULTFD", "VMSPLICE",
	}
}

// callMutants allow one dangerous call each.
func callMutants(root string) ([]Mutant, error) {
	s, err := read(root, sandboxDir+"calls_linux.go")
	if err != nil {
		return nil, err
	}
	list, ok := s.function("commonCalls").Body.List[0].(*ast.ReturnStmt)
	if !ok {
		return nil, fmt.Errorf("%s: commonCalls is not one return any more", s.name)
	}
	var changes []change
	for _, name := range dangerous() {
		before := fmt.Sprintf("wallsWith(#, unix.SYS_%s, ", name)
		changes = append(changes, change{node: list.Results[0], before: before, after: ")", what: "allows " + strings.ToLower(name)})
	}
	return s.mutants(Calls, changes, filterTests), nil
}

// filterMutants loosen each argument rule of the filter, and each constant in one.
func filterMutants(root string) ([]Mutant, error) {
	var list []Mutant
	for _, name := range []string{"filter_linux.go", "calls_linux_amd64.go"} {
		s, err := read(root, sandboxDir+name)
		if err != nil {
			return nil, err
		}
		list = append(list, s.mutants(Filter, s.filterRules(), filterTests)...)
	}
	return list, nil
}

// stageConstant stands among the constants of the filter, and is the first stage's.
const stageConstant = "namespaceFlags"

// filterRules are the changes of one file of the filter.
func (s *source) filterRules() []change {
	changes := each(s.file, func(c *ast.CallExpr) []change {
		switch name := s.code(c.Fun); name {
		case "answer":
			if s.code(c.Args[0]) != "allow" && s.code(c.Args[0]) != "r" {
				return []change{s.swap(c, "answer(allow)", s.code(c)+" allows")}
			}
		case "oneOf":
			return []change{s.swap(c, "answer(allow)", s.code(c)+" allows all")}
		case "when", "unless", "whenAny":
			if len(c.Args) == 2 {
				return []change{s.swap(c, "code(nil)", "no "+short(s.code(c))), s.swap(c, s.code(c.Args[1]), "always "+short(s.code(c)))}
			}
		}
		return nil
	})
	changes = append(changes, s.allowed()...)
	return append(changes, each(s.file, func(v *ast.ValueSpec) []change {
		if v.Names[0].Name == stageConstant {
			return nil
		}
		return s.flags(v)
	})...)
}

// swap puts another expression in the place of one.
func (s *source) swap(n ast.Node, instead, what string) change {
	return change{node: n, before: "wallsSwap(#, " + instead + ", ", after: ")", what: what}
}

// allowed lets each call with an argument rule pass whatever its arguments.
func (s *source) allowed() []change {
	return each(s.file, func(c *ast.CompositeLit) []change {
		if c.Type != nil || len(c.Elts) != 2 || !strings.HasPrefix(s.code(c.Elts[0]), "unix.SYS_") {
			return nil
		}
		return []change{s.swap(c.Elts[1], "answer(allow)", s.code(c.Elts[0])+" allowed whatever its arguments")}
	})
}
