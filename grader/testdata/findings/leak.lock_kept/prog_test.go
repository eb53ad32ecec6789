package prog

import "testing"

func TestPay(t *testing.T) {
	a := new(Account)
	a.Pay(100)
	a.Later(100)
}
