// Package signal holds the addresses at which stacks are answered: by the functions of custom resources, and by whoever
// knows the address of a wait condition's handle. An address is signed, so that nobody can make one up, and what comes to
// it is kept until a stack has read it, also over restarts.
//
// What a custom resource's answer means, and how long a stack waits, does not belong here (internal/api/resource/cloudformation,
// which reads). internal/server serves Addresses, and internal/signalfile keeps what came.
package signal
