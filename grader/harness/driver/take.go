package driver

import (
	"errors"
	"flag"
	"os"
	"reflect"
	"runtime"
	"testing"
	"unsafe"
)

// Take puts the driver in the place of a test binary's own tests, which become
// its checks: m.Run then runs them as ordered. The examples with an output
// follow the tests, and more checks follow those; benchmarks and fuzz targets
// are left out. It must be called before m.Run. In a process without orders the
// tests stay what they are.
func Take(m *testing.M, more ...testing.InternalTest) {
	if errors.Is(ordersErr, errNotOrdered) {
		return
	} else if ordersErr != nil {
		giveUp("reading the orders: " + ordersErr.Error())
	}
	tests, examples := taken[[]testing.InternalTest](m, "tests"), taken[[]testing.InternalExample](m, "examples")
	s := newSession(unique(append(append(*tests, examplesAsTests(*examples)...), more...)), alone)
	*tests, *examples = []testing.InternalTest{{Name: "driver", F: func(t *testing.T) { settingUp(); s.run(t) }}}, nil
	*taken[[]testing.InternalBenchmark](m, "benchmarks") = nil
	*taken[[]testing.InternalFuzzTarget](m, "fuzzTargets") = nil
}

// settingUp ends the guard over what comes before the first test: the package's
// initialisation, and the owner's TestMain.
var settingUp = guardSetup()

// guardSetup begins to guard, if that is ordered.
func guardSetup() (stop func()) {
	if orders.SetupMS == 0 {
		return func() {}
	}
	return newSession(nil, nil).watch("", orders.SetupMS, 0, func(profile string) bool { return marked(profile, 1) })
}

// taken is the field of testing.M with this name and type (testing/testing.go,
// Go 1.26). Without it nothing can be judged.
func taken[T any](m *testing.M, name string) *T {
	field := reflect.ValueOf(m).Elem().FieldByName(name)
	if !field.IsValid() || field.Type() != reflect.TypeFor[T]() {
		giveUp("testing.M has no field " + name + " as of Go 1.26")
	}
	return (*T)(unsafe.Pointer(field.UnsafeAddr()))
}

// giveUp ends the process with the reason why the driver cannot work.
func giveUp(reason string) {
	os.Stderr.WriteString("driver: " + reason + "\n")
	os.Exit(2)
}

// unique numbers a name that an internal and an external test share, as testing
// does.
func unique(tests []testing.InternalTest) []testing.InternalTest {
	seen := make(map[string]bool)
	list := make([]testing.InternalTest, 0, len(tests))
	for _, test := range tests {
		if seen[test.Name] {
			test.Name += "#01"
		}
		seen[test.Name] = true
		list = append(list, test)
	}
	return list
}

// examplesAsTests makes a test of each example.
func examplesAsTests(examples []testing.InternalExample) []testing.InternalTest {
	list := make([]testing.InternalTest, 0, len(examples))
	for _, example := range examples {
		list = append(list, testing.InternalTest{Name: example.Name, F: func(t *testing.T) {
			if !testing.RunExamples(everything, []testing.InternalExample{example}) {
				t.Fail()
			}
		}})
	}
	return list
}

// everything matches every name.
func everything(_, _ string) (bool, error) { return true, nil }

// alone runs f as the only test of the program: with the name that go test gives
// it, each time anew, and with an end after which nothing of it runs in parallel.
func alone(_ *testing.T, name string, f func(*testing.T)) bool {
	return testing.RunTests(everything, []testing.InternalTest{{Name: name, F: f}})
}

// exit is the code with which the program wanted to end, once it did.
var exit struct {
	goroutine int64 // that runs main
	code      int
}

// Program runs a program's main to its end in a goroutine of its own, without
// arguments, and returns its exit code.
func Program(main func()) int {
	defer func(args []string, flags *flag.FlagSet) { os.Args, flag.CommandLine = args, flags }(os.Args, flag.CommandLine)
	os.Args = os.Args[:1]
	flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.ExitOnError)
	done := make(chan struct{})
	go func() {
		defer close(done)
		exit.goroutine, exit.code = goid(), 0
		main()
	}()
	<-done
	return exit.code
}

// Exit stands in the place of os.Exit in a program. In the goroutine of its main
// it ends only that one, so that what is left can be looked at; elsewhere it
// ends the process by really.
//
//go:norace
func Exit(really func(int), code int) {
	if goid() != exit.goroutine {
		really(code)
	}
	exit.code = code
	runtime.Goexit()
}
