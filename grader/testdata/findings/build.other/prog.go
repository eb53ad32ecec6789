package prog

// Table is too large for any program.
var Table [1 << 40]byte
