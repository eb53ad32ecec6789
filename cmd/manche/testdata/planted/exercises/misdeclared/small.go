// Package small does it.
package small

// Do does it.
func Do() {}
