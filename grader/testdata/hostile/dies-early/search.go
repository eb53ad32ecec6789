// want: failed
// want: panic panic.nil_pointer search.go:15 -
// goroutine: panic prog.main search.go:15
//
// A program that dies before any check, in a function whose name is taken in the
// program that it becomes, called through a file of its own file's name.

package prog

import "sort"

func init() { main() }

func main() {
	sort.Search(1, nil)
}
