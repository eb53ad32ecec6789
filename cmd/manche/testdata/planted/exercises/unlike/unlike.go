// Package unlike does it.
package unlike

// Do does it.
func Do() {}
