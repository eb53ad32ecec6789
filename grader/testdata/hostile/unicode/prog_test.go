package prog

import "testing"

func TestΔοκιμή(t *testing.T) { (&Ουρά{make(chan int)}).Άνοιξε() }
func TestÉcluse(t *testing.T) { Écluse() }
