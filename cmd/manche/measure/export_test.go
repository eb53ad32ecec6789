package measure

var (
	Median      = median
	Descendants = descendants
	Rows        = func(times map[[2]string][]float64, answer string, ways []string) []Row {
		return samples(times).rows(answer, ways)
	}
)

// Alive reports whether a process still is what it was.
func (p process) Alive() bool { return p.lives() }

// Resident is what is resident of a process, in bytes.
func (p process) Resident() int64 { return p.resident }
