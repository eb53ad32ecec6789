package build_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"manche/grader/build"
)

// A linker of which one function differs is not patched.
func TestPatchLinkerKnowsWhatItPatches(t *testing.T) {
	skip := t.Skipf
	if os.Getenv("MANCHE_CI") != "" {
		skip = t.Fatalf // there, somebody should read the new linker
	}
	root := t.TempDir()
	own := filepath.Join(toolchain(t).Root, "src/cmd/link/internal")
	for _, dir := range []string{"ld", "loader"} {
		if err := os.CopyFS(filepath.Join(root, "src/cmd/link/internal", dir), os.DirFS(filepath.Join(own, dir))); err != nil {
			skip("no sources of the linker here: %v", err)
		}
	}
	if _, err := build.PatchLinker(root); err != nil {
		skip("this release is not known: %v", err)
	}
	lib := filepath.Join(root, "src/cmd/link/internal/ld/lib.go")
	src, err := os.ReadFile(lib)
	if err != nil {
		t.Fatal(err)
	}
	for name, changed := range map[string][]byte{
		"another hostobjs":  bytes.Replace(src, []byte("func hostobjs(ctxt *Link) {"), []byte("func hostobjs(ctxt *Link) {\n\tprintln()"), 1),
		"no place to patch": bytes.Replace(src, []byte("ctxt.Out.Open(*flagOutfile)"), []byte("ctxt.Out.Open((*flagOutfile))"), 1),
		"not Go":            []byte("package"),
	} {
		if err := os.WriteFile(lib, changed, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := build.PatchLinker(root); !errors.Is(err, build.ErrUnknownLinker) {
			t.Errorf("%s: got %v, want %v", name, err, build.ErrUnknownLinker)
		}
	}
	if err := os.Remove(lib); err != nil {
		t.Fatal(err)
	}
	if _, err := build.PatchLinker(root); err == nil {
		t.Error("no sources: got no error")
	}
}
