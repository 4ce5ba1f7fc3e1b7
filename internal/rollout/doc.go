// Package rollout moves an alias's traffic to a new version, step by step.
//
// A deployment is a plan and a state. Next is the rule of it all: a pure function from state and event to the next
// state and to what has to be done. A controller feeds it with events (started, claimed, time passed, stop asked) and
// stores each state before it does what the state asks for; everything that it does can be done twice, so a server that
// is killed at any moment goes on where it was.
//
//	Created ──started──► InProgress ──claimed──► BeforeAllowTraffic ─► AllowTraffic ─► AfterAllowTraffic ─► Succeeded
//	                        │                         │ hook failed      ↺ time passed:     │ hook failed
//	                        │ refused                 │ stop               the next share   │ stop
//	                        ▼                         ▼                  │ stop, refused    ▼
//	                      Failed ◄──────────────── weight 0 ◄────────────┴─────────► Failed or Stopped
//
// AllowTraffic is over when the alias has moved to the last share. A deployment that has ended lets its alias go, and
// only then shows its end; see docs/decisions/0004-ends-of-deployments.md.
//
// Applications, deployment groups and deployment configurations are kept here too. How they are spelled on the wire is
// internal/api/codedeploy's business, how an alias is moved internal/function's, how records are kept internal/store's.
// Hooks and alarms are events of Next; nothing invokes hooks or watches alarms yet, and Service refuses a deployment
// that asks for hooks.
package rollout
