package server

import (
	"net/http"
	"strings"
	"time"

	"sluice/internal/api/lambda"
	"sluice/internal/api/resource/signal"
	"sluice/internal/api/s3"
	"sluice/internal/api/sluice"
	"sluice/internal/gateway/address"
)

// route sends requests to function URLs to the gateway, those to buckets to S3, Sluice's own paths to their handlers and everything else to the API.
func route(api http.Handler, storage *s3.Server, downloads, urls, signals http.Handler, metrics *metrics) http.Handler {
	own := http.NewServeMux()
	own.HandleFunc("GET /_sluice/health", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"status":"ok"}` + "\n"))
	})
	own.Handle("GET /_sluice/metrics", metrics.handler())
	own.Handle("GET "+lambda.DownloadPath, downloads)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if address.Meant(r) {
			urls.ServeHTTP(w, r)
			return
		}
		if s3.Takes(r) {
			storage.ServeHTTP(w, r)
			return
		}
		if strings.HasPrefix(r.URL.Path, signal.Path) {
			signals.ServeHTTP(w, r)
			return
		}
		if strings.HasPrefix(r.URL.Path, "/_sluice/") && !strings.HasPrefix(r.URL.Path, sluice.Prefix) {
			if r.ContentLength != 0 { // none of these takes a body, and net/http would wait for it
				w.Header().Set("Connection", "close")
				_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(time.Second))
			}
			own.ServeHTTP(w, r)
			return
		}
		if storage.Guards(r) {
			storage.ServeHTTP(w, r)
			return
		}
		api.ServeHTTP(w, r)
	})
}
