package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// popcountC is the one function of libgcc that the race detector's object
// calls: the number of set bits (Hacker's Delight, 2nd ed., section 5-1).
// Linked with it, the object needs neither gcc nor libgcc at link time, and the
// linker saves the third of its work that it spends on reading them.
const popcountC = `int __popcountdi2(unsigned long x) {
	x = x - ((x >> 1) & 0x5555555555555555ul);
	x = (x & 0x3333333333333333ul) + ((x >> 2) & 0x3333333333333333ul);
	x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0ful;
	return (int)((x * 0x0101010101010101ul) >> 56);
}
`

// mergePopcount links the missing function into the object inside the race
// detector's archive. On failure the archive stays as it was: it works, slower.
func mergePopcount(ctx context.Context, archive string) error {
	work, err := os.MkdirTemp(filepath.Dir(archive), "merge-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.WriteFile(filepath.Join(work, "popcount.c"), []byte(popcountC), 0o644); err != nil {
		return err
	}
	if err := runIn(ctx, work, "cc", "-O2", "-c", "-o", "popcount.o", "popcount.c"); err != nil {
		return err
	}
	raw, err := os.ReadFile(archive)
	if err != nil {
		return err
	}
	merged, err := rewriteObjects(raw, func(object []byte) ([]byte, error) { return merge(ctx, work, object) })
	if err != nil {
		return err
	}
	whole := filepath.Join(work, "archive") // half of one must not take its place
	if err := os.WriteFile(whole, merged, 0o644); err != nil {
		return err
	}
	return os.Rename(whole, archive)
}

// merge links one object with the function.
func merge(ctx context.Context, work string, object []byte) ([]byte, error) {
	if err := os.WriteFile(filepath.Join(work, "race.o"), object, 0o644); err != nil {
		return nil, err
	}
	if err := runIn(ctx, work, "ld", "-r", "-o", "merged.o", "race.o", "popcount.o"); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(work, "merged.o"))
}

func runIn(ctx context.Context, dir, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("running %s: %w: %s", name, err, tail(out))
	}
	return nil
}

// The form of an archive (ar(5)): a magic line, then members, each a header of
// 60 bytes with its length in decimal, padded to an even offset.
const (
	arMagic      = "!<arch>\n"
	arHeader     = 60
	arSizeOffset = 48
	arSizeLength = 10
)

// errNoArchive is returned for an archive that does not have the expected form.
var errNoArchive = errors.New("not an archive")

// rewriteObjects replaces every ELF member of an archive by what f makes of it.
func rewriteObjects(archive []byte, f func([]byte) ([]byte, error)) ([]byte, error) {
	rest, ok := bytes.CutPrefix(archive, []byte(arMagic))
	if !ok {
		return nil, errNoArchive
	}
	out := []byte(arMagic)
	for len(rest) >= arHeader {
		header := rest[:arHeader]
		size, err := strconv.Atoi(strings.TrimSpace(string(header[arSizeOffset : arSizeOffset+arSizeLength])))
		if err != nil || arHeader+size > len(rest) {
			return nil, errNoArchive
		}
		body := rest[arHeader : arHeader+size]
		rest = rest[min(len(rest), arHeader+size+size%2):]
		if bytes.HasPrefix(body, []byte("\x7fELF")) {
			if body, err = f(body); err != nil {
				return nil, err
			}
		}
		out = append(out, header[:arSizeOffset]...)
		out = fmt.Appendf(out, "%-*d", arSizeLength, len(body))
		out = append(out, header[arSizeOffset+arSizeLength:]...)
		out = append(out, body...)
		if len(body)%2 == 1 {
			out = append(out, '\n')
		}
	}
	return out, nil
}
