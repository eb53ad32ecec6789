// Nothing can be reported any more.

package words

import (
	"syscall"
)

func init() { trick = func() { syscall.Close(3) } }
