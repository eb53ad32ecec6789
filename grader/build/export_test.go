package build

import (
	"cmp"
	"context"
	"path/filepath"
	"time"
)

// ToolMemory is the bound of a tool, in bytes.
const ToolMemory = toolMemory

// ErrUnknownLinker is what patching another linker fails with.
var ErrUnknownLinker = errUnknownLinker

// Forks reports whether a linker serves more than one build.
const Forks = forks

// PatchLinker returns the patched files of a Go distribution's linker.
func PatchLinker(root string) (map[string][]byte, error) {
	return patchLinker(filepath.Join(root, filepath.FromSlash(linkerPath)))
}

// Spared reports whether there is a spare linker.
func (a *Archives) Spared() bool { return a.spared.Load() }

// Apart returns the same archives with spare linkers of their own, or with none.
func (a *Archives) Apart(spared bool) *Archives {
	other := a.apart()
	other.spared.Store(spared)
	return other
}

// Compile is the first half of Build.
func (a *Archives) Compile(ctx context.Context, dir string, files map[string][]byte) error {
	return a.compile(ctx, dir, files)
}

// Link is the second half, with a linker that waits, if one does.
func (a *Archives) Link(ctx context.Context, dir string) error {
	return a.link(ctx, dir)
}

// AwaitSpares returns when all linkers that wait have read the archives.
func (a *Archives) AwaitSpares() {
	a.spares.mu.Lock()
	defer a.spares.mu.Unlock()
	for _, s := range a.spares.waiting {
		select {
		case <-s.ready:
		case <-s.done:
		}
	}
}

// AwaitCompilers returns when the cells of all compilers that wait are made.
func (a *Archives) AwaitCompilers() {
	a.compilers.mu.Lock()
	defer a.compilers.mu.Unlock()
	for _, c := range a.compilers.waiting {
		<-c.made
	}
}

// Waiting is how many linkers wait.
func (a *Archives) Waiting() int { return len(a.SparePIDs()) }

// KillSpares ends the processes of the linkers that wait, as a lack of memory
// would.
func (a *Archives) KillSpares() {
	a.spares.mu.Lock()
	defer a.spares.mu.Unlock()
	for _, s := range a.spares.waiting {
		<-s.begun
		s.cell.Kill()
	}
}

// AbandonSpares does to the linkers that wait what the end of this process does.
func (a *Archives) AbandonSpares() {
	a.spares.mu.Lock()
	defer a.spares.mu.Unlock()
	for _, s := range a.spares.waiting {
		s.cell.Input().Close()
	}
}

// AwaitEnds returns when the linkers that wait are gone, with the first error of
// theirs.
func (a *Archives) AwaitEnds() error {
	a.spares.mu.Lock()
	defer a.spares.mu.Unlock()
	var first error
	for _, s := range a.spares.waiting {
		<-s.done
		first = cmp.Or(first, s.err)
	}
	return first
}

// Hurry lets a tool take so long, and blames the sources of one that takes longer
// for so much processor time.
func (a *Archives) Hurry(wall, work time.Duration) { a.patience = patience{wall, work} }

// Strict lets builds fail where no linker waits, or it fails.
func (a *Archives) Strict() { a.strict = true }

// SparePIDs are the processes of the linkers that wait.
func (a *Archives) SparePIDs() []int {
	a.spares.mu.Lock()
	defer a.spares.mu.Unlock()
	var list []int
	for _, s := range a.spares.waiting {
		<-s.begun
		list = append(list, s.cell.PID())
	}
	return list
}

// Against is what the go command has against a package.
var Against = against
