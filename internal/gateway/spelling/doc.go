// Package spelling remembers how clients write the names of headers. net/http keeps one spelling of each name, and API Gateway
// shows functions the sender's own: a function that reads event["headers"]["x-color"] finds nothing under X-Color.
//
// It listens to what a connection's server reads and looks for a request's head in it, when it is asked to. Reading requests does
// not belong here. Called by internal/server, which wraps its listener, and by internal/gateway. HTTP/2 has only lower case and is
// not served here.
package spelling
