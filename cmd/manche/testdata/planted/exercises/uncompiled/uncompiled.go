// Package uncompiled is fine.
package uncompiled

// Do does it.
func Do() {}
