package wire

import (
	"encoding/binary"
	"errors"
	"math"
	"reflect"
)

// EncodeValues writes what the pointers point to. It panics where that is not
// plain data: truth values, numbers, strings, and slices, arrays, maps and structs
// with exported fields of those; of an error, its text.
func EncodeValues(pointers []any) string {
	var v values
	for _, p := range pointers {
		v.walk(reflect.ValueOf(p).Elem(), 0)
	}
	return string(v.buf)
}

// DecodeValues reads what EncodeValues wrote into what the pointers point to,
// and reports whether it was all of that, and no more.
func DecodeValues(raw string, pointers []any) bool {
	v := values{buf: []byte(raw), reading: true}
	for _, p := range pointers {
		v.walk(reflect.ValueOf(p).Elem(), 0)
	}
	return !v.bad && len(v.buf) == 0
}

// maxDepth bounds how deep values lie in one another.
const maxDepth = 1000

// values writes values, or reads them: in binary, each a byte at least.
type values struct {
	buf     []byte // written so far, or left to read
	reading bool
	bad     bool
}

// walk goes through one value.
func (v *values) walk(x reflect.Value, depth int) {
	if v.bad = v.bad || depth > maxDepth; v.bad {
		return
	}
	switch x.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		v.simple(x)
	case reflect.String:
		n := v.length(x.Len())
		if !v.reading {
			v.buf = append(v.buf, x.String()...)
			return
		}
		x.SetString(string(v.buf[:n]))
		v.buf = v.buf[n:]
	case reflect.Slice:
		v.slice(x, depth)
	case reflect.Array:
		v.length(0)
		for i := range x.Len() {
			v.walk(x.Index(i), depth+1)
		}
	case reflect.Map:
		v.table(x, depth)
	case reflect.Struct:
		v.length(0)
		for i := range x.NumField() {
			v.walk(x.Field(i), depth+1)
		}
	case reflect.Interface:
		v.error(x)
	default:
		panic("not plain data: " + x.Type().String())
	}
}

// simple is for values of one word, and for complex numbers.
func (v *values) simple(x reflect.Value) {
	switch {
	case x.Kind() == reflect.Bool:
		n := uint64(0)
		if x.Bool() {
			n = 1
		}
		set(v, n, func(n uint64) bool { x.SetBool(n == 1); return n > 1 })
	case x.CanInt():
		set(v, uint64(x.Int()), func(n uint64) bool { x.SetInt(int64(n)); return x.OverflowInt(int64(n)) })
	case x.CanUint():
		set(v, x.Uint(), func(n uint64) bool { x.SetUint(n); return x.OverflowUint(n) })
	case x.CanFloat():
		set(v, math.Float64bits(x.Float()), func(n uint64) bool { x.SetFloat(math.Float64frombits(n)); return false })
	default:
		re, im := real(x.Complex()), imag(x.Complex())
		part := func(f *float64) func(uint64) bool {
			return func(n uint64) bool { *f = math.Float64frombits(n); return false }
		}
		set(v, math.Float64bits(re), part(&re))
		set(v, math.Float64bits(im), part(&im))
		if v.reading {
			x.SetComplex(complex(re, im))
		}
	}
}

// set writes a word, or reads one; the setter tells whether it does not fit.
func set(v *values, n uint64, read func(uint64) bool) {
	if !v.reading {
		v.buf = binary.AppendUvarint(v.buf, n)
		return
	}
	n, size := binary.Uvarint(v.buf)
	if size <= 0 {
		v.bad, v.buf = true, nil
		return
	}
	v.buf = v.buf[size:]
	v.bad = read(n) || v.bad
}

// length writes or reads how much follows, in bytes or in values.
func (v *values) length(n int) int {
	set(v, uint64(n), func(read uint64) bool {
		n = int(min(read, uint64(len(v.buf))))
		return read > uint64(len(v.buf))
	})
	if v.bad {
		return 0
	}
	return n
}

// nilOr writes or reads a length, which is one more than that of what is there.
func (v *values) nilOr(x reflect.Value) (n int, isNil bool) {
	n = 0
	if !v.reading && !x.IsNil() {
		n = 1
		if x.Kind() != reflect.Interface {
			n += x.Len()
		}
	}
	set(v, uint64(n), func(read uint64) bool {
		n = int(min(read, uint64(len(v.buf))+1))
		return read > uint64(len(v.buf))+1
	})
	if v.bad || n == 0 {
		return 0, true
	}
	return n - 1, false
}

func (v *values) slice(x reflect.Value, depth int) {
	n, isNil := v.nilOr(x)
	if isNil {
		return
	}
	if v.reading {
		x.Set(reflect.MakeSlice(x.Type(), n, n))
	}
	for i := range n {
		v.walk(x.Index(i), depth+1)
	}
}

// table is for maps.
func (v *values) table(x reflect.Value, depth int) {
	n, isNil := v.nilOr(x)
	if isNil {
		return
	}
	key, elem := reflect.New(x.Type().Key()).Elem(), reflect.New(x.Type().Elem()).Elem()
	if !v.reading {
		for entries := x.MapRange(); entries.Next(); {
			v.walk(entries.Key(), depth+1)
			v.walk(entries.Value(), depth+1)
		}
		return
	}
	x.Set(reflect.MakeMapWithSize(x.Type(), n))
	for range n {
		key.SetZero()
		elem.SetZero()
		v.walk(key, depth+1)
		v.walk(elem, depth+1)
		if v.bad {
			return
		}
		x.SetMapIndex(key, elem)
	}
}

// error is for errors, of which the text is all that is kept.
func (v *values) error(x reflect.Value) {
	if x.Type() != reflect.TypeFor[error]() {
		panic("not plain data: " + x.Type().String())
	}
	if _, isNil := v.nilOr(x); isNil {
		return
	}
	var text string
	if !v.reading {
		text = x.Interface().(error).Error()
	}
	v.walk(reflect.ValueOf(&text).Elem(), maxDepth)
	if v.reading {
		x.Set(reflect.ValueOf(errors.New(text)))
	}
}
