package prog

import "fmt"

// Talk says the same over and over.
func Talk() {
	for {
		fmt.Println("are we there yet?")
	}
}
