// want: refused policy.file_name
// also: search_arm64.go
// A file that the compiler is shown on another machine.

package search
