package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// licenceFile goes with the bundle: the licences ask for it.
const licenceFile = "THIRD_PARTY_LICENSES.txt"

// allowedLicence is the one that all bundled packages are under. Another one is
// a decision for people.
const allowedLicence = "MIT"

// lockfile is package-lock.json as far as it is used here.
type lockfile struct {
	Packages map[string]struct {
		Version string `json:"version"`
	} `json:"packages"`
}

// thirdParty returns the licence texts of the packages. It fails when what is
// installed is not what the lock file names, because the bundle would then not
// be what the sources say.
func thirdParty(editor string, packages []string) ([]byte, error) {
	var lock lockfile
	if err := readJSON(filepath.Join(editor, "package-lock.json"), &lock); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString("The scripts of La Manche contain the packages below, each under the licence that follows it.\n")
	for _, name := range packages {
		dir := filepath.Join(editor, "node_modules", filepath.FromSlash(name))
		version := lock.Packages["node_modules/"+name].Version
		if err := checkPackage(dir, version); err != nil {
			return nil, err
		}
		text, err := os.ReadFile(filepath.Join(dir, "LICENSE"))
		if err != nil {
			return nil, fmt.Errorf("licence of %s: %w", name, err)
		}
		fmt.Fprintf(&out, "\n--- %s %s\n\n%s\n", name, version, bytes.TrimSpace(text))
	}
	return out.Bytes(), nil
}

// checkPackage tells whether the installed package has the version of the lock
// file and the allowed licence.
func checkPackage(dir, version string) error {
	var p struct{ Name, Version, License string }
	if err := readJSON(filepath.Join(dir, "package.json"), &p); err != nil {
		return err
	}
	if p.Version != version {
		return fmt.Errorf("%s: version %s is installed, package-lock.json wants %q: run npm ci", p.Name, p.Version, version)
	}
	if p.License != allowedLicence {
		return fmt.Errorf("%s: licence %q, only %s is allowed", p.Name, p.License, allowedLicence)
	}
	return nil
}

func readJSON(name string, to any) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, to); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
