//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"manche/grader/sandbox"
)

func bare(t testing.TB) *sandbox.Backend {
	b := open(t, sandbox.Config{AllowNone: true, NoCgroup: true})
	if b.Tier() == sandbox.TierNone {
		return b
	}
	return sandbox.OpenBare()
}

// besides are sandboxes that this machine has only where something was installed.
var besides []sandbox.Config

// tiers returns every sandbox that this machine has, so that what holds for
// all of them is tested in all of them.
func tiers(t testing.TB) map[string]*sandbox.Backend {
	all := map[string]*sandbox.Backend{"none": bare(t)}
	strongest := open(t, sandbox.Config{})
	all[string(strongest.Tier())] = strongest
	withoutCgroup := open(t, sandbox.Config{NoCgroup: true})
	all[string(withoutCgroup.Tier())] = withoutCgroup
	for _, c := range besides {
		c.Runsc = os.Getenv(runscEnv)
		b := open(t, c)
		all[string(b.Tier())] = b
	}
	return all
}

func TestHonestPrograms(t *testing.T) {
	for tier, b := range tiers(t) {
		for _, name := range []string{"behave", "behave-race"} {
			t.Run(tier+"/"+name, func(t *testing.T) {
				echoes(t, b, program(t, name))
				ends(t, b, program(t, name))
			})
		}
	}
}

func echoes(t *testing.T, b *sandbox.Backend, path string) {
	var report bytes.Buffer
	stdin := strings.Repeat("long ", 100_000) // more than a pipe holds
	res, err := b.Run(context.Background(), sandbox.Program{
		Path: path, Args: []string{"echo", "é\xff", ""}, Env: []string{"A=1", "B=\xfe", "GORACE=atexit_sleep_ms=0"},
		Stdin: []byte(stdin), Report: &report, Limits: sandbox.Limits{Output: mb},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "name " + programName(b, path) + " args [é\xff ] stdin " + stdin + "\nenv A=1,B=\xfe,GORACE=atexit_sleep_ms=0\nthird\n"
	if got := string(res.Output); got != want || res.OutputCut {
		t.Errorf("output: got …%q, cut %v, want …%q", tail(got), res.OutputCut, tail(want))
	}
	if res.Stop != sandbox.Exited || res.ExitCode != 0 || res.Signal != "" {
		t.Errorf("got %s, code %d, signal %q, want exited, 0", res.Stop, res.ExitCode, res.Signal)
	}
	if report.String() != "reported" {
		t.Errorf("report: got %q, want %q", report.String(), "reported")
	}
	sampled := b.Tier() == sandbox.TierGVisor // which a short run may escape
	if res.CPU <= 0 && !sampled || res.Wall <= 0 {
		t.Errorf("CPU %v, Wall %v: want both above 0", res.CPU, res.Wall)
	}
}

func programName(b *sandbox.Backend, path string) string {
	if b.Tier() == sandbox.TierNone {
		return path
	}
	return "/program"
}

func tail(s string) string { return s[max(0, len(s)-80):] }

func ends(t *testing.T, b *sandbox.Backend, path string) {
	for _, c := range []struct {
		arg, out string
		want     sandbox.Result
	}{
		{"exit", "", sandbox.Result{Stop: sandbox.Exited, ExitCode: 7}},
		{"panic", "panic: boom", sandbox.Result{Stop: sandbox.Exited, ExitCode: 2}},
		{"work", "copied 1048576", sandbox.Result{Stop: sandbox.Exited}},
	} {
		if c.arg == "work" && slices.Contains(b.Lacks(), sandbox.LackFiles) {
			continue
		}
		res, err := b.Run(context.Background(), sandbox.Program{Path: path, Args: []string{c.arg}})
		if err != nil {
			t.Fatal(c.arg, err)
		}
		if res.Stop != c.want.Stop || res.ExitCode != c.want.ExitCode || !strings.Contains(string(res.Output), c.out) {
			t.Errorf("%s: got %s, code %d, output %.2000q; want %s, %d, %q", c.arg, res.Stop, res.ExitCode, res.Output, c.want.Stop, c.want.ExitCode, c.out)
		}
	}
}

func TestLimitsInEveryTier(t *testing.T) {
	for tier, b := range tiers(t) {
		for _, c := range []struct {
			program, arg string
			limits       sandbox.Limits
			want         sandbox.Stop
		}{
			{"memory", "heap", sandbox.Limits{Memory: 100 * mb}, sandbox.MemoryLimit},
			{"spin", "one", sandbox.Limits{Wall: 200 * time.Millisecond}, sandbox.WallTime},
			{"spin", "many", sandbox.Limits{CPU: 200 * time.Millisecond, Wall: time.Minute}, sandbox.CPUTime},
			{"flood", "1", sandbox.Limits{Output: 10_000}, sandbox.OutputLimit},
			{"flood", "3", sandbox.Limits{Report: 10_000}, sandbox.ReportLimit},
		} {
			var report bytes.Buffer
			res, err := b.Run(context.Background(), sandbox.Program{
				Path: program(t, c.program), Args: []string{c.arg}, Limits: c.limits, Report: &report,
			})
			if err != nil {
				t.Fatal(err)
			}
			if res.Stop != c.want {
				t.Errorf("tier %s, %s %s: got %s, want %s", tier, c.program, c.arg, res.Stop, c.want)
			}
			if c.want == sandbox.OutputLimit && (len(res.Output) != 10_000 || !res.OutputCut) {
				t.Errorf("tier %s: got %d bytes of output, cut %v; want 10000, cut", tier, len(res.Output), res.OutputCut)
			}
			if c.want == sandbox.ReportLimit && report.Len() != 10_000 {
				t.Errorf("tier %s: got a report of %d bytes, want 10000", tier, report.Len())
			}
		}
	}
}

func TestConcurrentRuns(t *testing.T) {
	own, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		t.Fatal(err)
	}
	b, behave := open(t, sandbox.Config{}), program(t, "behave")
	mark, before := newMark(), mounts(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				res, err := b.Run(context.Background(), sandbox.Program{Path: behave, Args: []string{"echo", mark}})
				if err != nil || res.Stop != sandbox.Exited {
					t.Errorf("got %s, %v; want exited", res.Stop, err)
				}
			}
		})
	}
	all.Wait()
	noneLeft(t, b, mark, before)
	serverStays(t, b, string(own))
}

