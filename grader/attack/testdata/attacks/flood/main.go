// Flood writes without end to the descriptor that its argument numbers.
package main

import (
	"os"
	"strconv"
	"strings"
)

func main() {
	fd, _ := strconv.Atoi(os.Args[1])
	f := os.NewFile(uintptr(fd), "out")
	for line := strings.Repeat("flood ", 700) + "\n"; ; {
		f.WriteString(line)
	}
}
