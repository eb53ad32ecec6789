package figures

import (
	"context"
	"time"

	"manche/content"
)

// Setting is under which circumstances something was measured.
type Setting struct {
	Date      time.Time `json:"date"`
	Commit    string    `json:"commit"`
	Toolchain string    `json:"toolchain"`
	Machine   Machine   `json:"machine"`
	Command   string    `json:"command"` // that measures the same again
}

// Now is the setting of what begins on this machine.
func Now(ctx context.Context, toolchain, command string) Setting {
	return Setting{Date: time.Now(), Commit: commit(ctx), Toolchain: toolchain, Machine: ThisMachine(), Command: command}
}

// Line is the line above the figures.
func (s Setting) Line(v content.Voice) string {
	return v.Say("cli.bench.measured", "date", s.Date.Format(time.DateOnly), "commit", Dashed(s.Commit), "toolchain", s.Toolchain,
		"cpu", s.Machine.CPU, "system", s.Machine.System, "cores", s.Machine.Cores, "command", s.Command)
}
