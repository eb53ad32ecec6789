package main

import "errors"

type failure struct{ code int }

func (f failure) Error() string { return "failure\nof two lines" }

func second() {
	panic(failure{3})
}

func first() {
	defer second()
	panic(errors.New("the first one"))
}

func main() { first() }
