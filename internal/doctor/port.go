package doctor

import (
	"context"
	"net"
	"net/http"
	"time"
)

// examinePort tries to listen. A Sluice that does already is as good.
func examinePort(ctx context.Context, address string) Finding {
	f := Finding{Subject: "port", State: Yes, Needed: true, Detail: address + " is free"}
	listener, err := net.Listen("tcp", address)
	if err == nil {
		_ = listener.Close()
		return f
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, requestErr := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/_sluice/health", nil)
	if requestErr == nil {
		if answer, err := http.DefaultClient.Do(request); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				f.Detail = "a Sluice server listens on " + address
				return f
			}
		}
	}
	f.State, f.Detail, f.Advice = No, err.Error(), "Choose another address with --listen, or end what uses this one."
	return f
}
