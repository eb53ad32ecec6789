package harness

import (
	"cmp"
	"go/token"
	"slices"
)

// edit replaces length bytes at an offset. A length of zero inserts.
type edit struct {
	at, length int
	text       string
}

// apply makes the edits, which must not overlap. Edits without line breaks keep
// every line where it was. Insertions at one place keep their order.
func apply(src []byte, edits []edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.at, b.at) })
	out := make([]byte, 0, len(src)+64*len(edits))
	from := 0
	for _, e := range edits {
		out = append(out, src[from:e.at]...)
		out = append(out, e.text...)
		from = e.at + e.length
	}
	return append(out, src[from:]...)
}

// place is where pos stands, whatever a line directive says.
func place(fset *token.FileSet, pos token.Pos) token.Position { return fset.PositionFor(pos, false) }

// offset is the place of pos in its file, in bytes.
func offset(fset *token.FileSet, pos token.Pos) int { return place(fset, pos).Offset }
