package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"manche/grader/internal/leftover"
)

// sample is a program that a linker with a pause could get wrong: types whose
// methods are reached through interfaces and by reflection only, types and
// generic functions that the archives have as well, initialisation in order.
const sample = `package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
)

type celsius float64

func (c celsius) String() string { return fmt.Sprintf("%.1f degrees", float64(c)) }
func (celsius) Hidden() string   { return "by reflection" }

type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

var first = second + " first"
var second = strings.ToUpper("second")

func init() { fmt.Println(first) }

func main() {
	var wg sync.WaitGroup
	temperatures, mu := map[string]celsius{}, sync.Mutex{}
	for i, city := range []string{"Calais", "Dover"} {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			temperatures[city] = celsius(i) + 20.5
		})
	}
	wg.Wait()
	fmt.Println(temperatures, time.Duration(1500)*time.Millisecond)
	hidden := []string{"Hid", "den"}
	fmt.Println(reflect.ValueOf(celsius(1)).MethodByName(strings.Join(hidden, "")).Call(nil)[0])
	numbers := []uint16{3, 1, 2}
	slices.Sort(numbers)
	sort.Sort(sort.Reverse(sort.IntSlice([]int{1, 2})))
	ctx, cancel := context.WithTimeoutCause(context.Background(), time.Nanosecond, failure{errors.ErrUnsupported})
	defer cancel()
	<-ctx.Done()
	fmt.Printf("%v %T %v\n", numbers, context.Cause(ctx), errors.Is(context.Cause(ctx), errors.ErrUnsupported))
}
`

// reasonSuffix is what the name of the file beside the linker ends in that says
// why there is none.
const reasonSuffix = ".reason"

// PrepareLinker makes the linker that can wait, for [Archives.Warm], if it is not
// there yet: half a minute of processor time, once for each release of Go and of
// ours. Builds go on meanwhile, and see it when it is there. Where this release
// has no such linker, a file beside the archives says why, and nothing is tried
// again; that is no error. What the machine lacked may be there another time.
func (a *Archives) PrepareLinker(ctx context.Context) error {
	reason := a.linker + reasonSuffix
	if _, err := os.Stat(reason); a.spared.Load() || err == nil {
		return nil
	}
	work, err := leftover.Make(filepath.Dir(a.dir), workPrefix)
	if err != nil {
		return fmt.Errorf("making a folder to build the linker in: %w", err)
	}
	defer os.RemoveAll(work)
	err = a.toolchain.makeLinker(ctx, work)
	if err == nil {
		err = a.tryLinker(ctx, work)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, errUnknownLinker) || errors.Is(err, errLinker) {
		os.WriteFile(reason, []byte(err.Error()+"\n"), 0o644) // or it is tried once more
		return nil
	}
	if err != nil {
		return fmt.Errorf("making the linker that waits: %w", err)
	}
	if err := os.Rename(filepath.Join(work, spareLinker), a.linker); err != nil {
		return fmt.Errorf("putting the linker in place: %w", err)
	}
	a.spared.Store(true)
	return nil
}

// errLinker says that the two linkers disagree.
var errLinker = errors.New("the spare linker makes another program of the sample")

// tryLinker links the sample with the stock linker and the one in work, alone and
// with our packages, one after the other, and runs what they made.
func (a *Archives) tryLinker(ctx context.Context, work string) error {
	stocked, spared := a.apart(), a.apart()
	spared.linker, spared.strict = filepath.Join(work, spareLinker), true
	spared.spared.Store(true)
	spared.Warm(1)
	defer spared.Close()
	for name, src := range map[string]string{"alone": sample, "own": a.sampleWithOwn()} {
		want, err := stocked.runSample(ctx, filepath.Join(work, name+"-stock"), src)
		if err != nil {
			return err
		}
		got, err := spared.runSample(ctx, filepath.Join(work, name+"-spare"), src)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) || len(want) == 0 {
			return errLinker
		}
	}
	return nil
}

// apart returns the same archives without a spare linker.
func (a *Archives) apart() *Archives {
	return &Archives{
		dir: a.dir, toolchain: a.toolchain, race: a.race, files: a.files, config: a.config, roots: a.roots, linker: a.linker, cells: a.cells,
		patience: a.patience,
	}
}

// sampleWithOwn is the sample importing our packages, which come first.
func (a *Archives) sampleWithOwn() string {
	imports := "import (\n"
	for _, path := range a.roots {
		if strings.HasPrefix(path, moduleName+"/") {
			imports += fmt.Sprintf("\t_ %q\n", path)
		}
	}
	return strings.Replace(sample, "import (\n", imports, 1)
}

// runSample returns what the program prints.
func (a *Archives) runSample(ctx context.Context, dir, src string) ([]byte, error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	program, _, err := a.Build(ctx, dir, map[string][]byte{"main.go": []byte(src)})
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, toolTime) // what a broken linker has made may never end
	defer cancel()
	cmd := exec.CommandContext(limited, program)
	cmd.Env = []string{"GORACE=atexit_sleep_ms=0"}
	return cmd.Output()
}
