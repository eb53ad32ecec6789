//go:build !amd64

package main

func forkCalls() map[string]uintptr { return nil }
