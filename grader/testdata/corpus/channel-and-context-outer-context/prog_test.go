package corpus

import (
	"context"
	"errors"
	"testing"
)

func TestSurveyEndsAtTheFirstError(t *testing.T) {
	refused := errors.New("refused")
	probe := func(_ context.Context, host string) (string, error) {
		if host == "old" {
			return "", refused
		}
		return "up", nil
	}
	states, err := Survey(context.Background(), []string{"old", "new"}, probe)
	if !errors.Is(err, refused) || states != nil {
		t.Errorf("Survey = %v, %v; want the error", states, err)
	}
	states, err = Survey(context.Background(), []string{"new", "next"}, probe)
	if err != nil || len(states) != 2 {
		t.Errorf("Survey = %v, %v", states, err)
	}
}
