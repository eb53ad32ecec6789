// A message without end.

package words

import (
	"os"
)

func init() {
	trick = func() {
		report := os.NewFile(3, "report")
		report.WriteString(">answer\t1\t\t")
		for {
			report.WriteString("and so on ")
		}
	}
}
