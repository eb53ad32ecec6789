package main

import "runtime"

func main() {
	go func() {
		defer runtime.Goexit()
		panic("swallowed by Goexit")
	}()
	runtime.Goexit()
}
