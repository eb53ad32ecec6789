package prog

import "runtime"

// Poll looks for work, over and over.
func Poll(look func() bool) {
	go func() {
		for {
			if look() {
				return
			}
			runtime.Gosched()
		}
	}()
}
