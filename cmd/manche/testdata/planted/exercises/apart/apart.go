// Package apart does what cannot be asked of another process.
package apart

// Queue is a type with a method.
type Queue struct{ Length int }

// Grow is the method.
func (q *Queue) Grow() { q.Length++ }

// Do takes what cannot be sent.
func Do(c chan int) {}

var calls int
