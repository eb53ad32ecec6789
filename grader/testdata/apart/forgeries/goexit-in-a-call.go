// No answer, and no goroutine to give one.

package words

import (
	"runtime"
)

func init() { trick = runtime.Goexit }
