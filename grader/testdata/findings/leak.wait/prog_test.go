package prog

import (
	"errors"
	"testing"
)

func TestAll(t *testing.T) {
	All([]func() error{func() error { return errors.New("no") }}, func() {})
}
