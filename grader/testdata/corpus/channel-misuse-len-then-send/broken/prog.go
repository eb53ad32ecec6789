package corpus

import "errors"

// ErrBusy means that there is no place left in the queue.
var ErrBusy = errors.New("queue is full")

// Job is one piece of work.
type Job struct {
	Name string
	Cost int
}

// Admission takes jobs in up to a limit and refuses the rest at once. It is safe
// for concurrent use.
type Admission struct {
	queue chan Job
}

// NewAdmission returns an admission with so many places.
func NewAdmission(places int) *Admission {
	return &Admission{queue: make(chan Job, places)}
}

// Offer takes the job, or returns ErrBusy. It never waits.
func (a *Admission) Offer(j Job) error {
	if len(a.queue) == cap(a.queue) {
		return ErrBusy
	}
	a.queue <- j
	return nil
}

// Drain takes out all that is queued, in order, and returns the cost of it.
func (a *Admission) Drain() (jobs []Job, cost int) {
	for {
		select {
		case j := <-a.queue:
			jobs = append(jobs, j)
			cost += j.Cost
		default:
			return jobs, cost
		}
	}
}
