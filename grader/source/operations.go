package source

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Kind names an operation.
type Kind string

// The operations that goroutines meet at.
const (
	Send    Kind = "send"
	Receive Kind = "receive" // range over a channel as well
	Select  Kind = "select"
	Close   Kind = "close"
	Lock    Kind = "lock" // for reading as well
	Unlock  Kind = "unlock"
	Wait    Kind = "wait" // of a WaitGroup, a Cond, an errgroup
	Add     Kind = "add"  // to a WaitGroup
	Done    Kind = "done" // of a WaitGroup
)

// Operation is one operation of the text.
type Operation struct {
	Kind Kind
	Place
	// On is the channel, the lock or the WaitGroup as the text has it; empty for
	// a select.
	On string
	// Choice says that it is a case of a select that has others.
	Choice bool
	// Loop says that it is a range over a channel.
	Loop     bool
	object   any // what On is, as a key of classes
	pos, end token.Pos
}

// methods are the operations that are calls of a method, by package and name.
var methods = map[string]Kind{
	"sync.Lock": Lock, "sync.RLock": Lock, "sync.Unlock": Unlock, "sync.RUnlock": Unlock,
	"sync.Wait": Wait, "golang.org/x/sync/errgroup.Wait": Wait, "sync.Done": Done,
	"sync.Add": Add,
}

// operation notes n if it is one.
func (m *Map) operation(n ast.Node) {
	switch n := n.(type) {
	case *ast.SendStmt:
		m.note(Send, n.Arrow, n.Chan)
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			m.note(Receive, n.OpPos, n.X)
		}
	case *ast.RangeStmt:
		if isChan(m.info.TypeOf(n.X)) {
			m.note(Receive, n.Range, n.X)
			m.ops[len(m.ops)-1].Loop = true
		}
	case *ast.SelectStmt:
		m.ops = append(m.ops, Operation{Kind: Select, Place: m.place(n.Select), pos: n.Pos(), end: n.End()})
		m.choose(n)
	case *ast.CallExpr:
		m.call(n)
	}
}

// note adds an operation on x. Its place is where x or the operator begins,
// whichever comes first.
func (m *Map) note(kind Kind, pos token.Pos, x ast.Expr) {
	m.ops = append(m.ops, Operation{
		Kind: kind, Place: m.place(min(pos, x.Pos())), On: types.ExprString(x), object: m.object(x), Choice: m.choices[pos],
		pos: pos, end: x.End(),
	})
}

// call notes a close, or a method of a lock, a WaitGroup and the like.
func (m *Map) call(n *ast.CallExpr) {
	switch fn := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		if b, ok := m.info.Uses[fn].(*types.Builtin); ok && b.Name() == "close" && len(n.Args) == 1 {
			m.note(Close, n.Pos(), n.Args[0])
		}
	case *ast.SelectorExpr:
		obj := m.info.Uses[fn.Sel]
		if obj == nil || obj.Pkg() == nil {
			return
		}
		if kind, ok := methods[obj.Pkg().Path()+"."+obj.Name()]; ok {
			m.note(kind, n.Pos(), fn.X)
		}
	}
}

func isChan(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// choose notes which operations are cases of a select that has others.
func (m *Map) choose(s *ast.SelectStmt) {
	for _, clause := range s.Body.List {
		comm := clause.(*ast.CommClause).Comm
		if comm == nil || len(s.Body.List) == 1 {
			continue
		}
		if send, ok := comm.(*ast.SendStmt); ok {
			m.choices[send.Arrow] = true
			continue
		}
		ast.Inspect(comm, func(n ast.Node) bool {
			if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
				m.choices[u.OpPos] = true
				return false // what stands inside is evaluated before
			}
			return true
		})
	}
}
