package main

import "unsafe"

func address(a *[11]uint64) uintptr { return uintptr(unsafe.Pointer(a)) }
