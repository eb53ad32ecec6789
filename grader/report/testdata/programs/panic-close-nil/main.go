package main

func main() { fail() }

func fail() {
	var c chan int
	close(c)
}
