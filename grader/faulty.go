package grader

import (
	"errors"
	"go/types"
	"path"
)

// ExerciseError is returned for an exercise whose own code the compiler does not
// take: its checks with the reference that they were written for, or an
// implementation that tests are held against. It is the exercise's author who can
// mend it, and no submission to it can be judged until then.
type ExerciseError struct {
	File   string // slash-separated, from the exercise's folder
	Line   int
	Reason string // in the type checker's words
}

func (e *ExerciseError) Error() string { return e.Reason }

// faulty turns an error of the type checker into an [ExerciseError] of a file below
// a folder of the exercise, and leaves any other as it is.
func faulty(folder string, err error) error {
	e, ok := errors.AsType[types.Error](err)
	if !ok {
		return err
	}
	at := e.Fset.Position(e.Pos)
	return &ExerciseError{File: path.Join(folder, at.Filename), Line: at.Line, Reason: e.Msg}
}
