package main

var events = make(chan string)

func main() {
	go func() {
		println(<-events)
	}()
}
