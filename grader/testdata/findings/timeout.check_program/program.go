package main

func main() {
	steps := 0
	for n := 5; n != 1; steps++ {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n - 1
		}
	}
	println(steps)
}
