package grader_test

import (
	"context"
	"fmt"

	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// Ten lines judge a package of one's own by its own tests. This one leaves a
// goroutine behind.
func ExampleGrader_JudgeDir() {
	ctx := context.Background()
	toolchain, err := build.Find(ctx)
	box, boxErr := sandbox.Open(ctx, sandbox.Config{Choice: sandbox.None})
	if err != nil || boxErr != nil {
		panic("this machine cannot judge")
	}
	defer box.Close()
	g, err := grader.New(ctx, grader.Config{Toolchain: toolchain, Sandbox: box}, nil)
	if err != nil {
		panic(err)
	}
	v, err := g.JudgeDir(ctx, "testdata/judge/example", grader.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(v.Exercise, v.Outcome)
	for _, f := range v.Findings {
		fmt.Printf("%s:%d: %s %s\n", f.File, f.Line, f.Severity, f.Key)
	}
	// Output:
	// manche/grader/testdata/judge/example failed
	// first.go:9: error leak.send_left
}
