package fuzzing

// Read exposes how an outcome is read from what the go command said.
var Read = read
