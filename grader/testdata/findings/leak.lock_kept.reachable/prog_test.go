package prog

import "testing"

func TestPay(t *testing.T) {
	a := Savings
	a.Pay(100)
	a.Later(100)
}
