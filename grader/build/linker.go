package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// The spare linker is Go's own one with a pause in it: it reads the archives,
// waits to be told the folder with a program's object file, and links that. On
// Linux it forks for it, and waits for the next. Some files are added to it, and
// some lines of others are replaced.
var (
	//go:embed linker/ld.go.txt
	ldSource []byte
	//go:embed linker/loader.go.txt
	loaderSource []byte
	//go:embed linker/fork.go.txt
	forkSource []byte
	//go:embed linker/nofork.go.txt
	noForkSource []byte
)

// linkerPath is the folder of the linker's packages in a GOROOT.
const linkerPath = "src/cmd/link/internal"

// change is one place where the linker is patched.
type change struct{ file, old, new string }

var changes = []change{
	{"ld/lib.go", "if err := ctxt.Out.Open(*flagOutfile); err != nil {", "if err := spareOpen(ctxt); err != nil {"},
	{"ld/lib.go", "\ti := 0\n\tfor ; i < len(ctxt.Library); i++ {", "\ti := sparePreload(ctxt)\n\tfor ; i < len(ctxt.Library); i++ {"},
	{"ld/lib.go", "\t\tany := false\n\t\tundefs, froms := ctxt.loader.UndefinedRelocTargets(1)", "\t\tany := false\n\t\tundefs, froms := spareUndefined(ctxt)"},
	{"ld/deadcode.go", "\tldr := ctxt.loader\n\td := deadcodePass{ctxt: ctxt, ldr: ldr}\n\td.init()\n\td.flood()\n", "\td := spareDeadcode(ctxt)\n"},
	{"loader/loader.go", "func (l *Loader) LoadSyms(arch *sys.Arch) {\n", "func (l *Loader) LoadSyms(arch *sys.Arch) {\n\tif l.spareFinish(arch) {\n\t\treturn\n\t}\n"},
}

// known are the functions that the added files stand in for or reach into.
// Where a release of Go has others, nobody has read yet whether the patch still
// does what they do.
var known = map[string]string{
	"ld/lib.go":        "libinit mayberemoveoutfile loadinternal loadlib loadcgodirectives hostobjs loadobjfile determineLinkMode",
	"ld/deadcode.go":   "init flood mark markMethod deadcode",
	"loader/loader.go": "LoadSyms addSym preloadSyms loadObjRefs newExtSym LookupOrCreateSym growValues growOuter resolve cloneToExternal",
}

// knownHashes are what the text of those functions hashes to, in releases whose
// linker was read.
var knownHashes = []string{"d19fdfb7408b94b5"} // go1.26.8

// errUnknownLinker says that this release's linker is not one that the patch was
// made for.
var errUnknownLinker = errors.New("the linker is not one that is known")

// makeLinker builds the spare linker in work.
func (t Toolchain) makeLinker(ctx context.Context, work string) error {
	patched, err := patchLinker(filepath.Join(t.Root, filepath.FromSlash(linkerPath)))
	if err != nil {
		return err
	}
	list, err := writeOverlay(work, patched)
	if err != nil {
		return err
	}
	runtime.LockOSThread() // see goCommand
	defer runtime.UnlockOSThread()
	cmd := t.goCommand(ctx, work, "build", "-trimpath", "-overlay", list, "-o", filepath.Join(work, spareLinker), "cmd/link")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOEXPERIMENT=", "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local", "GO111MODULE=off", "GOTMPDIR="+work)
	out, err := cmd.CombinedOutput()
	if err := failure(ctx, err, out); err != nil {
		return err
	}
	return os.Chmod(filepath.Join(work, spareLinker), 0o755) // behind walls it belongs to nobody
}

// writeOverlay writes files in the place of others into work, and returns the list
// of them.
func writeOverlay(work string, files map[string][]byte) (string, error) {
	replace := make(map[string]string, len(files))
	for path, src := range files {
		own := filepath.Join(work, fmt.Sprintf("%d.go", len(replace)))
		if err := os.WriteFile(own, src, 0o644); err != nil {
			return "", err
		}
		replace[path] = own
	}
	return overlayOf(work, replace)
}

// overlayOf writes into work which file the go command is to read in the place of
// which (go help build, -overlay), and returns the name of that list.
func overlayOf(work string, replace map[string]string) (string, error) {
	raw, err := json.Marshal(struct{ Replace map[string]string }{replace})
	if err != nil {
		return "", err
	}
	list := filepath.Join(work, "overlay.json")
	return list, os.WriteFile(list, raw, 0o644)
}

// patchLinker returns the files of the linker that are to be replaced or added,
// by absolute path.
func patchLinker(root string) (map[string][]byte, error) {
	files := map[string][]byte{
		filepath.Join(root, "ld", "spare.go"):             ldSource,
		filepath.Join(root, "ld", "spare_fork_linux.go"):  forkSource,
		filepath.Join(root, "ld", "spare_fork_others.go"): noForkSource,
		filepath.Join(root, "loader", "spare.go"):         loaderSource,
	}
	hash := sha256.New()
	for _, file := range []string{"ld/deadcode.go", "ld/lib.go", "loader/loader.go"} {
		path := filepath.Join(root, filepath.FromSlash(file))
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		for _, text := range functions(src, strings.Fields(known[file])) {
			writeFiles(hash, map[string][]byte{file: text})
		}
		for _, ch := range changes {
			if ch.file == file && bytes.Count(src, []byte(ch.old)) != 1 {
				return nil, errUnknownLinker
			} else if ch.file == file {
				src = bytes.Replace(src, []byte(ch.old), []byte(ch.new), 1)
			}
		}
		files[path] = src
	}
	if got := hex.EncodeToString(hash.Sum(nil))[:16]; !slices.Contains(knownHashes, got) {
		return nil, fmt.Errorf("%w: its functions hash to %s", errUnknownLinker, got)
	}
	return files, nil
}

// functions returns the text of the functions and methods with these names, in
// the order of the file.
func functions(src []byte, names []string) [][]byte {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	var texts [][]byte
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && slices.Contains(names, fn.Name.Name) {
			texts = append(texts, src[fset.Position(fn.Pos()).Offset:fset.Position(fn.End()).Offset])
		}
	}
	return texts
}
