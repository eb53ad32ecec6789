package vet

import (
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/passes/testinggoroutine"
	"golang.org/x/tools/go/analysis/passes/waitgroup"
	"honnef.co/go/tools/staticcheck/sa2000"
	"honnef.co/go/tools/staticcheck/sa2001"
	"honnef.co/go/tools/staticcheck/sa2002"
	"honnef.co/go/tools/staticcheck/sa4011"
	"honnef.co/go/tools/staticcheck/sa5004"
	"honnef.co/go/tools/staticcheck/sa9001"
)

// speaker is an analyser that speaks to learners, and the name of its sentence.
type speaker struct {
	*analysis.Analyzer
	name string
}

// analysers are those that find what this course teaches. Two that see the same
// mistake share a name, and speak once. The list must not be modified.
var analysers = []speaker{
	{lostcancel.Analyzer, "lostcancel"}, // a context that is never cancelled
	{copylock.Analyzer, "copylocks"},    // a lock copied by value
	{waitgroup.Analyzer, "waitgroup"},   // Add inside the goroutine, as its first statement
	{sa2000.Analyzer, "waitgroup"},
	{testinggoroutine.Analyzer, "testinggoroutine"}, // t.Fatal in a goroutine that is not the test's
	{sa2002.Analyzer, "testinggoroutine"},
	{sa2001.Analyzer, "emptysection"}, // Lock and Unlock with nothing between
	{sa4011.Analyzer, "breakselect"},  // a break that leaves the select, not the loop
	{sa5004.Analyzer, "spin"},         // a loop around a select with an empty default
	{sa9001.Analyzer, "deferrange"},   // a defer in a loop over a channel

	{addinside, "waitgroup"},
	{sendlocked, "sendlocked"},       // a lock held while a channel is waited for
	{doubleclose, "doubleclose"},     // two closes in one execution
	{abandonedsend, "abandonedsend"}, // a send that nobody may be left to receive
	{heldlock, "heldlock"},           // a lock that some path leaves locked
	{slowcase, "slowcase"},           // a case whose operand is a slow call
	{donepath, "donepath"},           // a goroutine without Done on some path
	{testsleep, "testsleep"},         // a test that sleeps in real time
}

// Names lists the names of all remarks, sorted.
func Names() []string {
	names := make([]string, 0, len(analysers))
	for _, a := range analysers {
		names = append(names, a.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
