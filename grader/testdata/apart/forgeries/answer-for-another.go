// The answers of calls, each given for the one before.

package words

import (
	"fmt"
	"os"
	"sync/atomic"
)

var asked atomic.Uint64

func init() {
	trick = func() {
		if id := asked.Add(1); id > 1 {
			fmt.Fprintf(os.NewFile(3, "report"), ">answer\t%d\t\t\x01\t0\t0\t0\t0\t0\t0\t\n", id-1)
		}
	}
}
