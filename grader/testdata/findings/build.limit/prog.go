package prog

// Table is mostly empty.
var Table = [1 << 33]int{1<<33 - 1: 1}
