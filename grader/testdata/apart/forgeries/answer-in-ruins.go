// An answer that says it is longer than it is.

package words

import (
	"fmt"
	"os"
	"sync/atomic"
)

var asked atomic.Uint64

func init() {
	trick = func() {
		fmt.Fprintf(os.NewFile(3, "report"), ">answer\t%d\t\t\xff\xff\xff\xff\xff\xff\xff\xff\x7f\t0\t0\t0\t0\t0\t0\t\n", asked.Add(1))
		select {}
	}
}
