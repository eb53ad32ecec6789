package corpus

import (
	"context"
	"errors"
	"testing"
)

var errNoKey = errors.New("no such key")

type table map[string]string

func (t table) Get(key string) (string, error) {
	if v, ok := t[key]; ok {
		return v, nil
	}
	return "", errNoKey
}

func (t table) Updates(context.Context, string) <-chan string { return make(chan string) }

func TestWatch(t *testing.T) {
	src := table{"colour": "green"}
	w, err := NewWatch(context.Background(), src, "colour")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if got := w.Value(); got != "green" {
		t.Errorf("Value = %q, want green", got)
	}
	if _, err := NewWatch(context.Background(), src, "size"); !errors.Is(err, errNoKey) {
		t.Errorf("NewWatch: %v, want %v", err, errNoKey)
	}
}
