// Package pair adds two numbers that take their time.
package pair

// Add returns f() + g().
func Add(f, g func() int) int {
	results := make(chan int)
	defer close(results)
	go func() { results <- f() }()
	go func() { results <- g() }()
	return <-results + <-results
}
