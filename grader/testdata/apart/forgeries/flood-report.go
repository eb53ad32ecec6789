// A report without end.

package words

import (
	"os"
)

func init() {
	trick = func() {
		for report := os.NewFile(3, "report"); ; {
			report.Write(make([]byte, 1<<16))
		}
	}
}
