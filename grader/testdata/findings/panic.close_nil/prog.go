package prog

// Service can be stopped.
type Service struct{ stop chan bool }

// Stop stops it.
func (s *Service) Stop() { close(s.stop) }
