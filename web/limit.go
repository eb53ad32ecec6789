package web

import (
	"hash/maphash"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxAddresses bounds the memory of the rate limiter; beyond it those that have
// been quiet longest enough to have their full allowance back are forgotten, and
// if there are none, everybody is. Unit: addresses, of some 100 bytes each.
const maxAddresses = 50_000

// addresses limits how many submissions come from one address. It is safe for
// concurrent use.
type addresses struct {
	every rate.Limit
	burst int

	mu sync.Mutex
	by map[netip.Prefix]*allowance
}

// allowance is what one address may still send, and until when all of it is
// promised to those who were told to come back.
type allowance struct {
	*rate.Limiter
	promised time.Time
}

// maxPromise bounds how late somebody is told to come back: whoever sends without
// heed would put off everybody else at the same address.
const maxPromise = time.Minute

// newAddresses allows perMinute submissions a minute, half of them at once: a
// class that begins together must not wait.
func newAddresses(perMinute int) *addresses {
	return &addresses{
		every: rate.Limit(float64(perMinute) / 60),
		burst: max(1, perMinute/2),
		by:    make(map[netip.Prefix]*allowance),
	}
}

// take counts a submission, or tells after how many seconds one is possible: those
// who are told at the same time are told different times, so that each finds room.
func (a *addresses) take(r *http.Request, now time.Time) *problem {
	a.mu.Lock()
	defer a.mu.Unlock()
	from := addressOf(r)
	l, ok := a.by[from]
	if !ok {
		a.makeRoom(now)
		l = &allowance{Limiter: rate.NewLimiter(a.every, a.burst)}
		a.by[from] = l
	}
	if l.AllowN(now, 1) {
		return nil
	}
	return busy(seconds(l.promise(now, a.every).Sub(now)))
}

// promise is when there will be room for one more than was promised.
func (l *allowance) promise(now time.Time, every rate.Limit) time.Time {
	interval := time.Duration(float64(time.Second) / float64(every))
	next := l.promised.Add(interval)
	if !l.promised.After(now) {
		next = now.Add(time.Duration((1 - l.TokensAt(now)) * float64(interval)))
	}
	if next.After(now.Add(maxPromise)) {
		next = now.Add(maxPromise)
	}
	l.promised = next
	return next
}

// makeRoom forgets addresses when there are too many.
func (a *addresses) makeRoom(now time.Time) {
	if len(a.by) < maxAddresses {
		return
	}
	for from, l := range a.by {
		if l.TokensAt(now) >= float64(a.burst) {
			delete(a.by, from)
		}
	}
	if len(a.by) >= maxAddresses {
		clear(a.by)
	}
}

// addressOf returns where a request came from: the whole IPv4 address, the /64
// of an IPv6 one, since a single host commands all of it.
func addressOf(r *http.Request) netip.Prefix {
	ip, bits := hostOf(r.RemoteAddr), 32
	if ip.Is6() {
		bits = 64
	}
	prefix, _ := ip.Prefix(bits) // the bits fit every address; of none it is the zero prefix
	return prefix
}

// turnSeed keeps addresses out of what is kept: nobody can tell them from a turn.
var turnSeed = maphash.MakeSeed()

// turn names those who take turns with a request whose learner is new: all of the same
// address.
func turn(r *http.Request) string {
	return strconv.FormatUint(maphash.Comparable(turnSeed, addressOf(r)), 10)
}

// seconds rounds a delay up to whole seconds, at least one.
func seconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }
