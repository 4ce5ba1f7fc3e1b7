package function

import "context"

// RecursionAllowed and RecursionTerminated say what is to happen to a function that calls itself by events: internal/async
// cuts such a loop, unless it is allowed.
const (
	RecursionAllowed    = "Allow"
	RecursionTerminated = "Terminate" // unless it was set otherwise
)

// SetRecursion says what is to happen when a function calls itself.
// Errors: fault.NotFound "function".
func (s *Service) SetRecursion(ctx context.Context, id ID, recursion string) error {
	return s.changeFunction(ctx, id, func(f *Function) error {
		f.Recursion = recursion
		return nil
	})
}

// Recursion returns what was set for a function, RecursionTerminated if nothing was.
// Errors: fault.NotFound "function".
func (s *Service) Recursion(ctx context.Context, id ID) (string, error) {
	found, err := s.Find(ctx, id, "")
	if err != nil {
		return "", err
	}
	if found.Function.Recursion == "" {
		return RecursionTerminated, nil
	}
	return found.Function.Recursion, nil
}
