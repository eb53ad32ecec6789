package sandbox

import (
	"cmp"
	"time"
)

// Limits bound one run. A field that is zero or less takes the value of
// [DefaultLimits].
type Limits struct {
	Wall, CPU time.Duration
	// Memory is in resident bytes; tier A counts what the kernel takes for the
	// program and what is in /tmp as well. Below some 16 MB even the walls do not
	// fit in, which is an error.
	Memory    int64
	Output    int64 // bytes of stdout and stderr together that are kept; killed beyond
	Report    int64 // bytes on the report descriptor; killed beyond
	Processes int   // threads
	Files     int   // open descriptors
	Scratch   int64 // bytes in /tmp
}

// DefaultLimits suits a race-enabled test binary of an exercise: race
// detection makes about 2.2 resident bytes of each byte of heap, plus 18 MB.
func DefaultLimits() Limits {
	return Limits{
		Wall:      10 * time.Second, // a learner still waits for an answer
		CPU:       20 * time.Second, // both processors of a small machine for all of Wall
		Memory:    512 << 20,        // some 200 MB of heap under the race detector
		Output:    256 << 10,        // more than a person reads; several race reports and a dump
		Report:    1 << 20,          // a report of hundreds of checks
		Processes: 256,              // goroutines blocked in system calls take a thread each
		Files:     64,               // keeps what pipes can hold of the kernel's memory small
		Scratch:   16 << 20,         // t.TempDir and race logs
	}
}

const (
	// pollEvery is how often memory and processor time are looked at: at 5 ms
	// four threads that touch memory as fast as they can overshoot by 4 %.
	pollEvery = 5 * time.Millisecond
	// dumpGrace is how long a program out of time may take to print its
	// goroutines' stacks after SIGQUIT. Hundreds print in some 20 ms, on a machine
	// that has nothing else to do.
	dumpGrace = 2 * time.Second
	// setupLimit is how long putting up the walls may take: some 5 ms, unless
	// the machine is on its knees.
	setupLimit = 10 * time.Second
	// drainLimit is how long, after the end of a program without walls, its
	// surviving children may hold on to the output.
	drainLimit = 250 * time.Millisecond
)

// filled returns l with its zero fields filled in.
func (l Limits) filled() Limits {
	d := DefaultLimits()
	return Limits{
		Wall:      cmp.Or(max(l.Wall, 0), d.Wall),
		CPU:       cmp.Or(max(l.CPU, 0), d.CPU),
		Memory:    cmp.Or(max(l.Memory, 0), d.Memory),
		Output:    cmp.Or(max(l.Output, 0), d.Output),
		Report:    cmp.Or(max(l.Report, 0), d.Report),
		Processes: cmp.Or(max(l.Processes, 0), d.Processes),
		Files:     cmp.Or(max(l.Files, 0), d.Files),
		Scratch:   cmp.Or(max(l.Scratch, 0), d.Scratch),
	}
}
