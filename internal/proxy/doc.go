// Package proxy is the forward proxy that brings https://ID.execute-api.REGION.amazonaws.com, as templates print it, to the
// server: from functions, and from a shell that took `sluice env --proxy`.
//
// A client that has HTTPS_PROXY asks for a tunnel to a host (CONNECT). If the host is Sluice's own, the tunnel ends here: the
// client gets a certificate for it from an authority that was made on the first start, and its requests go to the server's
// handler as if they had come to its port. Every other host is refused: this is no way to the rest of the world.
//
// Which hosts are Sluice's, and what answers at them, does not belong here. Called by internal/server.
package proxy
