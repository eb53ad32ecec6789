package search

import "os"

var args = os.Args
