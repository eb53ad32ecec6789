package prog

import (
	"sync"
	"testing"
)

func TestFinish(t *testing.T) {
	var workers sync.WaitGroup
	workers.Add(1)
	Finish(&workers, func(string) {})
}
