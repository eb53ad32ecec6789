// Answers when the check must have given up.

package words

import (
	"time"
)

func init() { trick = func() { <-time.After(time.Hour) } }
