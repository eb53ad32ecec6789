package attack

import (
	"context"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"manche/grader"
)

// MaxGrowth is how much more memory may be resident in this process after all that
// was drawn than before, in bytes.
const MaxGrowth = 20_000_000

// Draw says what a [Trial] draws from all attacks and forgeries, each as likely as
// any other, with replacement.
type Draw struct {
	N       int    `json:"n"`
	AtATime int    `json:"at_a_time"` // 1 at least
	Seed    uint64 `json:"seed"`      // the same attacks and forgeries in the same order
}

// Drawn is what became of a draw. The sums of the [Report] are those of what was
// drawn.
type Drawn struct {
	Draw
	// Once is everything, tried once before, so many at a time: what a server needs
	// for its work is in memory then.
	Once Sum `json:"once"`
	// Resident is the memory of this process, which is the server, in bytes, before
	// and after; 0 where it cannot be told.
	Resident [2]int64 `json:"resident_bytes"`
}

// Growth is by how much the memory has grown, in bytes.
func (d *Drawn) Growth() int64 { return d.Resident[1] - d.Resident[0] }

func (d *Drawn) held() bool { return d.Once.all() && d.Growth() <= MaxGrowth }

// pick draws.
func (d Draw) pick(all []try) []try {
	random := rand.New(rand.NewPCG(d.Seed, 0))
	picked := make([]try, d.N)
	for i := range picked {
		picked[i] = all[random.IntN(len(all))]
	}
	return picked
}

// draw tries everything once, and then what is drawn, with a grader that keeps as
// much ready as that of a server does.
func (t Trial) draw(ctx context.Context, g *grader.Grader, all []try, r *Report) error {
	if err := g.PrepareLinker(ctx); err != nil {
		return err
	}
	g.Warm(t.Draw.AtATime)
	if err := t.each(ctx, all, t.Draw.AtATime, func(_ Kind, o Outcome) { r.Drawn.Once.count(o) }); err != nil {
		return err
	}
	r.Drawn.Resident[0] = resident()
	err := t.each(ctx, t.Draw.pick(all), t.Draw.AtATime, r.count)
	r.Drawn.Resident[1] = resident()
	return err
}

// resident is the memory of this process without what nothing refers to any more,
// which would be given back later.
func resident() int64 {
	debug.FreeOSMemory()
	text, _ := os.ReadFile("/proc/self/statm") // size resident ..., in pages: proc(5)
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}
