package corpus

import (
	"bytes"
	"testing"
)

func TestChecksums(t *testing.T) {
	for _, n := range []int{8, 5, 5, 3, 1, 0} {
		var chunks [][]byte
		for i := range n {
			chunks = append(chunks, bytes.Repeat([]byte{byte(i)}, 100*i+1))
		}
		got := make(map[int]uint64)
		for sum := range Checksums(chunks, 3) {
			got[sum.Chunk] = sum.Hash
		}
		if len(got) != n {
			t.Errorf("%d sums, want %d", len(got), n)
		}
		for i, h := range got {
			if h != hash(chunks[i]) {
				t.Errorf("chunk %d: sum %x, want %x", i, h, hash(chunks[i]))
			}
		}
	}
}
