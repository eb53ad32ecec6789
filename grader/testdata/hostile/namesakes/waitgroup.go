// want: failed
// want: leak leak.receive waitgroup.go:16 TestLeak
//
// Files with the names of files of the standard library: what stands there is not
// taken for the author's.

package prog

import (
	"sync"
)

func Leak() {
	var wg sync.WaitGroup
	wg.Go(func() {
		<-make(chan int)
	})
}
