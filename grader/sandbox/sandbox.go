// Package sandbox runs one untrusted program within limits.
//
// A program gets a file tree of its own with nothing in it but a small
// writable /tmp, no network, no other process to see, no privilege and a short
// list of system calls; memory, time, output, threads, descriptors and files
// are bounded. What ends a run is a [Result]; only what is our own fault is an
// error.
//
// How strongly it is held depends on the machine: [Open] tries the tiers. In the
// lower ones some of this is missing, as [Backend.Lacks] says. A compiler, which is
// no stranger but reads what strangers wrote, is held the same way in a [Cell].
//
// A program's walls are put up by a first stage, which is the calling program
// itself executed again: importing this package is enough for that. Under gVisor the
// same stage does the same work within a guest. Linux 5.14 or newer is needed on
// amd64 or arm64; elsewhere only [TierNone] exists, and it must be asked for.
package sandbox

import (
	"io"
	"os"
	"time"
)

// Tier is how strongly programs are held, strongest first.
type Tier string

const (
	// TierGVisor: a kernel of the program's own, which is all of the host that it
	// meets, and in there the walls of tier A.
	TierGVisor Tier = "A+"

	TierA    Tier = "A" // namespaces, system call filter, and a memory cgroup
	TierB    Tier = "B" // the same with memory watched from outside, every few milliseconds
	TierC    Tier = "C" // another root, a user of the program's own, and the filter; memory watched
	TierD    Tier = "D" // the filter, and no file but those that we open for the program; memory watched
	TierNone Tier = "E" // nothing but time, output and (on Linux) memory: for code one trusts
)

// What a tier may lack, as [Backend.Lacks] names it.
const (
	LackMemoryCgroup = "memory-cgroup"     // memory is sampled: a fast program overshoots
	LackMemory       = "memory-limit"      // memory is not limited at all
	LackCPU          = "cpu-limit"         // only wall time is limited
	LackNamespaces   = "namespaces"        // files, network and processes of the host are in reach
	LackSeccomp      = "seccomp"           // every system call is allowed
	LackProcesses    = "process-limit"     // Limits.Processes and Limits.Files are not enforced
	LackScratch      = "scratch-limit"     // Limits.Scratch bounds each file in /tmp, or nothing
	LackIsolation    = "isolation"         // the host's processes and network are kept off by the filter alone
	LackNoExec       = "no-exec"           // a program can execute what it has written, within itself
	LackFiles        = "files"             // a program has no files: neither a scratch folder nor a name to look up
	LackUser         = "user"              // programs belong to our own user: Limits.Processes counts theirs together
	LackTools        = "tool-walls"        // compiler and linker read what strangers wrote without walls
	LackReport       = "report-descriptor" // the program has no descriptor 3
	// LackKernelLimits: the kernel refuses neither timers by the thousand nor data
	// asked for at one stroke, and a call by a foreign convention ends a thread
	// and not the program. Limits.Memory and Limits.Wall end such programs.
	LackKernelLimits = "kernel-limits"
)

// Program is one run of an executable file.
type Program struct {
	// Path is the host path of the executable, readable by us and executable by
	// everyone. Its folder need not be in anyone's reach: it is executed by
	// descriptor. It may be static, or dynamic with libraries found in the
	// system's usual folders; those are shown to it read-only.
	Path string
	// Args are the arguments after argv[0].
	Args []string
	// Env is the whole environment. A race-enabled program finds GORACE in it,
	// through a made-up /proc/self/environ.
	Env []string
	// Dir is the folder in which a program without walls starts; empty means one
	// of its own. Behind walls there is no such folder, and Dir is not looked at.
	Dir string
	// Stdin is what the program reads on descriptor 0.
	Stdin []byte
	// Input, if it is not nil, is what the program reads there instead, as it comes:
	// a pipe's reading end, say. Run closes it, whatever becomes of the program, so
	// that whoever writes to it notices when nobody reads any more.
	Input *os.File
	// Report receives, as it comes, what the program writes to descriptor 3.
	// When nil, descriptor 3 exists all the same and the bytes are dropped. Run
	// never writes to it after it has returned; a Write that blocks for ever
	// blocks Run, and one that fails ends the run with that error.
	Report io.Writer
	// Output receives, as it comes, what Result.Output will hold. It may be nil;
	// a Write must not fail, and one that blocks for ever blocks Run.
	Output io.Writer
	// Limits bound the run; see Limits for the zero value.
	Limits Limits
}

// Stop is why a program ended.
type Stop string

const (
	Exited      Stop = "exited"       // by itself: see Result.ExitCode
	Signaled    Stop = "signaled"     // by a signal of its own making: see Result.Signal
	WallTime    Stop = "wall-time"    // Limits.Wall; goroutine stacks end the output
	CPUTime     Stop = "cpu-time"     // Limits.CPU; goroutine stacks end the output
	MemoryLimit Stop = "memory-limit" // Limits.Memory
	OutputLimit Stop = "output-limit" // Limits.Output
	ReportLimit Stop = "report-limit" // Limits.Report
	Cancelled   Stop = "cancelled"    // the context was
)

// Result is what became of a run.
type Result struct {
	Stop     Stop
	ExitCode int    // -1 when a signal ended the program
	Signal   string // as in "SIGSEGV"; empty when no signal ended it
	// Output is stdout and stderr as they were written, at most Limits.Output
	// bytes; OutputCut tells that there was more. Nothing in it can be trusted.
	Output    []byte
	OutputCut bool
	CPU       time.Duration // user and system, with some milliseconds for the walls
	Wall      time.Duration // from the program's first instruction
	// PeakMemory in bytes: exact in tier A, the greatest sample elsewhere; 0
	// where nothing was sampled, as of a program that ended in a millisecond.
	PeakMemory int64
}
