package search

import "log"

func note() { log.Print("here") }
