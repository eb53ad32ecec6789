package driver

import "time"

// budget bounds the repetitions by the work that they do, not by the clock: a
// machine that is busy with others must not let bugs through. What a program has
// worked is the processor time that it took, and the pauses that it was told to
// make; one that mostly waits for something else is bounded by the clock as well.
type budget struct {
	work  time.Duration
	began time.Time
	used  time.Duration // when it began
}

// patienceFactor is how many times the budget the repetitions may take by the
// clock: four programs may share a processor before they are cut short.
const patienceFactor = 4

func newBudget(work time.Duration) budget {
	paused, elsewhere = 0, 0
	return budget{work: work, began: time.Now(), used: processorTime()}
}

// elsewhere is what another process says that it worked for this one.
var elsewhere time.Duration

// worked is what this one has worked since the budget began.
func (b budget) worked() time.Duration {
	return processorTime() - b.used + time.Duration(paused)*time.Microsecond
}

// spent reports whether there is none left.
func (b budget) spent() bool {
	return b.worked()+elsewhere > b.work || time.Since(b.began) > patienceFactor*b.work
}
