package prog

import "testing"

func TestAdd(t *testing.T) {
	a := new(Account)
	a.Lock()
	a.Add(100)
}
