package prog

// Steps counts how many steps it takes to come down to 1, from most numbers.
func Steps(n int) int {
	steps := 0
	for n != 1 {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n - 1
		}
		steps++
	}
	return steps
}
