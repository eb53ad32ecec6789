package vet

import (
	"golang.org/x/tools/go/analysis"

	"manche/grader/policy"
)

// RemarksAndBroken is Remarks, and which of our own analysers broke down.
func RemarksAndBroken(pkg *policy.Package) (remarks []Remark, broken []string) {
	remarks = Remarks(pkg)
	r := &run{pkg: pkg, results: make(map[*analysis.Analyzer]any)}
	for _, a := range analysers {
		if !r.analyse(a.Analyzer) {
			broken = append(broken, a.Name)
		}
	}
	return remarks, broken
}
