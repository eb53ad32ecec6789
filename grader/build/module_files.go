package build

import "slices"

// ModuleFiles returns the go.mod and the go.sum of the module in which the
// archives are made, by name: with them the go command builds the same programs
// from the same versions. The caller owns them.
func ModuleFiles() map[string][]byte {
	return map[string][]byte{"go.mod": slices.Clone(archiveMod), "go.sum": slices.Clone(archiveSum)}
}
