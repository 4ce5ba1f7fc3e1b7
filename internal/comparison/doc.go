// Package comparison tells whether the version that arrives is worse than the version that leaves.
//
// A Test is handed what both versions did since the last look: calls, errors, durations. It bets against the claim that
// the arriving version is no worse; while the claim is true, the stake is not expected to grow, however often and
// whenever somebody looks (Ville's inequality bounds the chance that it ever grows to 1/α by α). So a deployment may be
// watched call by call and stopped at the first look that rejects, and still at most one deployment of a hundred is
// stopped without cause. docs/decisions/0006-comparison.md says which bets and why, docs/comparison.md how fast they win.
//
// Errors and durations are judged within blocks: the calls of an interval in which both versions had some. Given how many
// calls of a block failed, it is decided by lot which version they fell to, in proportion to the calls; whatever makes
// both versions fail more often (an outage of what both need) drops out. Once the version that leaves gets no calls any
// more, the Test compares with what it did before; then an outage does look like a bad version.
//
// When to look, where the counts come from and what to do about a verdict is the caller's business (internal/rollout's
// controller). Nothing here knows a clock, an alias or a deployment; a Test is a value that can be kept as JSON.
package comparison
