package wire_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
)

func TestInternalErrorsAreLoggedAndNotTold(t *testing.T) {
	for name, want := range map[string]string{"broken": "the disk is full", "panics": "a mistake"} {
		t.Run(name, func(t *testing.T) {
			f := newFixture()
			w := f.do(t, ask{method: "POST", path: things, body: `{"FunctionName":"` + name + `","Role":"arn:aws:iam::111111111111:role/r","Code":{}}`})
			if w.Code != 500 || strings.Contains(w.Body.String(), want) {
				t.Errorf("answered %d %s", w.Code, w.Body)
			}
			log := f.log.String()
			for _, part := range []string{want, "request=" + w.Header().Get("X-Amzn-Requestid"), "service=Lambda", "operation=CreateFunction"} {
				if !strings.Contains(log, part) {
					t.Errorf("the log has no %q:\n%s", part, log)
				}
			}
		})
	}
}

func TestOtherErrorsAreNotLogged(t *testing.T) {
	f := newFixture()
	f.do(t, ask{path: things + "/f"})
	f.do(t, ask{path: things, unsigned: true})
	f.do(t, ask{path: "/nowhere"})
	if f.log.Len() > 0 {
		t.Errorf("logged: %s", f.log.String())
	}
}

func TestACallerWhoLeavesIsNoInternalError(t *testing.T) {
	for name, tt := range map[string]struct {
		leave  bool
		cause  error
		logged bool
	}{
		"the caller left":                 {true, fmt.Errorf("wait: %w", context.Canceled), false},
		"something else was given up":     {false, context.Canceled, true},
		"the caller left a broken server": {true, errOurs, true},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture()
			f.lambda.Errors = nil
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			wire.HandleRaw(f.lambda, "Invoke", func(http.ResponseWriter, *wire.Request) error {
				if tt.leave {
					leave()
				}
				return tt.cause
			})
			r := served(t, ask{method: "POST", path: things + "/f/invocations"}.request(t))
			f.server.ServeHTTP(httptest.NewRecorder(), r.WithContext(ctx))
			if logged := f.log.Len() > 0; logged != tt.logged {
				t.Errorf("logged %q", f.log.String())
			}
		})
	}
}

func TestAServiceMayWordViolationsItself(t *testing.T) {
	f := newFixture()
	var seen []shape.Violation
	f.lambda.Invalid = func(op *shape.Operation, v []shape.Violation) *wire.Error {
		seen = v
		return &wire.Error{Code: op.Name + "Invalid", Status: 400}
	}
	w := f.do(t, ask{path: things + "/a%20b"})
	if w.Header().Get("X-Amzn-Errortype") != "GetFunctionInvalid" || len(seen) != 1 {
		t.Errorf("answered %v after %v", w.Header(), seen)
	}
}

func TestAServiceMayIgnoreViolations(t *testing.T) {
	f := newFixture()
	f.lambda.Invalid = func(*shape.Operation, []shape.Violation) *wire.Error { return nil }
	if w := f.do(t, ask{path: things + "/a%20b"}); w.Code != 404 {
		t.Errorf("answered %d %s", w.Code, w.Body)
	}
}

func TestARequestSaysWhoSignedIt(t *testing.T) {
	s := wire.NewService(&lambda.Model)
	var got string
	wire.HandleRaw(s, "Invoke", func(_ http.ResponseWriter, r *wire.Request) error {
		got = strings.Join([]string{r.Account, r.Region, r.Caller.ARN, r.Caller.KeyID, r.Caller.Token}, " ")
		return nil
	})
	f := &fixture{server: serverOf(s)}
	for _, tt := range []struct{ key, token string }{{keyID, ""}, {"ASIASESSION", "session"}} {
		f.do(t, ask{method: "POST", path: things + "/f/invocations", key: tt.key, secret: secret, token: tt.token})
		if want := account + " eu-west-1 arn:aws:iam::" + account + ":root " + tt.key + " " + tt.token; got != want {
			t.Errorf("called by %q, want %q", got, want)
		}
	}
}

