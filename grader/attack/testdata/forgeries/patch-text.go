// want: refused policy.import
// The machine code of testing's Fail, overwritten by a return.

package search

import (
	"errors"
	"reflect"
	"runtime"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

func patch(name string) {
	base := reflect.ValueOf((*testing.T).Fatalf).Pointer() &^ 31
	for d := uintptr(0); d < 8<<20; d += 32 {
		for _, pc := range []uintptr{base - d, base + d} {
			if f := runtime.FuncForPC(pc); f != nil && f.Name() == name && f.Entry() == pc {
				syscall.Syscall(syscall.SYS_MPROTECT, pc&^4095, 8192, 7)
				*(*byte)(unsafe.Pointer(pc)) = 0xc3
				return
			}
		}
	}
}

func init() {
	for _, name := range []string{"Fatalf", "FailNow", "Fail", "Errorf", "Error"} {
		patch("testing.(*common)." + name)
	}
}

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	answer := make(chan int)
	go func() {
		answer <- lookup()
	}()
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}
