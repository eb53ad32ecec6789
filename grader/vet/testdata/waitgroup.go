package sample

import "sync"

type crawler struct {
	wg   sync.WaitGroup
	site func(string) []string
}

func (c *crawler) visit(path string) {
	c.wg.Add(1) // want waitgroup
	defer c.wg.Done()
	for _, link := range c.site(path) {
		go c.visit(link)
	}
}

func work(wg *sync.WaitGroup, job func()) {
	wg.Add(1) // want waitgroup
	job()
	wg.Done()
}

func named(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go work(&wg, job)
	}
	wg.Wait()
}

func secondStatement(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			println("start")
			wg.Add(1) // want waitgroup
			defer func() {
				wg.Done()
			}()
			job()
		}()
	}
	wg.Wait()
}

var pending sync.WaitGroup

func background(job func()) {
	pending.Add(1) // want waitgroup
	defer pending.Done()
	job()
}

func launch(job func()) { go background(job) }

func byParameter(job func()) {
	var group sync.WaitGroup
	go func(wg *sync.WaitGroup) {
		job()
		wg.Add(1) // want waitgroup
		wg.Done()
	}(&group)
	group.Wait()
}

// What follows is sound.

type walker struct {
	wg   sync.WaitGroup
	site func(string) []string
}

// walk announces those that it starts, while it is itself waited for.
func (w *walker) walk(path string) {
	defer w.wg.Done()
	for _, link := range w.site(path) {
		w.wg.Add(1)
		go w.walk(link)
	}
}

func (w *walker) run(root string) {
	w.wg.Add(1)
	go w.walk(root)
	w.wg.Wait()
}

// pair starts one goroutine more.
func (w *walker) pair() {
	w.wg.Add(1)
	go func() {
		defer w.wg.Done()
		w.site("/")
	}()
	w.wg.Wait()
	w.wg.Done()
}

func (w *walker) pairs() {
	go w.pair()
}

func ownGroup(jobs []func()) {
	go func() {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			jobs[0]()
		}()
		wg.Wait()
	}()
}

func step(wg *sync.WaitGroup, job func()) {
	wg.Add(1)
	job()
	wg.Done()
}

// covered goroutines are waited for already.
func covered(job func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		step(&wg, job)
	}()
	wg.Add(1)
	go step2(&wg, job)
	wg.Wait()
}

func step2(wg *sync.WaitGroup, job func()) {
	wg.Add(1)
	job()
	wg.Done()
	wg.Done()
}

func called(job func()) {
	var wg sync.WaitGroup
	step(&wg, job)
	wg.Wait()
}

func group(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(job)
	}
	wg.Wait()
}
