package sum

// Sum adds two numbers.
func Sum(a, b int) int { return add(a, b) }
