package attack_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"manche/grader/attack"
)

func TestCensusSeesWhatIsLeft(t *testing.T) {
	dir := t.TempDir()
	before := attack.Take(filepath.Join(dir, "*"))
	if left := attack.Take(filepath.Join(dir, "*")).Left(before).All(); len(left) > 0 {
		t.Errorf("left = %q, want nothing", left)
	}
	forgotten, err := os.Create(filepath.Join(dir, "forgotten"))
	if err != nil {
		t.Fatal(err)
	}
	defer forgotten.Close()
	child := exec.Command("cat")
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	left := attack.Take(filepath.Join(dir, "*")).Left(before)
	stdin.Close()
	child.Wait()
	if len(left.Processes) != 1 || len(left.Files) != 1 || !strings.Contains(strings.Join(left.All(), "\n"), forgotten.Name()) {
		t.Errorf("left = %q, want a process, a file and its descriptor", left.All())
	}
}
