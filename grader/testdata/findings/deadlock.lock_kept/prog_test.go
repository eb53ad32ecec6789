package prog

import "testing"

func TestPay(t *testing.T) {
	a, paid := new(Account), make(chan bool)
	go func() { paid <- a.Pay(100) }()
	<-paid
	a.Cents()
}
