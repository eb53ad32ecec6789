package main

func main() { fail() }

func fail() {
	var p *struct{ n int }
	println(p.n)
}
