package corpus

import "sync"

// Stats counts what the dispatcher did.
type Stats struct {
	mu       sync.Mutex
	finished int
	of       *Dispatcher
}

// Queue holds the jobs that wait.
type Queue struct {
	mu    sync.Mutex
	jobs  []string
	stats *Stats
}

// Dispatcher gives jobs to workers.
type Dispatcher struct {
	mu    sync.Mutex
	busy  int
	queue *Queue
	Stats *Stats
}

// NewDispatcher returns a dispatcher for the jobs.
func NewDispatcher(jobs ...string) *Dispatcher {
	d := &Dispatcher{}
	d.Stats = &Stats{of: d}
	d.queue = &Queue{jobs: jobs, stats: d.Stats}
	return d
}

// Assign takes the next job for a worker.
func (d *Dispatcher) Assign() (job string, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if job, ok = d.queue.pop(); ok {
		d.busy++
	}
	return job, ok
}

func (q *Queue) pop() (string, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.jobs) == 0 {
		return "", false
	}
	job := q.jobs[0]
	q.jobs = q.jobs[1:]
	return job, true
}

// Finish books a job as done, and queues what follows from it.
func (d *Dispatcher) Finish(followUps ...string) {
	d.queue.mu.Lock()
	defer d.queue.mu.Unlock()
	d.queue.jobs = append(d.queue.jobs, followUps...)
	d.queue.stats.mu.Lock()
	defer d.queue.stats.mu.Unlock()
	d.queue.stats.finished++
}

// Running is how many of the assigned jobs are not finished.
func (s *Stats) Running() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.of.mu.Lock()
	defer s.of.mu.Unlock()
	return s.of.busy - s.finished
}
