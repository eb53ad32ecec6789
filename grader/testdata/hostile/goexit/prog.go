// want: failed
// want: test test.goexit - TestDeferred
// want: test test.goexit - TestOver
//
// runtime.Goexit in a deferred function, once after the function's work and once
// in the middle of a panic, which it swallows.

package prog

import "runtime"

func Deferred() int {
	defer runtime.Goexit()
	return 1
}

func Over() {
	defer runtime.Goexit()
	panic("swallowed")
}
