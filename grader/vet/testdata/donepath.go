package sample

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

func earlyReturn(jobs []func() error) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			if err := job(); err != nil {
				return
			}
			wg.Done() // want donepath
		}()
	}
	wg.Wait()
}

func deferredTooLate(ctx context.Context, slots chan struct{}, jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			defer wg.Done() // want donepath
			job()
			<-slots
		}()
	}
	wg.Wait()
}

func deferredLiteralTooLate(job func() bool) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if !job() {
			return
		}
		defer func() {
			wg.Done() // want donepath
		}()
		job()
	}()
	wg.Wait()
}

func onlyIf(jobs []func() bool, n *atomic.Int64) {
	var wg sync.WaitGroup
	wg.Add(len(jobs))
	for _, job := range jobs {
		go func() {
			if job() {
				n.Add(1)
				wg.Done() // want donepath
			}
		}()
	}
	wg.Wait()
}

type crew struct {
	wg   sync.WaitGroup
	errs chan error
}

func (c *crew) start(job func() error) {
	c.wg.Add(1)
	go func() {
		switch err := job(); {
		case errors.Is(err, context.Canceled):
			return
		case err != nil:
			c.errs <- err
		}
		c.wg.Done() // want donepath
	}()
}

// What follows is sound.

func plain(jobs []func() error) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if job() != nil {
				return
			}
			job()
		}()
	}
	wg.Wait()
}

func everyPath(jobs []func() error) {
	var wg sync.WaitGroup
	wg.Add(len(jobs))
	for _, job := range jobs {
		go func() {
			if job() != nil {
				wg.Done()
				return
			}
			job()
			wg.Done()
		}()
	}
	wg.Wait()
}

func deferredLiteral(job func() error, errs chan error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				errs <- errors.New("panic")
			}
			wg.Done()
		}()
		if job() != nil {
			return
		}
		job()
	}()
	wg.Wait()
}

func panicking(job func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if err := job(); err != nil {
			panic(err)
		}
		wg.Done()
	}()
	wg.Wait()
}

// perTask counts tasks, not goroutines.
func perTask(tasks []func() error, workers int) {
	queue := make(chan func() error, len(tasks))
	var open sync.WaitGroup
	open.Add(len(tasks))
	for range workers {
		go func() {
			for task := range queue {
				if task() != nil {
					queue <- task
					continue
				}
				open.Done()
			}
		}()
	}
	for _, task := range tasks {
		queue <- task
	}
	open.Wait()
	close(queue)
}

// lastOne lets the last of several goroutines say so for all.
func lastOne(jobs []func()) {
	var wg sync.WaitGroup
	var left atomic.Int64
	left.Store(int64(len(jobs)))
	wg.Add(1)
	for _, job := range jobs {
		go func() {
			job()
			if left.Add(-1) == 0 {
				wg.Done()
			}
		}()
	}
	wg.Wait()
}

func (c *crew) finish(err error) {
	if err != nil {
		c.errs <- err
	}
	c.wg.Done()
}

func (c *crew) byHelper(job func() error) {
	c.wg.Add(1)
	go func() {
		if err := job(); err != nil {
			c.finish(err)
			return
		}
		c.wg.Done()
	}()
}

func settle(wg *sync.WaitGroup) { wg.Done() }

func byArgument(job func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if job() != nil {
			settle(&wg)
			return
		}
		wg.Done()
	}()
	wg.Wait()
}

func byLiteral(job func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		done := func() { wg.Done() }
		if job() != nil {
			done()
			return
		}
		wg.Done()
	}()
	wg.Wait()
}

func flagged(job func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		told := false
		if job() == nil {
			wg.Done()
			told = true
		}
		if !told {
			wg.Done()
		}
	}()
	wg.Wait()
}

func endless(jobs chan func() bool) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		for job := range jobs {
			if !job() {
				break
			}
		}
		wg.Done()
	}()
	wg.Wait()
}
