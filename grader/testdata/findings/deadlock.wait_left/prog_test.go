package prog

import (
	"errors"
	"testing"
)

func TestAll(t *testing.T) {
	All(func() error { return nil }, func() error { return errors.New("no") })
}
