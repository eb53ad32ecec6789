package measure_test

import (
	"io"
	"os"
	"os/exec"
	"testing"

	"manche/cmd/manche/measure"
)

// A shell that has started another: both are seen, and gone when they are.
func TestDescendants(t *testing.T) {
	cmd := exec.Command("sh", "-c", "cat; true")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(in, "x"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 1)); err != nil { // cat runs
		t.Fatal(err)
	}
	below := measure.Descendants(os.Getpid())
	shell, ok := below[cmd.Process.Pid]
	if !ok || !shell.Alive() || shell.Resident() <= 0 || len(below) != 2 {
		t.Errorf("the descendants are %+v, want the shell %d and its child", below, cmd.Process.Pid)
	}
	in.Close()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if shell.Alive() || len(measure.Descendants(os.Getpid())) > 0 {
		t.Errorf("after its end, %+v is still there", shell)
	}
}
