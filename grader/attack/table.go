package attack

import (
	"slices"
	"strconv"
	"time"

	"manche/grader/sandbox"
)

const (
	mb = 1 << 20
	// unhurried is time enough for what another limit ends, on a busy machine too.
	unhurried = 30 * time.Second
)

// Attack is a program of testdata/attacks and what must become of it.
type Attack struct {
	Name     string
	program  string
	args     []string
	limits   sandbox.Limits
	stop     sandbox.Stop
	code     int          // with Exited
	signal   string       // with Signaled
	has      []string     // what the output must contain
	atMost   int64        // bytes of memory, 0 for any
	atOnce   int          // how many run side by side, 0 for one
	arch     string       // the only architecture that it is for
	or       sandbox.Stop // another end that will do; empty for none
	unlogged bool         // the race detector writes to the output
	untried  bool         // it would get through, as the sandbox says itself
	changes  []change
}

// change is what is otherwise where a sandbox lacks something.
type change struct {
	lack string
	make func(*Attack)
}

// where is a with something changed for sandboxes with this lack.
func (a Attack) where(lack string, how func(*Attack)) Attack {
	a.changes = append(slices.Clone(a.changes), change{lack, how})
	return a
}

// in is a as it is in a sandbox with these lacks.
func (a Attack) in(lacks []string) Attack {
	for _, c := range a.changes {
		if slices.Contains(lacks, c.lack) {
			c.make(&a)
		}
	}
	return a
}

// unlogged has the race detector report to the output: there are no files.
func unlogged(a *Attack) { a.unlogged = true }

// unrefused is how what a kernel does not refuse ends instead: by the limit on
// memory, or by that on time where it is slow.
func unrefused(a *Attack) {
	a.stop, a.or, a.code, a.signal, a.has, a.atMost = sandbox.MemoryLimit, sandbox.WallTime, 0, "", nil, 192*mb
	a.limits = sandbox.Limits{Memory: 128 * mb}
}

// held is an attack that comes to its end, every attempt having failed.
func held(name, program string, args ...string) Attack {
	return Attack{Name: name, program: program, args: args, stop: sandbox.Exited, has: []string{"done\n"}}
}

func memoryAttack(name, program string, args ...string) Attack {
	return Attack{
		Name: name, program: program, args: args, stop: sandbox.MemoryLimit,
		limits: sandbox.Limits{Memory: 128 * mb, Wall: unhurried}, atMost: 192 * mb,
	}.where(sandbox.LackMemoryCgroup, func(a *Attack) { a.atMost = 0 }) // sampled, it overshoots by as much as time allows
}

func timeAttack(name string, limits sandbox.Limits, stop sandbox.Stop, has ...string) Attack {
	a := Attack{Name: "spin " + name, program: "spin", args: []string{name}, limits: limits, stop: stop, has: append(has, "begun\n")}
	// Behind another kernel, or a clerk, a program takes a while until it hears signals.
	later := func(a *Attack) { a.limits.Wall = max(a.limits.Wall, 2*time.Second) }
	return a.where(sandbox.LackKernelLimits, later).where(sandbox.LackFiles, later)
}

// Table lists the attacks that can be run here, with what must become of them in a
// sandbox that has these lacks. The programs reach for the host: for its listeners,
// and for a process of its.
func Table(p Programs, h Host, lacks []string) []Attack {
	all := slices.Concat(memoryAttacks(), processAttacks(), floods(), timeAttacks(), diskAttacks(), wallAttacks(h))
	for i := range all {
		all[i] = all[i].in(lacks)
	}
	return slices.DeleteFunc(all, func(a Attack) bool { return a.untried || !p.has(a) })
}

func memoryAttacks() []Attack {
	atOnce := Attack{Name: "4 GB at once", program: "memory", args: []string{"at-once"}, limits: sandbox.Limits{Memory: 128 * mb},
		stop: sandbox.Exited, code: 2, has: []string{"out of memory"}, atMost: 64 * mb}
	return []Attack{
		memoryAttack("heap", "memory", "heap"),
		memoryAttack("mapped by five threads", "memory", "populate"),
		memoryAttack("huge pages, asked for by advice", "memory", "advice"),
		memoryAttack("goroutines", "memory", "goroutines"),
		memoryAttack("page tables", "memory", "tables").where(sandbox.LackKernelLimits, unrefused),
		memoryAttack("endless recursion", "memory", "stack"),
		memoryAttack("under the race detector", "race-race", "memory").where(sandbox.LackFiles, unlogged),
		atOnce.where(sandbox.LackKernelLimits, unrefused),
		held("grown in its place", "memory", "grow"),
		held("shared memory", "memory", "shared"),
		held("addresses without memory", "memory", "reserve"),
	}
}

