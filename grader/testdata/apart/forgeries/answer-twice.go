// The answer to the question, and another one for good measure.

package words

import (
	"fmt"
	"os"
	"sync/atomic"
)

var asked atomic.Uint64

func init() {
	trick = func() {
		fmt.Fprintf(os.NewFile(3, "report"), ">answer\t%d\t\t\x01\t0\t0\t0\t0\t0\t0\t\n", asked.Add(1))
	}
}
