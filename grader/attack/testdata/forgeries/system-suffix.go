// want: refused policy.file_name
// also: search_windows.go
// A file that the compiler is not shown here.

package search
