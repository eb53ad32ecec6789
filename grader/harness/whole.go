package harness

import (
	"fmt"

	"manche/grader/policy"
)

// Whole makes programs of packages that are programs already: their main is the
// one check, [MainCheck], which can run only once in a process.
type Whole struct{}

// Program puts a package main, which declares the function of that name, together
// with the driver.
func (Whole) Program(sub *policy.Package) *Program {
	p := &Program{Files: make(map[string][]byte, len(sub.Sources)+1), Checks: []string{MainCheck}, suffix: newSuffix()}
	p.add(sub)
	p.Files[mainFile] = fmt.Appendf(nil, "package main\n\nimport driver%[1]s %[2]q\n\nfunc main() { driver%[1]s.Whole(%[3]q, main%[1]s) }\n",
		p.suffix, DriverPath, MainCheck)
	return p
}
