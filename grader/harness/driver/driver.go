// Package driver is the part of the grader that runs inside the sandbox, in the
// same program as the learner's code. It runs the checks, looks for what they
// leave behind, and reports over a private descriptor.
//
// The report must not be forgeable by the code that it is about. The driver is
// imported by that program, so Go initialises it first: before any line of the
// learner runs, it has read its orders with the key from standard input. Each
// frame carries a number and a MAC under that key. The policy keeps learners
// away from the packages with which they could reach the descriptor or the
// driver's memory, and canaries at the end show that failures are still seen.
//
// Where checks run apart, this package is in two programs: with the checks it
// asks ([Ask], [Call]), beside the learner's code it serves ([Serve]). Each has a
// key of its own.
//
// Nothing here prints for people; what the checks and the learner print goes
// to standard output, cut by lines that only the holder of the key can write.
//
// Importing this package empties standard input: only programs to be judged do.
package driver

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"testing"

	"manche/grader/harness/wire"
)

// orders are read before the learner's package is initialised.
var orders, ordersErr = readOrders(input)

// input is what this process reads.
var input = bufio.NewReader(os.Stdin)

// Main runs the checks as ordered, reports, and ends the process. Exit codes
// carry no meaning: only the report does.
func Main(checks []testing.InternalTest) { drive(newSession(checks, (*testing.T).Run).run) }

// drive runs a session as the one test of this process.
func drive(session func(*testing.T)) {
	if ordersErr != nil {
		giveUp(ordersErr.Error())
	}
	os.Args = []string{os.Args[0], "-test.v=true", "-test.timeout=0", "-test.parallel=1"}
	m := testing.MainStart(deps{}, []testing.InternalTest{{Name: "driver", F: func(t *testing.T) { findGoid(); session(t) }}}, nil, nil, nil)
	m.Run()
	os.Exit(0)
}

// reportFD is the descriptor that the sandbox gives for the report.
const reportFD = 3

// reportFile is that descriptor, which must not be closed by a finalizer.
var reportFile = os.NewFile(reportFD, "report")

// errNotOrdered says that this process has no orders.
var errNotOrdered = errors.New("no orders")

// readOrders takes all of standard input; the learner's code finds it empty.
// Where a line end follows the orders, so does the conversation with another
// process.
func readOrders(in *bufio.Reader) (wire.Orders, error) {
	var o wire.Orders
	if !ordered() {
		return o, errNotOrdered
	}
	raw, _ := in.ReadBytes('\n') // orders that were read by half do not decode
	return wire.DecodeOrders(bytes.TrimSuffix(raw, []byte{'\n'}))
}
