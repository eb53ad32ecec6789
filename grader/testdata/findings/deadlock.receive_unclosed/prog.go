package prog

import "sync"

// Squares adds up the squares of the numbers.
func Squares(numbers ...int) int {
	squares := make(chan int)
	var wg sync.WaitGroup
	for _, n := range numbers {
		wg.Go(func() { squares <- n * n })
	}
	sum := 0
	for s := range squares {
		sum += s
	}
	wg.Wait()
	return sum
}
