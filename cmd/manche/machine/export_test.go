package machine

// NoSandbox, CgroupFinding and LinkerFinding are exposed to be held against
// machines that are not this one.
var (
	NoSandbox        = noSandbox
	CgroupFinding    = cgroupFinding
	LinkerFinding    = linkerFinding
	ToolchainFinding = toolchainFinding
)
