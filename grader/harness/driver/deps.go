package driver

import (
	"errors"
	"io"
	"reflect"
	"time"
)

// deps is what testing.MainStart asks for. testing/internal/testdeps, which go
// test uses, draws in fuzzing, coverage and JSON, and with them half of the
// program's link time; the driver needs none of it.
type deps struct{}

// errNone answers whatever only go test's own flags could ask for.
var errNone = errors.New("not supported by the driver")

type corpusEntry = struct {
	Parent     string
	Path       string
	Data       []byte
	Values     []any
	Generation int
	IsSeed     bool
}

func (deps) ImportPath() string                          { return "driver" }
func (deps) ModulePath() string                          { return "" }
func (deps) MatchString(_, _ string) (bool, error)       { return true, nil }
func (deps) SetPanicOnExit0(bool)                        {}
func (deps) StartCPUProfile(io.Writer) error             { return errNone }
func (deps) StopCPUProfile()                             {}
func (deps) StartTestLog(io.Writer)                      {}
func (deps) StopTestLog() error                          { return nil }
func (deps) WriteProfileTo(string, io.Writer, int) error { return errNone }

func (deps) CoordinateFuzzing(time.Duration, int64, time.Duration, int64, int, []corpusEntry, []reflect.Type, string, string) error {
	return errNone
}
func (deps) RunFuzzWorker(func(corpusEntry) error) error              { return errNone }
func (deps) ReadCorpus(string, []reflect.Type) ([]corpusEntry, error) { return nil, errNone }
func (deps) CheckCorpus([]any, []reflect.Type) error                  { return nil }
func (deps) ResetCoverage()                                           {}
func (deps) SnapshotCoverage()                                        {}
func (deps) InitRuntimeCoverage() (string, func(string, string) (string, error), func() float64) {
	return "", nil, nil
}
