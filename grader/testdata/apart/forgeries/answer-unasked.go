// An answer to a question that nobody has asked.

package words

import (
	"os"
)

func init() {
	trick = func() {
		os.NewFile(3, "report").WriteString(">answer\t77\t\t\t0\t0\t0\t0\t0\t0\t\n")
	}
}
