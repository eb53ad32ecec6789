// Behave does what an honest program may do, and dies in the ways of one that
// is wrong.
package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

func main() {
	report := os.NewFile(3, "report")
	switch os.Args[1] {
	case "echo":
		in, _ := io.ReadAll(os.Stdin)
		fmt.Println("name", os.Args[0], "args", os.Args[2:], "stdin", string(in))
		fmt.Fprintln(os.Stderr, "env", strings.Join(os.Environ(), ","))
		fmt.Println("third")
		fmt.Fprint(report, "reported")
	case "exit":
		os.Exit(7)
	case "panic":
		panic("boom")
	case "wait":
		fmt.Fprint(report, "running")
		<-time.After(time.Hour)
	case "brief":
		<-time.After(100 * time.Millisecond)
	case "work":
		work()
	}
}

// work uses files, threads, timers and pipes.
func work() {
	dir, err := os.MkdirTemp("", "")
	check(err)
	check(os.WriteFile(dir+"/f", make([]byte, 1<<20), 0o600))
	from, err := os.Open(dir + "/f")
	check(err)
	to, err := os.Create(dir + "/g")
	check(err)
	n, err := io.Copy(to, from)
	check(err)
	r, w, err := os.Pipe()
	check(err)
	go func() { defer w.Close(); fmt.Fprint(w, "piped") }()
	_, err = io.Copy(to, r)
	check(err)
	check(os.RemoveAll(dir))
	var all sync.WaitGroup
	all.Go(func() { runtime.LockOSThread() }) // its thread ends with it
	for range 1000 {
		all.Go(func() { <-time.After(time.Millisecond) })
	}
	all.Wait()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	check(err)
	fmt.Fprint(null, "x")
	fmt.Println("copied", n)
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
