package main

func main() { fail() }

func fail() {
	s := []int{1}
	s = s[:len(s):len(s)]
	println(s[len(s)])
}
