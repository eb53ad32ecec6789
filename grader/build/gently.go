package build

import "context"

// gently is the key of contexts for builds that nobody waits for.
type gently struct{}

// Gently returns a context whose builds give way to all others: the tools run at
// the lowest priority, and the linkers that wait are left to others.
func Gently(ctx context.Context) context.Context { return context.WithValue(ctx, gently{}, true) }

func gentle(ctx context.Context) bool { return ctx.Value(gently{}) != nil }
