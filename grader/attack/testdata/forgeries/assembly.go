// want: refused policy.file_name
// also: search.s
// A file that is no Go.

package search
