// Package alarm keeps alarms and says which of them ring.
//
// A metric alarm compares the points of a metric, or of metric math over several, with a threshold; a composite alarm
// is a rule over other alarms. Evaluate and Rule.Holds are the rules of it all: pure functions from points, or the
// states of other alarms, to a state and its reason. A watcher calls them at the end of each period, stores each change
// together with its history before anybody hears of it, tells those who want to know, and then runs the alarm's actions.
//
// All alarms are held in memory, so asking which of them ring costs no read of the store. How metrics are kept is
// internal/metric's business, metric math internal/metric/expression's, how alarms are spelled on the wire
// internal/api/cloudwatch's, how records are kept internal/store's, and what an action does the Runner of whoever makes
// the Service. internal/rollout asks it which alarms ring, and listens.
package alarm
