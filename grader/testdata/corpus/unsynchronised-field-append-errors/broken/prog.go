package corpus

import (
	"fmt"
	"strings"
	"sync"
)

// Record is one line of an import.
type Record struct {
	Number int
	Mail   string
}

// Import validates records with several workers.
type Import struct {
	mu       sync.Mutex
	checked  int
	problems []error
}

// Run checks all records and returns what is wrong with them, in no order.
func (im *Import) Run(records []Record, workers int) []error {
	queue := make(chan Record, len(records))
	for _, r := range records {
		queue <- r
	}
	close(queue)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for r := range queue {
				im.check(r)
			}
		})
	}
	wg.Wait()
	return im.problems
}

func (im *Import) check(r Record) {
	im.progress()
	user, host, ok := strings.Cut(r.Mail, "@")
	if !ok || user == "" || !strings.Contains(host, ".") {
		im.problems = append(im.problems, fmt.Errorf("record %d: bad address %q", r.Number, r.Mail))
	}
}

func (im *Import) progress() {
	im.mu.Lock()
	im.checked++
	im.mu.Unlock()
}

// Checked returns how many records have been looked at.
func (im *Import) Checked() int {
	im.mu.Lock()
	defer im.mu.Unlock()
	return im.checked
}
