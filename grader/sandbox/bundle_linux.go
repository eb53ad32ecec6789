//go:build linux && (amd64 || arm64)

package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// bundle is what runsc is told about a container: the part that we need of the
// OCI runtime specification.
type bundle struct {
	Version string        `json:"ociVersion"`
	Process bundleProcess `json:"process"`
	Root    bundleRoot    `json:"root"`
	Host    string        `json:"hostname"`
	Mounts  []bundleMount `json:"mounts"`
	Linux   struct {
		Namespaces []bundleNamespace `json:"namespaces"`
	} `json:"linux"`
}

type bundleProcess struct {
	User struct {
		UID int `json:"uid"`
		GID int `json:"gid"`
	} `json:"user"`
	Args            []string `json:"args"`
	Env             []string `json:"env"`
	Dir             string   `json:"cwd"`
	NoNewPrivileges bool     `json:"noNewPrivileges"`
	Capabilities    struct {
		Bounding  []string `json:"bounding"`
		Effective []string `json:"effective"`
		Permitted []string `json:"permitted"`
	} `json:"capabilities"`
}

type bundleRoot struct {
	Path     string `json:"path"`
	ReadOnly bool   `json:"readonly"`
}

type bundleMount struct {
	Target  string   `json:"destination"`
	Type    string   `json:"type"`
	Source  string   `json:"source"`
	Options []string `json:"options"`
}

type bundleNamespace struct {
	Kind string `json:"type"`
}

// guestCapabilities are what the guest's first stage needs to put up walls; it
// gives them up before the program starts.
var guestCapabilities = []string{"CAP_SYS_ADMIN", "CAP_SYS_CHROOT", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"}

// bundleOf describes the container of j: this executable, which is the first
// stage in there too, the program, and the box.
func bundleOf(j job, stage executable, libraries []library) bundle {
	b := bundle{Version: "1.0.2", Host: "sandbox", Root: bundleRoot{"root", true}}
	b.Process.Args, b.Process.Env, b.Process.Dir = []string{guestStage}, stageEnv(), "/"
	b.Process.NoNewPrivileges = true
	c := &b.Process.Capabilities
	c.Bounding, c.Effective, c.Permitted = guestCapabilities, guestCapabilities, guestCapabilities
	for _, kind := range []string{"pid", "network", "ipc", "uts", "mount"} {
		b.Linux.Namespaces = append(b.Linux.Namespaces, bundleNamespace{kind})
	}
	b.Mounts = []bundleMount{
		{guestBox, "tmpfs", "tmpfs", []string{"nosuid", "nodev", "noexec", fmt.Sprintf("size=%d", rootSize), "mode=755"}},
		readOnly(guestStage, stage.path), readOnly(guestProgram, j.Path),
	}
	for _, l := range stage.libraries {
		b.Mounts = append(b.Mounts, readOnly(l.Target, l.Source))
	}
	for _, l := range libraries {
		b.Mounts = append(b.Mounts, readOnly(guestBox+l.Target, l.Source))
	}
	return b
}

// readOnly shows a file of the host, read-only.
func readOnly(target, source string) bundleMount {
	return bundleMount{target, "bind", source, []string{"bind", "ro", "nosuid", "nodev"}}
}

// write makes a folder of the bundle, which must not exist.
func (b bundle) write(dir string) error {
	text, err := json.Marshal(b)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, b.Root.Path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "config.json"), text, 0o600)
}
