package main

func main() {
	for n := 1; n > 0; n = n%7 + 1 {
	}
	println("done")
}
