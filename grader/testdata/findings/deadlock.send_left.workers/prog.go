package prog

import "sync"

// Squares lists the squares of the numbers.
func Squares(numbers ...int) []int {
	squares := make(chan int)
	var wg sync.WaitGroup
	for _, n := range numbers {
		wg.Go(func() { squares <- n * n })
	}
	wg.Wait()
	close(squares)
	var list []int
	for s := range squares {
		list = append(list, s)
	}
	return list
}
