package server

import (
	"bytes"
	"context"
	"net/http"

	"sluice/internal/api/apigateway"
	"sluice/internal/gateway"
	"sluice/internal/restapi"
)

// openRESTAPIs takes up the stages of REST APIs that are stored.
func (s *Server) openRESTAPIs(ctx context.Context, _ Config, r *rooms) error {
	r.restAPIs = restapi.NewService(r.records)
	return r.restAPIs.Start(ctx)
}

// trials try methods of REST APIs as they are now, through a front that knows one stage.
type trials struct{ front *gateway.Config }

func (t trials) try(ctx context.Context, trial *apigateway.Trial) (*apigateway.Outcome, error) {
	r, err := trial.Request(ctx)
	if err != nil {
		return nil, err
	}
	config := *t.front
	config.RESTAPIs, config.APIMeter, config.AccessLog = oneStage{trial.View}, nil, nil // trials are no traffic
	w := &answerKept{header: http.Header{}, status: http.StatusOK}
	gateway.New(config).ServeHTTP(w, r)
	return &apigateway.Outcome{Status: w.status, Headers: w.header, Body: w.body.String()}, nil
}

// oneStage finds one stage. It implements rest.APIs.
type oneStage struct{ view *restapi.View }

func (o oneStage) Find(context.Context, string, string) (*restapi.View, bool, error) {
	return o.view, true, nil
}

func (o oneStage) Admit(*restapi.View, *restapi.PlanKey, string, string) restapi.Verdict {
	return restapi.Admitted
}

// answerKept is an http.ResponseWriter that keeps the answer.
type answerKept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *answerKept) Header() http.Header               { return w.header }
func (w *answerKept) WriteHeader(status int)            { w.status = status }
func (w *answerKept) Write(content []byte) (int, error) { return w.body.Write(content) }
