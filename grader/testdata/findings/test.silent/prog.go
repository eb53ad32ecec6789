package prog

// Even reports whether n is even, nearly.
func Even(n int) bool { return n%2 == 1 }
