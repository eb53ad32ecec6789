package web

import (
	"context"

	"manche/web/store"
)

// Beside makes these the servers of one host. A reader carries the same key to all
// of them, so that what is done with the key as a whole, in one, is done in all:
// everything is exported, deleted, or merged into another's.
func Beside(all ...*Server) {
	for _, s := range all {
		s.beside.Store(&all)
	}
}

// courses are the servers that share this one's readers, itself among them.
func (s *Server) courses() []*Server {
	if all := s.beside.Load(); all != nil {
		return *all
	}
	return []*Server{s}
}

// held counts what is kept of a learner in all courses.
func (s *Server) held(ctx context.Context, learner string) (all store.Held, err error) {
	for _, site := range s.courses() {
		here, err := site.Store.Held(ctx, learner)
		if err != nil {
			return all, err
		}
		all = all.And(here)
	}
	return all, nil
}

// merge makes everything of one learner another's in all courses. Where it fails
// midway, the rest can be merged later: it is still under the first key.
func (s *Server) merge(ctx context.Context, from, into string) error {
	for _, site := range s.courses() {
		if err := site.Store.Merge(ctx, from, into); err != nil {
			return err
		}
	}
	return nil
}