func TestARawHandlerMayDecode(t *testing.T) {
	s := wire.NewService(&lambda.Model)
	wire.HandleRaw(s, "Invoke", func(w http.ResponseWriter, r *wire.Request) error {
		in := new(lambda.InvocationRequest)
		if err := r.Decode(in); err != nil {
			return err
		}
		w.Header().Set("X-Decoded", *in.FunctionName+" "+*in.Qualifier+" "+*in.LogType+" "+string(in.Payload))
		return nil
	})
	f := &fixture{server: serverOf(s)}
	w := f.do(t, ask{method: "POST", path: things + "/f/invocations?Qualifier=live", body: "{}", header: map[string]string{"X-Amz-Log-Type": "Tail"}})
	if got := w.Header().Get("X-Decoded"); got != "f live Tail {}" {
		t.Errorf("decoded %q; %s", got, w.Body)
	}
	if w := f.do(t, ask{method: "POST", path: things + "/f/invocations?Qualifier=a%20b"}); w.Code != 400 {
		t.Errorf("a wrong qualifier is answered %d %s", w.Code, w.Body)
	}
}

func TestStreamedBodiesReachOrdinaryHandlers(t *testing.T) {
	f := newFixture()
	a := ask{method: "POST", path: things + "/f/invocations", body: "2\r\n{}\r\n0\r\n\r\n",
		header: map[string]string{"X-Amz-Content-Sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}}
	server := wire.NewServer(wire.Config{Keys: keys{}, Logger: slog.Default(), Anyone: &sigv4.Identity{Account: account}}, f.lambda)
	w := httptest.NewRecorder()
	server.ServeHTTP(w, served(t, a.request(t)))
	if w.Code != 200 || w.Body.String() != "{}" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestAnyoneMayBeLetIn(t *testing.T) {
	f := newFixture()
	server := wire.NewServer(wire.Config{Keys: keys{}, Logger: slog.Default(), Anyone: &sigv4.Identity{Account: "000000000000"}}, f.lambda)
	w := httptest.NewRecorder()
	server.ServeHTTP(w, served(t, ask{path: things, key: "test", secret: "test"}.request(t)))
	if w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestMistakesInRegistrationPanic(t *testing.T) {
	for name, register := range map[string]func(*wire.Service){
		"unknown operation": func(s *wire.Service) { wire.HandleRaw(s, "Fly", nil) },
		"wrong input": func(s *wire.Service) {
			wire.Handle(s, "GetAlias", func(context.Context, *wire.Request, *lambda.GetFunctionRequest) (*lambda.AliasConfiguration, error) {
				return nil, nil
			})
		},
		"wrong output": func(s *wire.Service) {
			wire.Handle(s, "GetAlias", func(context.Context, *wire.Request, *lambda.GetAliasRequest) (*shape.Nothing, error) {
				return nil, nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			register(wire.NewService(&lambda.Model))
		})
	}
}

func TestRequestIDsDiffer(t *testing.T) {
	f := newFixture()
	seen := map[string]bool{}
	for range 100 {
		seen[f.do(t, ask{path: things, unsigned: true}).Header().Get("X-Amzn-Requestid")] = true
	}
	if len(seen) != 100 {
		t.Errorf("%d ids for 100 requests", len(seen))
	}
}

func serverOf(services ...*wire.Service) *wire.Server {
	return wire.NewServer(wire.Config{Keys: keys{}, Logger: slog.Default(), Now: func() time.Time { return signedAt }}, services...)
}

func ExampleHandle() {
	service := wire.NewService(&lambda.Model)
	wire.Handle(service, "GetAccountSettings",
		func(context.Context, *wire.Request, *lambda.GetAccountSettingsRequest) (*lambda.GetAccountSettingsResponse, error) {
			return &lambda.GetAccountSettingsResponse{AccountLimit: &lambda.AccountLimit{ConcurrentExecutions: new(int64(1000))}}, nil
		})
	_ = wire.NewServer(wire.Config{Keys: keys{}, Logger: slog.Default()}, service) // an http.Handler
}

func TestAServiceMayWordWrongTypesItself(t *testing.T) {
	f := newFixture()
	f.lambda.Mistyped = func(m wire.Mistyped) string { return m.Path + ": " + m.Sent + " for " + m.Want }
	w := f.do(t, ask{method: "POST", path: things, body: `{"FunctionName":true}`})
	if want := "FunctionName: a boolean for a string"; w.Code != 400 || !strings.Contains(w.Body.String(), want) {
		t.Errorf("answered %d %s", w.Code, w.Body)
	}
	if w := f.do(t, ask{method: "POST", path: things, body: `{`}); !strings.Contains(w.Body.String(), "not valid JSON") {
		t.Errorf("no JSON: answered %d %s", w.Code, w.Body)
	}
}
