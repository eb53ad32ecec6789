// Spin never ends.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

func main() {
	fmt.Println("begun")
	switch os.Args[1] {
	case "one":
		forever()
	case "many":
		for range 8 {
			go forever()
		}
		forever()
	case "blocked":
		var once sync.Mutex

		signal.Notify(make(chan os.Signal, 1), syscall.SIGUSR1)
		once.Lock()
		once.Lock()
	case "asleep":
		<-time.After(time.Hour)
	case "deaf to all":
		every := make(chan os.Signal, 1)
		signal.Notify(every) // whatever can be caught
		for {
			<-every
		}
	case "deaf":
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGHUP, syscall.SIGXCPU, syscall.SIGALRM)
		forever()
	}
}

func forever() {
	for {
	}
}
