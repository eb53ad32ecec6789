package corpus

import (
	"context"
	"errors"
	"testing"
)

func TestWaitReturnsTheValue(t *testing.T) {
	var squares []*Future[int]
	for n := range 12 {
		squares = append(squares, Go(func() (int, error) { return n*n + 1, nil }))
	}
	for n, f := range squares {
		if got, err := f.Wait(context.Background()); got != n*n+1 || err != nil {
			t.Errorf("future %d: %d, %v, want %d", n, got, err, n*n+1)
		}
	}
}

func TestWaitReturnsTheError(t *testing.T) {
	broken := errors.New("broken")
	f := Go(func() (string, error) { return "", broken })
	if _, err := f.Wait(context.Background()); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	f = Go(func() (string, error) { panic("no") })
	if _, err := f.Wait(context.Background()); err == nil {
		t.Error("a panic without an error")
	}
}
