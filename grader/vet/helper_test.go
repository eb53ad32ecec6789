package vet_test

import (
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"sync"

	"manche/grader/policy"
)

// imports reads the standard library, each package once. Nothing here is parallel.
var imports = sync.OnceValue(func() types.Importer {
	return importer.ForCompiler(token.NewFileSet(), "source", nil)
})

// read reads a program of one file, nil if it does not compile.
func read(src []byte) *policy.Package {
	file, err := parser.ParseFile(token.NewFileSet(), "main.go", src, parser.PackageClauseOnly)
	if err != nil {
		return nil
	}
	return policy.Check(map[string][]byte{"main.go": src}, policy.Rules{
		Package: file.Name.Name, Files: []string{"main.go"}, Importer: imports(), Own: true,
	}).Package
}
