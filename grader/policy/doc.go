// Package policy decides what a submission may contain, from its syntax tree
// and its types alone: bytes in, values out. Nothing of the submission runs.
//
// The rules exist for two reasons. The compiler must not be led to files of
// this machine (cgo, embedding, line directives), and the program must not get
// hold of what judges it: the packages testing, os, unsafe, syscall and the
// like, the variables of other packages, the names of the checks. The checks
// and the submission are compiled as one package, so a package-level
// declaration of a universe name (nil, len, close) would change the meaning of
// the checks; that is refused as well.
package policy
