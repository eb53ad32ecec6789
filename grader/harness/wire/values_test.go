package wire_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"manche/grader/harness/wire"
)

// tree is data of every kind.
type tree struct {
	Name  string
	Times [2]int8
	Kids  []tree
	Marks map[[1]string]struct{}
	Takes time.Duration
	Parts []complex64
	Sound bool
	Huge  uint64
	Share float32
}

// back returns what is read of what was written.
func back[T any](t *testing.T, x T) (got T) {
	t.Helper()
	if !wire.DecodeValues(wire.EncodeValues([]any{&x}), []any{&got}) {
		t.Errorf("%v cannot be read back", x)
	}
	return got
}

func TestValuesComeBack(t *testing.T) {
	x := tree{
		Name: "a\xff\n\t\\", Times: [2]int8{-128, 127}, Kids: []tree{{Kids: []tree{}}, {}},
		Marks: map[[1]string]struct{}{{"x"}: {}, {""}: {}}, Takes: -time.Hour, Parts: []complex64{1 + 2i},
		Sound: true, Huge: math.MaxUint64, Share: float32(math.Inf(-1)),
	}
	if got := back(t, x); !reflect.DeepEqual(got, x) {
		t.Errorf("got %+v, want %+v", got, x)
	}
	for _, err := range []error{nil, errors.New("so: \n")} {
		if got := back(t, err); (got == nil) != (err == nil) || err != nil && got.Error() != err.Error() {
			t.Errorf("got the error %v, want %v", got, err)
		}
	}
}

func TestValuesThatAreNoData(t *testing.T) {
	for _, p := range []any{new(chan int), new(func()), new(*int), new(any), new(uintptr), &[]any{1}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%T is written", p)
				}
			}()
			wire.EncodeValues([]any{p})
		}()
	}
}

// What an answer says need not be what EncodeValues writes: nothing but a refusal
// may come of it.
func TestValuesInRuins(t *testing.T) {
	whole := wire.EncodeValues([]any{&tree{Name: "ab", Kids: []tree{{}}, Marks: map[[1]string]struct{}{{"x"}: {}}}})
	for n := range len(whole) {
		if wire.DecodeValues(whole[:n], []any{new(tree)}) {
			t.Errorf("the first %d of %d bytes are read", n, len(whole))
		}
	}
	long := "\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
	for _, test := range []struct {
		raw string
		to  any
	}{
		{whole + "\x00", new(tree)}, {"\x02", new(bool)}, {"\x80\x02", new(uint8)}, {"", new(int)},
		{long, new(string)}, {long, new([]struct{})}, {long, new(map[int]int)}, {long + "x", new(error)},
		{strings.Repeat("\x02", 2000), new(nested)},
	} {
		if wire.DecodeValues(test.raw, []any{test.to}) {
			t.Errorf("%q is read as %T", test.raw, test.to)
		}
	}
}

type nested []nested

func FuzzDecodeValues(f *testing.F) {
	f.Add(wire.EncodeValues([]any{&tree{Name: "ab", Kids: []tree{{}}}}))
	f.Fuzz(func(t *testing.T, raw string) {
		var x tree
		if wire.DecodeValues(raw, []any{&x}) && !wire.DecodeValues(wire.EncodeValues([]any{&x}), []any{new(tree)}) {
			t.Errorf("%+v is read once and not again", x)
		}
	})
}

func TestMessagesComeBack(t *testing.T) {
	m := wire.Message{
		Kind: wire.Call, ID: 7, Name: "F", Body: "\x00\xff\n\t\\", Repetition: 3, Seed: math.MaxUint64, Seen: []uint64{1, 2},
		Found: true, Shaken: true, WorkedUS: -1,
	}
	line := m.Encode()
	if got, ok := wire.ParseMessage(line); !ok || !reflect.DeepEqual(got, m) {
		t.Errorf("got %+v, %v, want %+v", got, ok, m)
	}
	for _, bad := range []string{"", "\n", ">\n", "x" + string(line[1:]), string(line[:len(line)-1]), string(line) + "\n", ">" + strings.Repeat("x", wire.MaxMessage)} {
		if m, ok := wire.ParseMessage([]byte(bad)); ok {
			t.Errorf("%.40q is read as %+v", bad, m)
		}
	}
}
