package prog

import "errors"

// Check panics where it should return an error.
func Check(age int) {
	if age < 0 {
		panic(errors.New("negative age").Error())
	}
}
