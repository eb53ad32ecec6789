package walls

import "maps"

// Apart is what tests of mutants are started with.
var Apart = apart

// Place exposes where a mutant is.
func (m Mutant) Place() string { return m.place() }

// Sources are the changed sources of all mutants: those that are built together,
// and those that are built alone, by their place.
func Sources(all []Mutant) (together, alone map[string][]byte, err error) {
	together, alone = make(map[string][]byte), make(map[string][]byte)
	var list []numbered
	for i, m := range all {
		list = append(list, numbered{m, i + 1})
		if m.switched() {
			continue
		}
		for name, text := range m.alone() {
			alone[name+" of "+m.place()] = text
		}
	}
	for _, dir := range []string{policyTests.dir, filterTests.dir, readTests.dir, wireTests.dir} {
		files, err := many("../../..", list, dir)
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(together, files)
	}
	return together, alone, nil
}
