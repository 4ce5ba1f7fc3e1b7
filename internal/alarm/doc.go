// Package alarm keeps metrics. So far it records what invocations measure; alarms that look at metrics come later.
//
// Meter is called at the end of each invocation, on the way of the answer, so recording takes no lock that another
// function's calls could hold, and allocates only for the first sample of a series. How metrics are spoken on the wire
// does not belong here.
package alarm
