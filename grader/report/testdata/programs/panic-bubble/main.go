package main

import (
	"os"
	"testing"
	"testing/synctest"
)

func main() {
	testing.Init()
	os.Args = append(os.Args[:1], "-test.v=true")
	testing.Main(func(_, _ string) (bool, error) { return true, nil }, []testing.InternalTest{
		{Name: "TestBubble", F: func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := make(chan int)
				go func() { c <- 1 }()
			})
		}},
	}, nil, nil)
}
