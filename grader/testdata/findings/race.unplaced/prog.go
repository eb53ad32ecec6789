package prog

import (
	"bytes"
	"sync"
)

// Clear empties a buffer twice at once.
func Clear(b *bytes.Buffer) {
	var wg sync.WaitGroup
	wg.Go(b.Reset)
	wg.Go(b.Reset)
	wg.Wait()
}
