//go:build unix

package build_test

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"manche/grader/build"
	"manche/grader/harness"
)

// usual is a program as the grader builds them: a function, its checks, and a
// main that hands them to the driver.
func usual() map[string][]byte {
	return map[string][]byte{
		"first.go": []byte(`package main; import driver ` + fmt.Sprintf("%q", harness.DriverPath) + `

import (
	"context"
	"sync"
)

func First[T any](ctx context.Context, ask ...func(context.Context) (T, error)) (got T, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan T, len(ask))
	var wg sync.WaitGroup
	for _, f := range ask {
		driver.Yield()
		wg.Go(func() {
			if answer, err := f(ctx); err == nil {
				driver.Yield()
				answers <- answer
			}
		})
	}
	go func() { wg.Wait(); close(answers) }()
	select {
	case got = <-answers:
		return got, nil
	case <-ctx.Done():
		return got, ctx.Err()
	}
}
`),
		"first_test.go": []byte(`package main

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain_(m *testing.M) { goleak.VerifyTestMain(m) }

func TestFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			name string
			late time.Duration
			want int
		}{{"early", time.Second, 1}, {"late", time.Minute, 2}} {
			t.Run(tt.name, func(t *testing.T) {
				got, err := First(t.Context(), answer(tt.late, 1), answer(time.Second*2, 2))
				if got != tt.want || err != nil {
					t.Errorf("got %d, %v, want %d", got, err, tt.want)
				}
			})
		}
	})
}

func answer(after time.Duration, n int) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		select {
		case <-time.After(after):
			return n, nil
		case <-ctx.Done():
			return 0, errors.New("nobody waited")
		}
	}
}
`),
		"zz_main.go": []byte(strings.Replace(`package main

import (
	driver "DRIVER"
	"testing"
)

func main() { driver.Main([]testing.InternalTest{{Name: "TestFirst", F: TestFirst}}) }
`, "DRIVER", harness.DriverPath, 1)),
	}
}

// each measures work in a folder with what prepare puts there.
func each(b *testing.B, prepare, work func(dir string) error) {
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		dir, err := os.MkdirTemp(b.TempDir(), "")
		if err == nil {
			err = prepare(dir)
		}
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		err = work(dir)
		b.StopTimer()
		os.RemoveAll(dir)
		b.StartTimer()
		if err != nil {
			b.Fatal(err)
		}
	}
}

// processors reports the processor time of all processes since before, the
// preparation of the benchmark included.
func processors(b *testing.B, before time.Duration) {
	b.ReportMetric((children()-before).Seconds()*1e3/float64(b.N), "cpu-ms/op")
}

// children is the processor time of the processes that were waited for.
func children() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_CHILDREN, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func nothing(string) error { return nil }

func BenchmarkCompile(b *testing.B) {
	a, files := archives(b), usual()
	defer processors(b, children())
	each(b, nothing, func(dir string) error { return a.Compile(b.Context(), dir, files) })
}

// The same where a compiler waits, behind its walls.
func BenchmarkCompileWaiting(b *testing.B) {
	a, files := archives(b).Apart(false), usual()
	defer processors(b, children())
	defer a.Close()
	each(b,
		func(string) error {
			a.Warm(1)
			a.AwaitCompilers()
			return nil
		},
		func(dir string) error { return a.Compile(b.Context(), dir, files) })
}

func BenchmarkLink(b *testing.B) {
	a, object := archives(b), compiled(b)
	defer processors(b, children())
	each(b, object, func(dir string) error { return a.Link(b.Context(), dir) })
}

// The time from the object file to the program where a linker waits; its start
// is in the processor time.
func BenchmarkLinkSpare(b *testing.B) {
	a, object := spared(b), compiled(b)
	defer processors(b, children())
	defer a.Close()
	each(b,
		func(dir string) error {
			a.Warm(1)
			a.AwaitSpares()
			b.ReportMetric(resident(a.SparePIDs()[0]), "waiting-MB")
			return object(dir)
		},
		func(dir string) error { return a.Link(b.Context(), dir) })
}

// resident is the memory that a process has for itself, in megabytes, where that
// can be read (proc(5), smaps_rollup).
func resident(pid int) float64 {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	_, after, _ := strings.Cut(string(raw), "\nAnonymous:")
	var kB float64
	fmt.Sscan(after, &kB)
	return kB / 1000
}

// compiled returns what puts an object file into a folder.
func compiled(b *testing.B) func(dir string) error {
	b.Helper()
	a, first := archives(b), b.TempDir()
	if err := a.Compile(b.Context(), first, usual()); err != nil {
		b.Fatal(err)
	}
	return func(dir string) error { return os.CopyFS(dir, os.DirFS(first)) }
}

func BenchmarkBuild(b *testing.B) {
	run := func(name string, a *build.Archives, warm int) {
		b.Run(name, func(b *testing.B) {
			defer processors(b, children())
			defer a.Close()
			each(b,
				func(string) error {
					a.Warm(warm)
					a.AwaitSpares()
					return nil
				},
				func(dir string) error {
					_, _, err := a.Build(b.Context(), dir, usual())
					return err
				})
		})
	}
	run("stock", archives(b).Apart(false), 0)
	run("warm", spared(b), 1)
}
