// Package rollout moves an alias's traffic to a new version, step by step, and back if that goes wrong.
//
// A deployment is a plan and a state. Next is the rule of it all: a pure function from state and event to the next
// state and to what has to be done. A controller feeds it with events (started, claimed, time passed, a hook's report, an
// alarm, stop asked) and stores each state before it does what the state asks for; everything that it does can be done
// twice, so a server that is killed at any moment goes on where it was.
//
//	Created ──► Claim ──► Look, Warm ──► BeforeAllowTraffic ──► AllowTraffic ──► AfterAllowTraffic ──► Succeeded
//	              │          │              hook reports      Look, Move ↺ time      hook reports
//	              │ refused  │ alarm        │ hook failed        │ alarm, stop,      │ hook failed,
//	              ▼          ▼              ▼ alarm, stop        ▼ refused           ▼ alarm, stop
//	            Failed ◄── Failed or Stopped: the alias goes back ─── rolled back? ──► the rollback deployment inherits it
//
// AllowTraffic is over when the alias has moved to the last share. A deployment that has ended lets its alias go, and
// only then shows its end (docs/decisions/0004-ends-of-deployments.md). If it is rolled back, the alias goes to the
// rollback deployment in the same move (docs/decisions/0007-rollback-deployments.md). While it is paused, only the traffic
// waits.
//
// Applications, deployment groups and deployment configurations are kept here too. How they are spelled on the wire is
// internal/api/codedeploy's business, how an alias is moved internal/function's, how functions are run as hooks
// internal/server's, when an alarm rings internal/alarm's, whether a version does worse internal/comparison's, and how
// records are kept internal/store's.
package rollout
