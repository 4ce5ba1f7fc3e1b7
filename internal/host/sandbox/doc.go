// Package sandbox starts programs that see, reach and use no more of the machine than they are given.
//
// It knows nothing of functions: internal/host says what a program may see (Entry), how much it may use (Limits) and
// what to run (Spec). internal/server asks for a report on the machine (Probe).
//
// # How
//
// Between the server and each program stands a keeper: the server's own executable, started under another name, which
// this package's init turns into a keeper before anything else of the server begins. It builds the sandbox around
// itself, starts the program in it, waits for it, and tells the server how it ended. Nothing of what the program
// started outlives the keeper, and the keeper does not outlive the server.
//
// There are two kinds of sandbox; Probe tells which one the machine can do.
//
//   - Separate: the keeper is process 1 of a process namespace of its own and builds a file system in which there are
//     only the entries it was given. The program runs as another user than the keeper, without any capability. When
//     the keeper ends the kernel kills everything in the namespace, whatever group or session it has fled to.
//   - Restricted: where namespaces are forbidden, as in many containers. Landlock closes the files, and from its
//     version 6 also other programs' processes. The keeper adopts what loses its parent and kills it in the end.
//
// Both set Limits. The network is the machine's own: programs have to reach the server.
package sandbox
