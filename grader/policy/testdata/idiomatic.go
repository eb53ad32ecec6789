// Package idiomatic uses every package that submissions may import, as Go
// programs do.
package idiomatic

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"log/slog"
	"maps"
	"math"
	"math/bits"
	"math/rand"
	randv2 "math/rand/v2"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf8"
	"unique"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

// ErrStopped is returned after Stop.
var ErrStopped = errors.New("idiomatic: stopped")

// temporary is an error type with methods of its own.
type temporary struct{ after time.Duration }

func (t *temporary) Error() string        { return "again after " + t.after.String() }
func (t *temporary) Is(target error) bool { return target == ErrStopped }
func (t *temporary) Unwrap() error        { return io.ErrUnexpectedEOF }

type jobs []int

func (j jobs) Len() int           { return len(j) }
func (j jobs) Less(a, b int) bool { return j[a] < j[b] }
func (j jobs) Swap(a, b int)      { j[a], j[b] = j[b], j[a] }
func (j *jobs) Push(x any)        { *j = append(*j, x.(int)) }
func (j *jobs) Pop() any {
	old := *j
	last := old[len(old)-1]
	*j = old[:len(old)-1]
	return last
}

// Cache shows locks, a condition, a pool and values that are made once.
type Cache[K cmp.Ordered, V any] struct {
	mu     sync.RWMutex
	cond   *sync.Cond
	values map[K]V
	hits   atomic.Int64
	once   sync.Once
	flight singleflight.Group
	pool   sync.Pool
}

// All yields the values in the order of their keys.
func (c *Cache[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		c.mu.RLock()
		defer c.mu.RUnlock()
		for _, k := range slices.Sorted(maps.Keys(c.values)) {
			if !yield(k, c.values[k]) {
				return
			}
		}
	}
}

// Get loads what is missing, once for all callers.
func (c *Cache[K, V]) Get(key K, load func() (V, error)) (V, error) {
	c.once.Do(func() { c.values, c.cond = make(map[K]V), sync.NewCond(&c.mu) })
	c.mu.RLock()
	v, ok := c.values[key]
	c.mu.RUnlock()
	if ok {
		c.hits.Add(1)
		return v, nil
	}
	loaded, err, _ := c.flight.Do(fmt.Sprint(key), func() (any, error) { return load() })
	if err != nil {
		return v, fmt.Errorf("loading %v: %w", key, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values[key] = loaded.(V)
	c.cond.Broadcast()
	return c.values[key], nil
}

// Pipeline runs stages until ctx ends.
func Pipeline(ctx context.Context, in <-chan string, workers int) (<-chan int, func() error) {
	ctx, cancel := context.WithTimeoutCause(ctx, time.Second, &temporary{after: time.Second})
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	weights := semaphore.NewWeighted(int64(runtime.GOMAXPROCS(0)))
	out := make(chan int)
	for range max(workers, runtime.NumCPU()) {
		group.Go(func() error {
			for text := range in {
				if err := weights.Acquire(ctx, 1); err != nil {
					return context.Cause(ctx)
				}
				select {
				case out <- len(text):
				case <-ctx.Done():
					return ctx.Err()
				}
				weights.Release(1)
			}
			return nil
		})
	}
	stop := context.AfterFunc(ctx, func() { runtime.Gosched() })
	return out, func() error {
		defer close(out)
		defer cancel()
		defer stop()
		return group.Wait()
	}
}

// Count reads words.
func Count(r io.Reader, w io.Writer) (total int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("counting: %v", p)
		}
	}()
	counts := make(map[unique.Handle[string]]int)
	for words := bufio.NewScanner(r); words.Scan(); total++ {
		word := strings.TrimFunc(words.Text(), unicode.IsPunct)
		if utf8.ValidString(word) {
			counts[unique.Make(word)]++
		}
	}
	table := tabwriter.NewWriter(w, 0, 8, 1, ' ', 0)
	for word, n := range counts {
		fmt.Fprintln(table, word.Value(), "\t", strconv.Itoa(n))
	}
	return total, table.Flush()
}

// Order shows the containers and the numbers.
func Order(seed int64) []int {
	queue := &jobs{3, 1, 2}
	heap.Init(queue)
	heap.Push(queue, bits.OnesCount(uint(seed)))
	linked, circle := list.New(), ring.New(2)
	linked.PushBack(heap.Pop(queue))
	circle.Value = linked.Front().Value
	source := rand.New(rand.NewSource(seed))
	hash := fnv.New64a()
	hash.Write(bytes.TrimSpace([]byte("a b")))
	numbers := []int{source.Intn(3), randv2.IntN(3), int(math.Sqrt(4)), int(hash.Sum64() % 7)}
	sort.Ints(numbers)
	slices.SortFunc(numbers, func(a, b int) int { return cmp.Compare(b, a) })
	return numbers
}

// Log writes what happened.
func Log(w io.Writer, err error) {
	log := slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo}))
	if errors.Is(err, ErrStopped) || errors.Is(err, io.EOF) {
		log.Warn("stopped", slog.Any("err", err))
	}
	if again, ok := errors.AsType[*temporary](err); ok {
		timer := time.AfterFunc(again.after, func() { log.Info("again") })
		defer timer.Stop()
	}
	runtime.KeepAlive(log)
}
