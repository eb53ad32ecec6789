// Package build turns Go sources into an executable in a tenth of a second.
//
// The go command spends most of its time finding out that nothing of the
// standard library has changed. This package asks it once: [Prepare] has the
// packages that submissions may import compiled with the race detector and the
// goroutine leak profile, and keeps their archives. Then [Archives.Build] is
// one run of the compiler and one of the linker, with no network, no module
// and no C compiler involved.
package build
