// No descriptor is left from the first call on.

package words

import (
	"syscall"
)

func init() {
	trick = func() {
		for fd := range 64 {
			syscall.Close(fd)
		}
	}
}
