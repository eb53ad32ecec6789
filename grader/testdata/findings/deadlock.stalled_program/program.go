package main

var answers = make(chan int)

func main() {
	println(<-answers)
}
