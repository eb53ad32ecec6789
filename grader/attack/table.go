package attack

import (
	"slices"
	"strconv"
	"time"

	"manche/grader/sandbox"
)

const mb = 1 << 20

// Attack is a program of testdata/attacks and what must become of it.
type Attack struct {
	Name    string
	program string
	args    []string
	limits  sandbox.Limits
	stop    sandbox.Stop
	code    int      // with Exited
	signal  string   // with Signaled
	has     []string // what the output must contain
	atMost  int64    // bytes of memory, 0 for any
	atOnce  int      // how many run side by side, 0 for one
	arch    string   // the only architecture that it is for
}

// held is an attack that comes to its end, every attempt having failed.
func held(name, program string, args ...string) Attack {
	return Attack{Name: name, program: program, args: args, stop: sandbox.Exited, has: []string{"done\n"}}
}

func memoryAttack(name, program string, args ...string) Attack {
	return Attack{
		Name: name, program: program, args: args, stop: sandbox.MemoryLimit,
		limits: sandbox.Limits{Memory: 128 * mb}, atMost: 192 * mb,
	}
}

func timeAttack(name string, limits sandbox.Limits, stop sandbox.Stop, has ...string) Attack {
	return Attack{Name: "spin " + name, program: "spin", args: []string{name}, limits: limits, stop: stop, has: append(has, "begun\n")}
}

// Table lists the attacks that can be run here. The programs reach for the host:
// for its listeners, and for a process of its.
func Table(p Programs, h Host) []Attack {
	all := slices.Concat(memoryAttacks(), processAttacks(), floods(), timeAttacks(), diskAttacks(), wallAttacks(h))
	return slices.DeleteFunc(all, func(a Attack) bool { return !p.has(a) })
}

func memoryAttacks() []Attack {
	return []Attack{
		memoryAttack("heap", "memory", "heap"),
		memoryAttack("mapped by five threads", "memory", "populate"),
		memoryAttack("huge pages, asked for by advice", "memory", "advice"),
		memoryAttack("goroutines", "memory", "goroutines"),
		memoryAttack("page tables", "memory", "tables"),
		memoryAttack("endless recursion", "memory", "stack"),
		memoryAttack("under the race detector", "race-race", "memory"),
		{Name: "4 GB at once", program: "memory", args: []string{"at-once"}, limits: sandbox.Limits{Memory: 128 * mb},
			stop: sandbox.Exited, code: 2, has: []string{"out of memory"}, atMost: 64 * mb},
		held("grown in its place", "memory", "grow"),
		held("shared memory", "memory", "shared"),
		held("addresses without memory", "memory", "reserve"),
	}
}

func processAttacks() []Attack {
	crowd := held("children of eight at once", "forks", "raw")
	crowd.atOnce = 8
	return []Attack{
		{Name: "threads", program: "threads", stop: sandbox.Exited, code: 2, has: []string{"failed to create new OS thread"}},
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
	short := sandbox.Limits{Wall: 300 * time.Millisecond}
	return []Attack{
		timeAttack("one", short, sandbox.WallTime, "SIGQUIT", "main.forever"),
		timeAttack("many", sandbox.Limits{CPU: 300 * time.Millisecond}, sandbox.CPUTime, "SIGQUIT", "main.forever"),
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
	return []Attack{
		full("bytes", "bytes 16"),
		full("names", "names 1023"),
		full("folders", "folders 1023"),
		full("descriptors", "descriptors 60"), // of 64
		full("timers", "timers 0"),
		full("pipes", "pipes 1"), // 64 kB each
		held("disk elsewhere", "disk", "elsewhere"),
		held("a larger file than there is room", "disk", "sparse"),
	}
}

func wallAttacks(h Host) []Attack {
	inherited := held("inherited", "inherited")
	inherited.has = append(inherited.has, "environment [ONLY=this]\n", "host sandbox\n", "descriptor 3 kind 10000\n")
	raced := Attack{Name: "race report", program: "race-race", stop: sandbox.Exited, code: 66,
		has: []string{"/tmp/race.1 <nil>", "WARNING: DATA RACE", "race/main.go:", "done\n"}}
	return []Attack{
		held("host files", "files"),
		inherited,
		held("network", "network", h.addresses...),
		held("other processes", "processes", strconv.Itoa(h.process)),
		held("privileges", "privileges"),
		held("kernel surface", "kernel"),
		held("other code", "execute"),
		held("other code in a dynamic program", "execute-race"),
		held("raised limits", "limits"),
		held("terminal", "terminal"),
		{Name: "x32 convention", program: "x32", arch: "amd64", stop: sandbox.Signaled, signal: "SIGSYS"},
		raced,
	}
}
