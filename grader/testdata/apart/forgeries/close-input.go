// No question is heard any more.

package words

import (
	"syscall"
)

func init() { syscall.Close(0) }
