package attack

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// Adopt makes this process the parent of whatever its descendants leave behind, so
// that a [Census] sees it, and leaves descriptors open that children inherit, as a
// shell may; undo takes both back.
func Adopt() (undo func(), err error) {
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return nil, fmt.Errorf("becoming the parent of orphans: %w", err)
	}
	null, err := unix.Open(os.DevNull, unix.O_RDONLY, 0) // not close-on-exec
	if err != nil {
		return nil, fmt.Errorf("opening what children inherit: %w", err)
	}
	return func() {
		unix.Close(null)
		_ = unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
	}, nil
}
