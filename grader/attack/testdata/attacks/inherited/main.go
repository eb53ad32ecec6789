// Inherited lists the descriptors and the environment that it has.
package main

import (
	"fmt"
	"os"
	"syscall"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	for fd := range 1024 {
		var st syscall.Stat_t
		if syscall.Fstat(fd, &st) == nil {
			kind := st.Mode & syscall.S_IFMT
			fmt.Printf("descriptor %d kind %o\n", fd, kind)
			if fd > 3 && kind != 0 { // the runtime's epoll and eventfd have no kind
				attempt.Try(fmt.Sprint("descriptor ", fd), nil)
			}
		}
	}
	fmt.Println("environment", os.Environ())
	name, _ := os.Hostname()
	fmt.Println("host", name)
	attempt.Done()
}
