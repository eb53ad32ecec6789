package main

func main() { fail() }

func fail() {
	c := make(chan int)
	close(c)
	close(c)
}
