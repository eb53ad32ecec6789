package store

import "context"

// Tune changes the writing connection, such as how large the file may get, or
// asks how it is set; it returns the setting that is then in force, if any.
func (s *Store) Tune(ctx context.Context, pragma string) (string, error) {
	found, err := collect(ctx, s.writer, scanText, "pragma "+pragma)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}
