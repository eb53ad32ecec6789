package corpus

import (
	"sync"
	"testing"
)

func TestDispatch(t *testing.T) {
	jobs := make([]string, 12)
	for i := range jobs {
		jobs[i] = "index"
	}
	d := NewDispatcher(jobs...)
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for {
				job, ok := d.Assign()
				if !ok {
					return
				}
				if job == "index" {
					d.Finish("report")
				} else {
					d.Finish()
				}
				if n := d.Stats.Running(); n < 0 {
					t.Errorf("%d jobs running", n)
				}
			}
		})
	}
	workers.Wait()
	if n := d.Stats.Running(); n != 0 {
		t.Errorf("%d jobs running at the end", n)
	}
}
