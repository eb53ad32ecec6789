// Stops for ever, and lets nobody else of the process go on.

package words

import (
	"runtime"
)

func init() {
	runtime.GOMAXPROCS(1)
	trick = func() {
		for {
		}
	}
}
