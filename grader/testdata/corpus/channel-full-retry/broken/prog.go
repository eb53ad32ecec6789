package corpus

import "sync"

// Task is a piece of work that may fail now and then.
type Task func() error

type attempt struct {
	task  Task
	tries int
}

// Runner runs tasks on a few workers.
type Runner struct {
	Workers int
	Tries   int // how often a task is tried
}

// Run runs all tasks, tries those that fail again later, and returns how many
// failed for good.
func (r Runner) Run(tasks []Task) int {
	queue := make(chan attempt, 2*r.Workers)
	var open, workers sync.WaitGroup
	var mu sync.Mutex
	failed := 0

	for range r.Workers {
		workers.Go(func() {
			for a := range queue {
				err := a.task()
				a.tries++
				if err != nil && a.tries < r.Tries {
					queue <- a
					continue
				}
				if err != nil {
					mu.Lock()
					failed++
					mu.Unlock()
				}
				open.Done()
			}
		})
	}
	for _, task := range tasks {
		open.Add(1)
		queue <- attempt{task: task}
	}
	open.Wait()
	close(queue)
	workers.Wait()
	return failed
}
