package main

import (
	"os"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

func main() {
	testing.Init()
	os.Args = append(os.Args[:1], "-test.v=true")
	testing.Main(func(_, _ string) (bool, error) { return true, nil }, []testing.InternalTest{
		{Name: "TestBubble", F: func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := make(chan int)
				go func() { c <- 1 }()
				go func() { <-time.After(time.Hour) }()
				synctest.Wait()
				buf := make([]byte, 1<<20)
				os.Stdout.Write(buf[:runtime.Stack(buf, true)])
				<-c
			})
		}},
	}, nil, nil)
}
