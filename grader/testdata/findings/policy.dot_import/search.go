package search

import . "sync"

var mu Mutex
