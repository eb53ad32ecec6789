// want: refused policy.file_name
// also: ../search.go
// A file in another folder.

package search
