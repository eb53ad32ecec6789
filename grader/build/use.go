package build

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"

	"manche/grader/sandbox"
)

// use is what a tool was seen to use.
type use struct {
	cpu   time.Duration
	space int64 // of addresses, in bytes
}

// lookEvery is how often a tool is looked at: what it fills its memory with in that
// time is little to its bound, and most have ended before.
const lookEvery = 50 * time.Millisecond

// gauge looks at what a tool uses while it runs.
type gauge struct {
	seen use
	done chan struct{} // closed when the tool has ended, and seen is final
}

// watch looks at the tool in a cell to its end. Where the system has no
// /proc/pid/stat, nothing is seen.
func watch(cell *sandbox.Cell) *gauge {
	g := &gauge{done: make(chan struct{})}
	go func() {
		defer close(g.done)
		stat, err := os.Open(fmt.Sprintf("/proc/%d/stat", cell.PID()))
		if err != nil {
			return
		}
		defer stat.Close()
		again := time.NewTicker(lookEvery)
		defer again.Stop()
		for {
			select {
			case <-cell.Done():
				return
			case <-again.C:
				g.look(stat)
			}
		}
	}()
	return g
}

// read waits for the tool's end and returns what it has used.
func (g *gauge) read() use {
	<-g.done
	return g.seen
}

// look reads what proc(5) calls utime, stime and vsize. Addresses beyond the bound
// are not the tool's, but of the process that was yet to become it.
func (g *gauge) look(stat *os.File) {
	const utime, stime, vsize = 11, 12, 20 // counted behind the name
	var buf [1 << 10]byte
	n, _ := stat.ReadAt(buf[:], 0)
	fields := bytes.Fields(buf[bytes.LastIndexByte(buf[:n], ')')+1 : n])
	if len(fields) <= vsize {
		return // it has ended
	}
	number := func(i int) int64 { n, _ := strconv.ParseInt(string(fields[i]), 10, 64); return n }
	const tick = time.Second / 100 // USER_HZ, the same on all machines that Go knows
	g.seen.cpu = max(g.seen.cpu, time.Duration(number(utime)+number(stime))*tick)
	if space := number(vsize); space <= toolMemory {
		g.seen.space = max(g.seen.space, space)
	}
}
