package measure

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Cold is what comes before the first verdict ever: nothing compiled, neither by
// us nor by the go command; the modules are there.
type Cold struct {
	Seconds float64 `json:"seconds"` // from the start of the process until it can judge
	Size    int64   `json:"bytes"`   // of what is kept of it
}

// cold starts a server with empty caches.
func (c Config) cold(ctx context.Context, dir string) (*Cold, error) {
	defer c.Step()
	caches := filepath.Join(dir, "caches")
	if err := os.Mkdir(caches, 0o711); err != nil { // the sandbox passes through
		return nil, err
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return nil, err
	}
	start := time.Now()
	s, err := startServer(ctx, c.Program, filepath.Join(dir, "cold-data"), nil, "XDG_CACHE_HOME="+caches, "GOCACHE="+filepath.Join(caches, "go-build"))
	if err != nil {
		return nil, err
	}
	defer s.stop()
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	took := time.Since(start)
	size, err := sizeOf(filepath.Join(caches, "manche"))
	return &Cold{took.Seconds(), size}, err
}

// sizeOf sums up the files in a folder.
func sizeOf(dir string) (int64, error) {
	var sum int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	return sum, err
}
