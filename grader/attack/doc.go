// Package attack tries, on the machine that it runs on, what people have tried to
// get out of a sandbox or past a grader, or could: programs that reach for what
// the walls keep off, and submissions that ask for a verdict they do not deserve.
//
// Each is a Go file below testdata, embedded, so that a table of them stands once:
// for the tests of manche/grader/sandbox and manche/grader, and for whoever wants
// to know whether this machine holds. Running them needs a Go distribution and no
// module.
package attack

import (
	"embed"
	"io/fs"
)

//go:embed testdata/attacks testdata/forgeries
var testdata embed.FS

// below returns a folder of testdata.
func below(folder string) fs.FS {
	sub, err := fs.Sub(testdata, "testdata/"+folder)
	if err != nil {
		panic(err) // the name is valid
	}
	return sub
}
