package main

func main() {
	c := make(chan int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		c <- 1
	}()
	close(c)
	<-done
}
