package corpus

import (
	"context"
	"errors"
	"testing"
)

func TestUpload(t *testing.T) {
	var parts [][]byte
	for range 5 {
		parts = append(parts, make([]byte, 64))
	}
	refused := errors.New("quota exceeded")
	up := NewUploader(func(_ context.Context, number int, _ []byte) error {
		if number == 0 {
			return refused
		}
		return nil
	}, len(parts))
	for range 3 {
		if err := up.Upload(context.Background(), parts); !errors.Is(err, refused) {
			t.Errorf("Upload: %v, want %v", err, refused)
		}
	}
}

func TestUploadAll(t *testing.T) {
	up := NewUploader(func(context.Context, int, []byte) error { return nil }, 2)
	if err := up.Upload(context.Background(), make([][]byte, 6)); err != nil {
		t.Errorf("Upload: %v", err)
	}
}
