package greet

func main() { println("hello") }
