package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"sluice/internal/account"
	"sluice/internal/gateway/spelling"
)

// Limits of what a client may do to a connection.
const (
	headerTime = 10 * time.Second // to send a request's head
	bodyTime   = 60 * time.Second // to send its body
	idleTime   = 3 * time.Minute  // between two requests
	readTime   = 60 * time.Second // to take a piece of an answer
)

// Server is a running server.
type Server struct {
	url    string
	key    account.Key
	http   *http.Server
	closer closer
	failed chan error
	served chan struct{}
}

// Start starts a server and returns when it accepts requests. Deployments that were under way when the last server on
// the folder ended go on.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{failed: make(chan error, 1), served: make(chan struct{})}
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return nil, cfg.notListening(ctx, err)
	}
	s.url = reachable(listener.Addr())
	handler, err := s.build(ctx, cfg)
	if err == nil {
		err = writeAddress(cfg.Data, s.url, cfg.Scale)
	}
	if err != nil {
		return nil, errors.Join(err, s.closer.close(ctx), listener.Close())
	}
	s.http = &http.Server{Handler: handler, ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, ConnContext: spelling.Context}
	go s.serve(spelling.Listener{Listener: listener})
	return s, nil
}

func (s *Server) serve(listener net.Listener) {
	defer close(s.served)
	if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		s.failed <- fmt.Errorf("serve: %w", err)
	}
}

// URL is where the server listens, such as http://127.0.0.1:4566.
func (s *Server) URL() string { return s.url }

// Key is the key pair that the server knows.
func (s *Server) Key() account.Key { return s.key }

// Failed tells of the error that ended the server by itself, if one does.
func (s *Server) Failed() <-chan error { return s.failed }

// Close stops the server and waits: no request is taken any more, those that run end, and then the rooms are closed,
// the last opened first. When ctx ends, what still runs is cut off.
func (s *Server) Close(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil { // ctx has ended
		err = s.http.Close()
	}
	<-s.served
	return errors.Join(err, s.closer.close(ctx))
}
