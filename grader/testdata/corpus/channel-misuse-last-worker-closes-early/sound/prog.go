package corpus

import (
	"hash/fnv"
	"sync/atomic"
)

// Sum is the checksum of one chunk.
type Sum struct {
	Chunk int
	Hash  uint64
}

// Checksums computes the sums of all chunks with so many workers. They arrive
// in no order; the channel is closed after the last one.
func Checksums(chunks [][]byte, workers int) <-chan Sum {
	jobs, sums := make(chan int, len(chunks)), make(chan Sum)
	var left atomic.Int64
	left.Store(int64(len(chunks)))
	for i := range chunks {
		jobs <- i
	}
	close(jobs)
	if len(chunks) == 0 {
		close(sums)
	}
	for range workers {
		go func() {
			for i := range jobs {
				sum := Sum{i, hash(chunks[i])}
				sums <- sum
				if left.Add(-1) == 0 {
					close(sums)
				}
			}
		}()
	}
	return sums
}

func hash(b []byte) uint64 {
	h := fnv.New64a()
	h.Write(b)
	return h.Sum64()
}
