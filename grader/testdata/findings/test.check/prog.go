package prog

// Add adds two numbers, nearly.
func Add(a, b int) int { return a + b + 1 }
