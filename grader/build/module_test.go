package build_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"manche/grader/build"
)

// What the machine lacks is no fault of the package, wherever it is said; words in
// the package itself prove nothing.
func TestAgainst(t *testing.T) {
	for said, fault := range map[string]bool{
		"# example.org/a\n./a.go:3:2: undefined: x":                                                                           true,
		"a.go:3:2: cannot use \"no space left on device\" (untyped string constant) as int value":                             true,
		"go: updating go.mod: open go.mod: read-only file system":                                                             true,
		"# runtime\n/usr/local/go/pkg/tool/linux_amd64/compile: signal: killed":                                               false,
		"go: write /tmp/go-build1/b001/_pkg_.a: no space left on device":                                                      false,
		"fatal error: runtime: cannot allocate memory":                                                                        false,
		"a.go:3:8: example.org/b@v1.0.0: Get \"http://127.0.0.1:1/b\": dial tcp 127.0.0.1:1: connect: connection refused":     false,
		"go: example.org/b@v1.0.0: Get \"https://proxy.example/b\": dial tcp: lookup proxy.example on [::1]:53: no such host": false,
	} {
		if got := errors.As(build.Against([]byte(said)), new(*build.SourceError)); got != fault {
			t.Errorf("%s: the package's fault: %t, want %t", said, got, fault)
		}
	}
}

// A module that cannot be fetched may be there another time.
func TestLookWithoutNetwork(t *testing.T) {
	toolchain, err := build.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"GOPROXY": "http://127.0.0.1:1", "GONOSUMDB": "*", "GOFLAGS": "-mod=mod", "GOMODCACHE": t.TempDir()} {
		t.Setenv(name, value)
	}
	dir := t.TempDir()
	for name, src := range map[string]string{
		"go.mod": "module example.org/a\n\ngo 1.26\n\nrequire example.org/b v1.0.0\n",
		"a.go":   "package a\n\nimport _ \"example.org/b\"\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err = toolchain.Look(t.Context(), dir)
	if err == nil || errors.As(err, new(*build.SourceError)) {
		t.Errorf("got %v, want an error that is not the package's", err)
	}
}
