// Race has a data race, and reads the report that the race detector wrote
// about it, as the harness of an exercise does.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "memory" {
		var kept [][]byte
		for {
			b := make([]byte, 4<<20)
			for i := range b {
				b[i] = 1
			}
			kept = append(kept, b)
		}
	}
	n, done := 0, make(chan bool)
	go func() { n++; done <- true }()
	n++
	<-done
	logs, _ := filepath.Glob("/tmp/race*")
	for _, name := range logs {
		text, err := os.ReadFile(name)
		fmt.Printf("%s %v\n%s\n", name, err, text)
	}
	fmt.Println("done")
}
