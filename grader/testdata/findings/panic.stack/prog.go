package prog

// Sum adds the numbers from n down.
func Sum(n int) int {
	return n + Sum(n-1)
}
