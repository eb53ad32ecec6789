package prog

import (
	"bytes"
	"sync"
)

// Swap empties a buffer in the background, and looks at it meanwhile.
func Swap(b *bytes.Buffer) int {
	var wg sync.WaitGroup
	wg.Go(b.Reset)
	n := b.Len()
	wg.Wait()
	return n
}
