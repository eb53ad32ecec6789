// want: refused policy.file_name
// also: go.mod
// A module of its own, with other packages under known names.

package search
