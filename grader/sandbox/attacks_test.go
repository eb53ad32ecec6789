//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"context"
	"net"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"manche/grader/sandbox"
)

const mb = 1 << 20

// attack is a program of testdata/attacks and what must become of it.
type attack struct {
	name    string
	program string
	args    []string
	limits  sandbox.Limits
	stop    sandbox.Stop
	code    int      // with Exited
	signal  string   // with Signaled
	has     []string // what the output must contain
	atMost  int64    // bytes of memory, 0 for any
	arch    string   // the only architecture that it is for
}

// held is an attack that comes to its end, every attempt having failed.
func held(name, program string, args ...string) attack {
	return attack{name: name, program: program, args: args, stop: sandbox.Exited, has: []string{"done\n"}}
}

func memoryAttack(name, program string, args ...string) attack {
	return attack{
		name: name, program: program, args: args, stop: sandbox.MemoryLimit,
		limits: sandbox.Limits{Memory: 128 * mb}, atMost: 192 * mb,
	}
}

func timeAttack(name string, limits sandbox.Limits, stop sandbox.Stop, has ...string) attack {
	return attack{name: "spin " + name, program: "spin", args: []string{name}, limits: limits, stop: stop, has: append(has, "begun\n")}
}

func attacks(hostAddresses []string) []attack {
	short := sandbox.Limits{Wall: 300 * time.Millisecond}
	return slices.Concat([]attack{
		memoryAttack("heap", "memory", "heap"),
		memoryAttack("mapped by five threads", "memory", "populate"),
		memoryAttack("goroutines", "memory", "goroutines"),
		memoryAttack("page tables", "memory", "tables"),
		memoryAttack("endless recursion", "memory", "stack"),
		memoryAttack("under the race detector", "race-race", "memory"),
		{name: "4 GB at once", program: "memory", args: []string{"at-once"}, limits: sandbox.Limits{Memory: 128 * mb},
			stop: sandbox.Exited, code: 2, has: []string{"out of memory"}, atMost: 64 * mb},
		held("shared memory", "memory", "shared"),
		held("addresses without memory", "memory", "reserve"),

		{name: "threads", program: "threads", stop: sandbox.Exited, code: 2, has: []string{"failed to create new OS thread"}},
		held("children by exec", "forks", "exec"),
		held("children by system call", "forks", "raw"),
		held("daemon", "forks", "daemon"),

		{name: "output flood", program: "flood", args: []string{"1"}, stop: sandbox.OutputLimit, has: []string{"flood"}},
		{name: "error flood", program: "flood", args: []string{"2"}, stop: sandbox.OutputLimit, has: []string{"flood"}},
		{name: "report flood", program: "flood", args: []string{"3"}, stop: sandbox.ReportLimit},

		timeAttack("one", short, sandbox.WallTime, "SIGQUIT", "main.forever"),
		timeAttack("many", sandbox.Limits{CPU: 300 * time.Millisecond}, sandbox.CPUTime, "SIGQUIT", "main.forever"),
		timeAttack("blocked", short, sandbox.WallTime, "SIGQUIT", "sync.Mutex.Lock"),
		timeAttack("deaf", short, sandbox.WallTime),
	}, diskAttacks(), wallAttacks(hostAddresses))
}

func diskAttacks() []attack {
	full := func(what, result string) attack {
		a := held("disk "+what, "disk", what)
		a.has = append(a.has, result+"\n", "held one more")
		return a
	}
	return []attack{
		full("bytes", "bytes 16"),
		full("names", "names 1023"),
		full("folders", "folders 1023"),
		full("descriptors", "descriptors 60"), // of 64
		full("timers", "timers 1024"),
		full("pipes", "pipes 1"), // 64 kB each
		held("disk elsewhere", "disk", "elsewhere"),
	}
}

func wallAttacks(hostAddresses []string) []attack {
	inherited := held("inherited", "inherited")
	inherited.has = append(inherited.has, "environment [ONLY=this]\n", "descriptor 3 kind 10000\n")
	raced := attack{name: "race report", program: "race-race", stop: sandbox.Exited, code: 66,
		has: []string{"/tmp/race.1 <nil>", "WARNING: DATA RACE", "race/main.go:", "done\n"}}
	return []attack{
		held("host files", "files"),
		inherited,
		held("network", "network", hostAddresses...),
		held("other processes", "processes", strconv.Itoa(os.Getppid())),
		held("privileges", "privileges"),
		held("kernel surface", "kernel"),
		held("other code", "execute"),
		held("other code in a dynamic program", "execute-race"),
		held("raised limits", "limits"),
		held("terminal", "terminal"),
		{name: "x32 convention", program: "x32", arch: "amd64", stop: sandbox.Signaled, signal: "SIGSYS"},
		raced,
	}
}

