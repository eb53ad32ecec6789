package main

import "runtime/debug"

func endless(n int) int { return endless(n+1) + 1 }

func main() {
	debug.SetMaxStack(1 << 20)
	println(endless(0))
}
