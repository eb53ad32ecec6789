// Package build turns Go sources into an executable in a tenth of a second.
//
// The go command spends most of its time finding out that nothing of the
// standard library has changed. This package asks it once: [Prepare] has the
// packages that submissions may import compiled with the race detector and the
// goroutine leak profile, and keeps their archives. Then [Archives.Build] is
// one run of the compiler and one of the linker, with no network, no module
// and no C compiler involved.
//
// Most of a link is the same for every program: reading the archives, entering
// their symbols, finding what the driver reaches. [Archives.Warm] keeps linkers
// that have done it and wait for an object file. They are Go's own linker, built
// with a patch by [Archives.PrepareLinker]; the patch is for functions of the
// linker that were read, and is dropped where a release of Go has others, where
// it does not build, or where a sample program comes out another. Then, and
// whenever such a linker fails, the stock one links.
//
// The compiler and the linkers read what strangers wrote, so they are held like
// programs, in the cells of a sandbox: nothing of the host but the archives, which
// they can only read, a folder of their own in memory, no network, no other
// process, bounds on memory, time and files. [Archives.Warm] has the walls of the
// next compiler put up before it is needed. Where there is no sandbox, they run in
// the folder of the build, within bounds of memory and time. What prepares, the go
// command, reads only our own sources.
//
// What was tried besides and gave nothing that could be measured, or not enough
// for its price (medians of 15 to 25 interleaved runs, processor time):
//
//   - the compiler with -c 1 or 4, or one processor; its time is spent evenly on
//     the code of the checks, a fifth of it on starting and imports: 0.99 to 1.01;
//   - all files in memory (tmpfs): 0.99 and 1.02;
//   - the linker with one processor 1.03, without a memory limit 1.05, with
//     -libgcc=none 1.01, its heap touched before it is needed 1.0;
//   - a linker for one link, started with each build: 0.93 on a quiet
//     machine, 1.09 on a busy one, where it overlaps with nothing;
//   - the leak detector without runtime/pprof: 0.89 of a link, but the linker
//     lets nobody else call it unless all its checks of linknames are off;
//   - the frames' MAC without crypto/hmac: 0.94 of a link, for a SHA-256 of our
//     own;
//   - the driver without goleak, which the checks import anyway: 1.0.
package build
