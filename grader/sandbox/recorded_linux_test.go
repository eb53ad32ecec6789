//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"bufio"
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"manche/grader/sandbox"
)

// recordedFile lists the calls that real runs make: a line for each, with its
// number, its name, and what it is asked for where the filter looks at that.
var recordedFile = filepath.Join("testdata", "calls_"+runtime.GOARCH+".txt")

// records are embedded for those who run the tests elsewhere.
//
//go:embed testdata
var records embed.FS

// call is a system call, with what it was asked for if it is one of those that do
// many things.
type call struct{ number, what uint32 }

// refusedMark ends the line of a call that the filter refused, whatever it was for.
const refusedMark = " refused"

// recorded reads the list, and tells of each call whether it was let through.
func recorded(t *testing.T) map[call]bool {
	t.Helper()
	text, err := records.ReadFile(recordedFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	calls := make(map[call]bool)
	for line := range strings.Lines(string(text)) {
		var c call
		var name string
		if strings.HasPrefix(line, "#") {
			continue
		}
		if n, _ := fmt.Sscan(line, &c.number, &name, &c.what); n < 2 {
			t.Fatalf("%s: not a call: %q", recordedFile, line)
		}
		calls[c] = !strings.HasSuffix(strings.TrimSpace(line), refusedMark)
	}
	return calls
}

// writeRecorded writes the list, and keeps what stands before it.
func writeRecorded(t *testing.T, calls map[call]bool) {
	t.Helper()
	var b bytes.Buffer
	old, _ := records.ReadFile(recordedFile) // none yet
	for line := range bytes.Lines(old) {
		if line[0] == '#' {
			b.Write(line)
		}
	}
	names := callNames(t)
	order := func(x, y call) int { return cmp.Or(cmp.Compare(x.number, y.number), cmp.Compare(x.what, y.what)) }
	for _, c := range slices.SortedFunc(maps.Keys(calls), order) {
		fmt.Fprintf(&b, "%d %s", c.number, names[c.number])
		if c.what != 0 {
			fmt.Fprintf(&b, " %d", c.what)
		}
		if !slices.Contains(sandbox.AllowedCalls(), c.number) && !slices.Contains(byArguments, c.number) {
			b.WriteString(refusedMark)
		}
		b.WriteByte('\n')
	}
	if err := os.WriteFile(recordedFile, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// callNames reads the names of this architecture's calls out of x/sys/unix.
func callNames(t *testing.T) map[uint32]string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "golang.org/x/sys/unix").Output()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(strings.TrimSpace(string(dir)), "zsysnum_linux_"+runtime.GOARCH+".go"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	names, line := make(map[uint32]string), regexp.MustCompile(`^\s*SYS_(\w+)\s*=\s*(\d+)`)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if m := line.FindStringSubmatch(lines.Text()); m != nil {
			n, _ := strconv.Atoi(m[2])
			names[uint32(n)] = strings.ToLower(m[1])
		}
	}
	return names
}
