// Package async runs functions for callers who do not wait: event invocations.
//
// Submit returns once an event is on disk. From then on the event belongs to the Service, over restarts and kills: it
// is run until it succeeds, or until its function's Config has it given up, and is then told to the destinations. Each
// event is run at least once, unless it grows too old or its function is deleted, which takes its events with it.
//
//	waiting ──due──► running ──succeeded────────────► told to the destination of successes
//	   ▲                │
//	   └──── again ◄────┴─────given up─────────────► told to the destination of failures
//
// What comes after a try is a pure rule (Limits.After). Memory holds a number for each event that waits, and its content
// is read when it runs; how many run at once is bounded, and shared fairly by the functions (see dispatcher).
//
// Which version an alias runs is internal/function's business, anew at each try. How AWS writes the record that a
// destination gets is internal/api/lambda's, and how events are kept internal/store's. Called by internal/api/lambda, and
// started by internal/server.
package async
