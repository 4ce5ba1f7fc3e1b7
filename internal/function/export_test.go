package function

import "context"

// Held is how many functions' entries and quotas a Service has in memory, and of how many scopes.
func (s *Service) Held() (entries, quotas, scopes int) {
	s.table.entries.Range(func(any, any) bool { entries++; return true })
	s.table.sharing.Lock()
	defer s.table.sharing.Unlock()
	for _, shared := range s.table.shares {
		shared.mu.Lock()
		quotas += len(shared.quotas)
		shared.mu.Unlock()
	}
	return entries, quotas, len(s.table.shares)
}

// Drop is what follows the deletion of a function, as a deletion does it that was overtaken.
func (s *Service) Drop(ctx context.Context, id ID) { s.table.drop(ctx, id) }

// SameLock reports whether two functions' loads wait for each other.
func (s *Service) SameLock(a, b ID) bool { return s.table.lock(a) == s.table.lock(b) }
