package main

import "time"

func main() {
	for range time.Tick(time.Hour) {
		println("an hour has passed")
	}
}
