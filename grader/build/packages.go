package build

import _ "embed"

// importable are the packages whose archives are prepared: all that a
// submission may import, and what the checks and the driver need.
var importable = []string{
	"bufio", "bytes", "cmp", "context", "errors", "fmt", "io", "iter", "log/slog",
	"maps", "math", "math/bits", "math/rand", "math/rand/v2", "reflect", "regexp", "runtime",
	"runtime/debug", "runtime/pprof", "slices", "sort", "strconv", "strings",
	"sync", "sync/atomic", "text/tabwriter", "testing", "testing/synctest", "time",
	"unicode", "unicode/utf8", "unique", "container/heap", "container/list", "container/ring",
	"encoding/json", "encoding/hex", "encoding/binary", "hash/fnv",
	"net/http", "net/http/httptest", "os", "os/signal", "log",
	"go.uber.org/goleak", "golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore",
	"golang.org/x/sync/singleflight",
}

// usual are what nearly every program needs besides the driver: a linker that
// waits has read them, and reads what else is wanted when it knows.
var usual = []string{"testing/synctest", "go.uber.org/goleak", "golang.org/x/sync/errgroup"}

// raceRuntime is what the linker wants besides in a race build.
var raceRuntime = []string{"runtime/race", "runtime/cgo"}

// archiveMod and archiveSum are the module in which the archives are made. The
// go command would take a file named go.mod here for a module of its own.
var (
	//go:embed archive.mod
	archiveMod []byte
	//go:embed archive.sum
	archiveSum []byte
)
