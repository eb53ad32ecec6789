package main

import (
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

func deep(n int) {
	if n > 0 {
		deep(n - 1)
		return
	}
	<-make(chan int)
}

type worker struct{ in chan int }

func (w *worker) run() {
	for range w.in {
	}
}

func (w worker) spin(stop *bool) {
	for !*stop {
		runtime.Gosched()
	}
}

func main() {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGUSR1)
	go deep(400)
	w := &worker{in: make(chan int)}
	go w.run()
	go func() {
		runtime.LockOSThread()
		<-w.in
	}()
	sleep := time.Sleep
	go sleep(time.Hour)
	go w.spin(new(bool))
	<-time.After(200 * time.Millisecond) // all of them are where they stay
	buf := make([]byte, 1<<20)
	os.Stdout.Write(buf[:runtime.Stack(buf, true)])
}
