package main

import "fmt"

func again() {
	defer func() {
		p := recover()
		fmt.Println("recovered", p)
		panic(p)
	}()
	var m map[string]int
	m["x"] = 1
}

func main() { again() }