// serverStays checks that of this process only the threads meant for it are in
// the groups of programs, and never the first, which stands for its memory.
func serverStays(t *testing.T, b *sandbox.Backend, own string) {
	t.Helper()
	groups, err := filepath.Glob("/proc/self/task/*/cgroup")
	if err != nil || len(groups) == 0 {
		t.Fatalf("got threads %v, %v", groups, err)
	}
	away := 0
	for _, g := range groups {
		text, err := os.ReadFile(g)
		if err == nil && string(text) != own {
			away++
		}
	}
	if want := b.Seats(); away != want || want > 8 {
		t.Errorf("got %d threads in other groups, want %d, at most 8", away, want)
	}
	if now, err := os.ReadFile("/proc/self/cgroup"); string(now) != own || err != nil {
		t.Errorf("got %q, %v, want %q", now, err, own)
	}
}

// TestForkingThreadStays lets threads die all around a run: the program dies
// with the thread that forked it, which must therefore not be one of them.
func TestForkingThreadStays(t *testing.T) {
	boxes := tiers(t)
	stop := make(chan struct{})
	var threads sync.WaitGroup
	for range 4 {
		threads.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				ended := make(chan struct{})
				go func() {
					defer close(ended)
					runtime.LockOSThread() // and never unlocked: the thread ends with us
				}()
				<-ended
			}
		})
	}
	for tier, b := range boxes {
		for range 5 {
			res, err := b.Run(context.Background(), sandbox.Program{Path: program(t, "behave"), Args: []string{"brief"}})
			if err != nil || res.Stop != sandbox.Exited {
				t.Errorf("tier %s: got %s, %v; want exited", tier, res.Stop, err)
			}
		}
	}
	close(stop)
	threads.Wait()
}
