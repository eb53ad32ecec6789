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

// spare makes the spare linker and keeps it if it links the sample as the stock
// linker does. Only the end of ctx is an error: there is always the other one. A
// file beside the archives says why there is no spare.
func (c Config) spare(ctx context.Context, work, dir string) error {
	err := c.makeLinker(ctx, work, dir)
	if err == nil {
		err = c.tryLinker(ctx, work, dir)
	}
	if err != nil {
		os.Remove(filepath.Join(dir, spareLinker))
		os.WriteFile(filepath.Join(dir, spareLinker+".reason"), []byte(err.Error()+"\n"), 0o644)
	}
	return ctx.Err()
}

// errLinker says that the two linkers disagree.
var errLinker = errors.New("the spare linker makes another program of the sample")

// tryLinker links the sample with both linkers, alone and with our packages, the
// spare one after the other, and runs what they made.
func (c Config) tryLinker(ctx context.Context, work, dir string) error {
	stocked, spared := c.archives(dir), c.archives(dir)
	for _, a := range []*Archives{stocked, spared} {
		if err := a.load(); err != nil {
			return err
		}
	}
	spared.spared, spared.strict = true, true
	spared.Warm(1)
	defer spared.Close()
	for name, src := range map[string]string{"alone": sample, "own": c.sampleWithOwn()} {
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

// sampleWithOwn is the sample importing our packages.
func (c Config) sampleWithOwn() string {
	imports := "import (\n"
	for path := range c.Own {
		imports += fmt.Sprintf("\t_ %q\n", path)
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
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = []string{"GORACE=atexit_sleep_ms=0"}
	return cmd.Output()
}
