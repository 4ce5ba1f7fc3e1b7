// Package host runs versions of functions as processes on this machine.
//
// Host makes one Pool for each version; function.Service asks a pool to run calls. What a call is, which version it
// goes to and who may make it is none of this package's business; nor is where packages and log lines are kept, which
// others do behind Packages and Logs.
//
// # The life of a process
//
// A pool has environments: each a folder for temporary files, a log stream, and one process at a time. A call that
// finds no idle environment makes one, as long as the version's limit and that of all versions together allow it;
// otherwise it waits in a queue, for a while.
//
// An environment's first call unpacks the version's code, unless another version with the same code did, and likewise its
// layers, over one another into a folder that stands in for /opt. Then it starts the process: the package's own
// executable or one of the layers, or an interpreter with one of our bootstraps. Each process has a Runtime
// API (session, conn) of its own on a loopback port, and one pipe for all that it prints. It has 10 seconds to ask for
// its first call. If it exits, reports an error or takes too long, it is started once more, at the expense of the
// call's own time limit; then the call fails. That is why a function that can't start tries twice, as on AWS.
//
// After its call the environment goes back to its pool: to the call that has waited longest, else onto the stack of
// idle ones. A process that ends in between is noticed and replaced when the next call comes; the environment stays
// the same, with its files and its log stream. So it does after a timeout or a crash. An environment ends when it was
// idle for too long or is too old, when the version is retired, when another version needs its place, or with the host.
// With a version's last environment go what Python has compiled of its code and, if the disk is needed, the unpacked code.
//
// Environments that are provisioned have their process before a call comes, and another one, in a new environment, as soon
// as it ends. They end when they are not wanted any more. See provision.
//
// What a process has started ends with it, wherever it has fled to, and all ends with the server, however that dies.
// Without a sandbox that holds only for the process's group; elsewhere than on Linux, only if the server ends well.
//
// # The life of a call
//
// The goroutine that calls Invoke takes an environment, logs START and writes the call itself onto the connection on
// which the process waits. If the process is not back yet from its last call, it leaves the call there instead, and
// the connection writes it when the process asks. Then it waits for one result: the answer, which the connection's
// goroutine hands over before it acknowledges it to the process; the timer that ends the call's time; or the process's
// end. It reads what the process printed and is still in the pipe, logs END and REPORT, and returns.
//
// A call that the process can't have seen, since it had hung up before, is run by another one. A call that it may have
// seen is never run again. A caller who goes away does not end a call.
//
// An answer for a caller who reads along comes through a pipe instead: the connection's goroutine fills it, the caller's
// empties it, and a third one runs the call, so that the process is free when it has written all, or its time is over,
// however slowly the caller reads. Two pieces of 64 KB are all that is held of such an answer.
//
// # Limits
//
// A version has Config.Limit environments for calls on demand, or as many as calls are reserved for its function if that is
// more; beside them it has those that are provisioned. All versions together have Config.Total, of which three quarters may
// be provisioned: what is provisioned gives its place to nobody. A call of a function with a reservation may thus wait for
// a place, and be refused after Config.Wait, only if the machine's total is used up.
//
// Memory and disk are measured several times a second, with all that a process has started, and enforced by killing (see
// sampleEvery, watchDisk).
//
// What a function sees of the machine, and what else it may use, confinement decides and internal/host/sandbox carries
// out: see Config.Sandbox.
package host