// TestAttacks runs hostile programs; as root it is run again, as an ordinary
// user, by TestAsOrdinaryUser.
func TestAttacks(t *testing.T) {
	leaveOpen(t)
	b := open(t, sandbox.Config{})
	t.Logf("tier %s, lacks %v, failures %v", b.Tier(), b.Lacks(), b.Failures())
	for _, a := range attacks(hostListeners(t)) {
		if a.arch != "" && a.arch != runtime.GOARCH {
			continue
		}
		t.Run(a.name, func(t *testing.T) { a.run(t, b) })
	}
}

// leaveOpen makes descriptors that children inherit, as a shell may leave them.
func leaveOpen(t *testing.T) {
	for _, fd := range []int{20, 60, 251} {
		if err := unix.Dup2(2, fd); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { unix.Close(fd) })
	}
}

func (a attack) run(t *testing.T, b *sandbox.Backend) {
	mark, before := newMark(), mounts(t)
	env := []string{"ONLY=this"}
	if strings.HasSuffix(a.program, "-race") {
		env = []string{"GORACE=atexit_sleep_ms=0 log_path=/tmp/race"}
	}
	res, err := b.Run(context.Background(), sandbox.Program{
		Path: program(t, a.program), Args: append(slices.Clone(a.args), mark), Env: env, Limits: a.limits,
	})
	if err != nil {
		t.Fatal(err)
	}
	out := string(res.Output)
	defer func() {
		if t.Failed() {
			t.Logf("%s code %d %s, %v, peak %d MB, output:\n%.4000s", res.Stop, res.ExitCode, res.Signal, res.Wall, res.PeakMemory/mb, out)
		}
	}()
	if res.Stop != a.stop {
		t.Errorf("Stop: got %s, want %s", res.Stop, a.stop)
	}
	if a.stop == sandbox.Exited && res.ExitCode != a.code {
		t.Errorf("ExitCode: got %d, want %d", res.ExitCode, a.code)
	}
	if a.stop == sandbox.Signaled && res.Signal != a.signal {
		t.Errorf("Signal: got %s, want %s", res.Signal, a.signal)
	}
	if strings.Contains(out, "ESCAPED") {
		t.Error("something escaped")
	}
	for _, s := range a.has {
		if !strings.Contains(out, s) {
			t.Errorf("the output has no %q", s)
		}
	}
	if a.atMost > 0 && res.PeakMemory > a.atMost {
		t.Errorf("PeakMemory: got %d MB, want at most %d", res.PeakMemory/mb, a.atMost/mb)
	}
	if limit := a.limits.Memory; a.stop == sandbox.MemoryLimit && res.PeakMemory < limit*9/10 {
		t.Errorf("PeakMemory: got %d MB, want some %d", res.PeakMemory/mb, limit/mb)
	}
	noneLeft(t, b, mark, before)
}

// hostListeners opens what the host would have: TCP and an abstract socket.
func hostListeners(t *testing.T) []string {
	var addresses []string
	for _, at := range [][2]string{{"tcp", "127.0.0.1:0"}, {"tcp", "[::1]:0"}, {"unix", "@manche-" + newMark()}} {
		l, err := net.Listen(at[0], at[1])
		if err != nil && at[1] == "[::1]:0" {
			continue // a host without IPv6
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		addresses = append(addresses, l.Addr().String())
	}
	return addresses
}

// TestAttacksEscapeWithoutWalls shows that the attacks are able: without walls
// the harmless ones of them get through.
func TestAttacksEscapeWithoutWalls(t *testing.T) {
	b := bare(t)
	for _, a := range []struct {
		program string
		args    []string
		want    string
	}{
		{"files", nil, "ESCAPED open /etc/passwd"},
		{"network", hostListeners(t), "ESCAPED dial"},
		{"inherited", nil, "descriptor 3"},
	} {
		res, err := b.Run(context.Background(), sandbox.Program{Path: program(t, a.program), Args: a.args})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(res.Output), a.want) {
			t.Errorf("%s: got output %.400q, want %q in it", a.program, res.Output, a.want)
		}
	}
}
