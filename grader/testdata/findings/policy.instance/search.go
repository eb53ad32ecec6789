package search

type twice[T any] = struct{ first, second *T }

type four[T any] = twice[twice[T]]

func look(four[four[four[four[four[int]]]]]) {}
