// Speaks in the name of the checks: there are none left.

package words

import (
	"os"
)

func init() {
	trick = func() {
		os.NewFile(3, "report").WriteString(">leave\t0\t\t\t0\t0\t0\t0\t0\t0\t\n")
	}
}
