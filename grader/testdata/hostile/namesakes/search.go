// want: panic panic.nil_pointer search.go:8 TestPanic

package prog

import "sort"

func find() {
	sort.Search(3, nil)
}
