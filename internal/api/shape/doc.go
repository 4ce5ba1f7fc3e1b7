// Package shape describes what travels on the wire: the operations of a service, the Go structures of their requests
// and replies, and the constraints that the members of a request must satisfy.
//
// The structures themselves are generated, a package for each service (shape/lambda, shape/codedeploy), by shape/gen
// from the published API models; shape/catalog holds the bare operation tables of services without structures. This
// package holds what they share, and Validate, which words violations as AWS does.
//
// Reading and writing HTTP does not belong here (internal/api/wire does it), nor does any rule about functions or
// deployments. Called by wire and by the rooms internal/api/<service>.
//
// # Structures
//
// A member is a pointer (nil: absent), a slice or a map (nil: absent; empty: present and empty) or []byte for a blob.
// Its tag says where it travels: json is a member of the body, whatever the protocol; uri, query and header name the
// place of a member outside of it; list tells how the query protocol spells a list or map, where it differs from the
// usual Name.member.1 and Name.entry.1.key: flat (Name.1), item=, key= and value= (names of those parts); payload marks the member that is the whole body; status takes
// the HTTP status.
package shape
