package figures

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// Machine is what the figures were measured on.
type Machine struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	System string `json:"system"` // such as linux/amd64
}

// ThisMachine describes this one. Where the system does not name the processor,
// its architecture stands for it.
func ThisMachine() Machine {
	cpu := runtime.GOARCH
	info, _ := os.ReadFile("/proc/cpuinfo") // Linux only
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			cpu = strings.Join(strings.Fields(value), " ")
			break
		}
	}
	return Machine{CPU: cpu, Cores: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH}
}

// commit names the commit that is checked out in the working folder, with
// "+changes" if files differ from it or are unknown to it; "" where there is
// none.
func commit(ctx context.Context) string {
	name, err := exec.CommandContext(ctx, "git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return ""
	}
	here := strings.TrimSpace(string(name))
	changes, err := exec.CommandContext(ctx, "git", "status", "--porcelain").Output()
	if err != nil || len(changes) > 0 {
		here += "+changes"
	}
	return here
}
