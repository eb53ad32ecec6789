// A good end in the middle of a check.

package words

import (
	"os"
)

func init() { trick = func() { os.Exit(0) } }
