package search

type pair[A, B any] struct {
	first  A
	second B
}

func double[T any](x T) pair[T, T] { return pair[T, T]{x, x} }

func grow() {
	a := double(double(double(double(double(double(double(0)))))))
	b := double(double(double(double(double(double(double(a)))))))
	_ = double(double(double(double(double(double(double(b)))))))
}
