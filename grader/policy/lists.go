package policy

// standard are the packages that every submission may import: what concurrent
// programs are made of, and nothing that reaches files, processes, the network,
// memory behind the type system, or the machinery of tests.
var standard = []string{
	"bufio", "bytes", "cmp", "container/heap", "container/list", "container/ring",
	"context", "errors", "fmt", "hash/fnv", "io", "iter", "log/slog", "maps", "math", "math/bits",
	"math/rand", "math/rand/v2", "runtime", "slices", "sort", "strconv", "strings",
	"sync", "sync/atomic", "text/tabwriter", "time", "unicode", "unicode/utf8", "unique",
	"golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight",
}

// instead are packages of the list that do the work of some that are not.
var instead = map[string]string{
	"golang.org/x/exp/maps": "maps", "golang.org/x/exp/slices": "slices", "golang.org/x/net/context": "context",
	"io/ioutil": "io", "log": "fmt", "os/signal": "context", "crypto/rand": "math/rand/v2",
}

// members lists, of packages that are only partly harmless, what may be used.
var members = map[string][]string{
	"runtime": {"GOMAXPROCS", "Gosched", "KeepAlive", "NumCPU", "NumGoroutine", "GOOS", "GOARCH", "Version"},
}

// forbidden lists single members of otherwise harmless packages: they change
// what the whole program shares.
var forbidden = map[string][]string{
	"log/slog": {"SetDefault", "SetLogLoggerLevel"},
}