func processAttacks() []Attack {
	crowd := held("children of eight at once", "forks", "raw")
	crowd.atOnce = 8
	return []Attack{
		{Name: "threads", program: "threads", limits: sandbox.Limits{Wall: unhurried}, stop: sandbox.Exited, code: 2, has: []string{"failed to create new OS thread"}},
		held("children by exec", "forks", "exec"),
		held("children by system call", "forks", "raw"),
		held("daemon", "forks", "daemon"),
		crowd,
	}
}

func floods() []Attack {
	return []Attack{
		{Name: "output flood", program: "flood", args: []string{"1"}, stop: sandbox.OutputLimit, has: []string{"flood"}},
		{Name: "error flood", program: "flood", args: []string{"2"}, stop: sandbox.OutputLimit, has: []string{"flood"}},
		{Name: "report flood", program: "flood", args: []string{"3"}, stop: sandbox.ReportLimit},
	}
}

func timeAttacks() []Attack {
	short := sandbox.Limits{Wall: time.Second} // to begin in, on a busy machine
	return []Attack{
		timeAttack("one", short, sandbox.WallTime, "SIGQUIT", "goroutine 1 "), // the stack of one that runs elsewhere cannot be read
		timeAttack("many", sandbox.Limits{CPU: 300 * time.Millisecond, Wall: unhurried}, sandbox.CPUTime, "SIGQUIT", "main.forever"),
		timeAttack("blocked", short, sandbox.WallTime, "SIGQUIT", "sync.Mutex.Lock"),
		timeAttack("asleep", short, sandbox.WallTime, "SIGQUIT", "main.main"),
		timeAttack("deaf", short, sandbox.WallTime),
		timeAttack("deaf to all", short, sandbox.WallTime),
		{Name: "panic", program: "behave", args: []string{"panic"}, stop: sandbox.Exited, code: 2, has: []string{"panic: boom"}},
	}
}

func diskAttacks() []Attack {
	full := func(what, result string) Attack {
		a := held("disk "+what, "disk", what)
		a.has = append(a.has, result+"\n", "held one more")
		return a
	}
	untried := func(a *Attack) { a.untried = true } // it would fill the host's disk
	return []Attack{
		full("bytes", "bytes 16").where(sandbox.LackScratch, untried).where(sandbox.LackFiles, untried),
		full("names", "names 1023").where(sandbox.LackScratch, untried).where(sandbox.LackFiles, untried),
		full("folders", "folders 1023").where(sandbox.LackScratch, untried).where(sandbox.LackFiles, untried),
		full("descriptors", "the last one 63"), // of 64
		full("timers", "timers 0"),
		full("pipes", "pipes 1"), // 64 kB each
		held("disk elsewhere", "disk", "elsewhere"),
		held("a larger file than there is room", "disk", "sparse").where(sandbox.LackFiles, untried),
	}
}

func wallAttacks(h Host) []Attack {
	inherited := held("inherited", "inherited")
	inherited.has = append(inherited.has, "environment [ONLY=this]\n", "descriptor 3 kind 10000\n", "host sandbox\n")
	named := func(a *Attack) { a.has = a.has[:len(a.has)-1] } // the host's name is seen
	raced := Attack{Name: "race report", program: "race-race", stop: sandbox.Exited, code: 66,
		has: []string{"/tmp/race.", " <nil>", "WARNING: DATA RACE", "race/main.go:", "done\n"}}
	return []Attack{
		held("host files", "files"),
		inherited.where(sandbox.LackIsolation, named),
		held("network", "network", h.addresses...),
		held("other processes", "processes", strconv.Itoa(h.process)),
		held("privileges", "privileges"),
		held("kernel surface", "kernel"),
		held("other code", "execute"),
		held("other code in a dynamic program", "execute-race").where(sandbox.LackFiles, unlogged).where(sandbox.LackNoExec, func(a *Attack) { a.untried = true }),
		held("raised limits", "limits"),
		held("terminal", "terminal"),
		Attack{Name: "x32 convention", program: "x32", arch: "amd64", stop: sandbox.Signaled, signal: "SIGSYS"}.where(sandbox.LackKernelLimits,
			func(a *Attack) { a.stop, a.signal, a.limits.Wall = sandbox.WallTime, "", 2*time.Second }),
		raced.where(sandbox.LackFiles, func(a *Attack) {
			unlogged(a)
			a.has = []string{"WARNING: DATA RACE", "race/main.go:", "done\n"}
		}),
	}
}
