package wire_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"manche/grader/harness/wire"
)

// fill gives every field of v, whatever they will be, a value that is not its
// zero value and not that of its neighbour.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.String:
		v.SetString(fmt.Sprintf("text\t%d\n", *n))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic("no value for " + v.Type().String())
	}
}

// A field that the encoding forgets would be a fact that nobody learns.
func TestEveryFieldArrives(t *testing.T) {
	n := 0
	var frame wire.Frame
	fill(reflect.ValueOf(&frame).Elem(), &n)
	got, genuine := wire.ReadFrames(bytes.NewReader(stream(frame)), key)
	if !genuine || len(got) != 1 || !reflect.DeepEqual(got[0], frame) {
		t.Errorf("genuine %v, got %+v, want %+v", genuine, got, frame)
	}
	var orders wire.Orders
	fill(reflect.ValueOf(&orders).Elem(), &n)
	if got, err := wire.DecodeOrders(orders.Encode()); err != nil || !reflect.DeepEqual(got, orders) {
		t.Errorf("got %+v, %v, want %+v", got, err, orders)
	}
	if got, err := wire.DecodeOrders(wire.Orders{}.Encode()); err != nil || !reflect.DeepEqual(got, wire.Orders{}) {
		t.Errorf("got %+v, %v, want the zero value", got, err)
	}
}

func TestTextsArrive(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "",
		"\\\n\t\r\\n\\\\t":   "\\\n\t\r\\n\\\\t",
		"ends with \r":       "ends with \r",
		"é\u2028<&>\x00\x1e": "é\u2028<&>\x00\x1e",
		"a\xff\xfeb\xe2\x82": "a\ufffd\ufffdb\ufffd\ufffd",
	} {
		got, genuine := wire.ReadFrames(bytes.NewReader(stream(wire.Frame{Panic: text}, wire.Frame{Kind: wire.Bye})), key)
		if !genuine || len(got) != 2 || got[0].Panic != want {
			t.Errorf("%q: genuine %v, got %+v", text, genuine, got)
		}
	}
	if got := strings.Count(string(stream(three()...)), "\n"); got != 3 {
		t.Errorf("%d lines for 3 frames", got)
	}
}

// Orders that are not whole are none.
func TestDecodeOrdersRefuses(t *testing.T) {
	whole := wire.Orders{Key: []byte{0, 255}, Repetitions: -1, Skip: []string{"a\tb"}, Seed: 1 << 63, Race: true}.Encode()
	if got, err := wire.DecodeOrders(whole); err != nil || got.Repetitions != -1 || got.Seed != 1<<63 {
		t.Fatalf("got %+v, %v", got, err)
	}
	bad := [][]byte{
		append(bytes.Clone(whole), '0'), append(bytes.Clone(whole), '\t'), []byte("{}"),
		bytes.Replace(whole, []byte("255\t"), []byte("256\t"), 1),
		bytes.Replace(whole, []byte("2\t"), []byte("18446744073709551615\t"), 1),
		bytes.Replace(whole, []byte("2\t"), []byte("1000000\t"), 1),
		bytes.Replace(whole, []byte("2\t"), []byte("9223372036854775807\t"), 1),
		bytes.Replace(whole, []byte("9223372036854775808\t"), []byte("x\t"), 1),
		bytes.Replace(whole, []byte("2\t"), []byte("x\t"), 1),
		bytes.Replace(whole, []byte(`\t`), []byte(`\x`), 1),
		append(whole[:len(whole)-2:len(whole)-2], "2\t"...),
	}
	for n := range whole {
		bad = append(bad, whole[:n])
	}
	for _, raw := range bad {
		if got, err := wire.DecodeOrders(raw); err == nil {
			t.Errorf("%q reads as %+v", raw, got)
		}
	}
}

// Whatever reads as orders means the same when it is written and read again.
func FuzzDecodeOrders(f *testing.F) {
	f.Add(wire.Orders{}.Encode())
	f.Add(wire.Orders{Key: []byte("key"), Skip: []string{"TestA", "\\\n\t\xff"}, Seed: 1 << 63, Race: true}.Encode())
	f.Add([]byte("9\t"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, err := wire.DecodeOrders(raw)
		if err != nil {
			return
		}
		if again, err := wire.DecodeOrders(o.Encode()); err != nil || !reflect.DeepEqual(again, o) {
			t.Errorf("%+v becomes %+v, %v", o, again, err)
		}
	})
}
