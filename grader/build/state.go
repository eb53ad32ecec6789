package build

import (
	"os"
	"path/filepath"
	"strings"
)

// State is what of a configuration is prepared.
type State struct {
	Archives bool // [Prepare] has nothing to do
	Linker   bool // so has [Archives.PrepareLinker], and the linker is there
	// NoLinker is why there will be none, in the words of whoever tried; empty
	// where there is one, or none was tried yet.
	NoLinker string
}

// State looks what is prepared, and prepares nothing.
func (c Config) State() State {
	a := c.archives(filepath.Join(c.Cache, c.key()))
	there := func(name string) bool { _, err := os.Stat(name); return err == nil }
	s := State{Archives: there(a.dir), Linker: there(a.linker)}
	if reason, err := os.ReadFile(a.linker + reasonSuffix); err == nil && !s.Linker {
		s.NoLinker = strings.TrimSpace(string(reason))
	}
	return s
}
