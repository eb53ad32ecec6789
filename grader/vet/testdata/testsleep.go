package sample

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestSleeps(t *testing.T) {
	done := make(chan bool, 1)
	go func() {
		time.Sleep(time.Millisecond) // want testsleep
		done <- true
	}()
	time.Sleep(time.Second) // want testsleep
	if len(done) == 0 {
		t.Error("not done")
	}
}

func TestPolls(t *testing.T) {
	done := make(chan bool, 1)
	done <- true
	for len(done) == 0 {
		time.Sleep(time.Millisecond)
	}
}

func TestInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Hour)
	})
}
