package wire_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/apigateway"
	"sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/shape/iam"
	"sluice/internal/api/shape/lambda"
	"sluice/internal/api/shape/logs"
	"sluice/internal/api/shape/ssm"
	"sluice/internal/api/shape/sts"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
)

const (
	keyID   = "AKIDEXAMPLE"
	secret  = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
	account = "111111111111"
)

var signedAt = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

type keys struct{}

func (keys) Secret(id, token string) (sigv4.Identity, bool) {
	who := sigv4.Identity{AccessKeyID: id, Secret: secret, Account: account, ARN: "arn:aws:iam::" + account + ":root"}
	if id == "ASIAOVER" && token == "over" {
		who.Expires = signedAt.Add(-time.Second)
		return who, true
	}
	return who, id == keyID && token == "" || id == "ASIASESSION" && token == "session"
}

// fixture is a server with a few handlers, and what it logged.
type fixture struct {
	server     *wire.Server
	lambda     *wire.Service
	codedeploy *wire.Service
	cloudwatch *wire.Service
	log        bytes.Buffer
}

var errOurs = errors.New("the disk is full")

func newFixture() *fixture {
	f := &fixture{lambda: wire.NewService(&lambda.Model), codedeploy: wire.NewService(&codedeploy.Model), cloudwatch: cloudwatchService()}
	f.lambda.Internal = "ServiceException"
	f.lambda.Errors = func(err error) *wire.Error {
		if errors.Is(err, errOurs) {
			return nil
		}
		return &wire.Error{Code: "ResourceNotFoundException", Status: 404, Type: "User", MessageKey: "Message", Message: err.Error()}
	}
	f.lambda.LimitBody("Invoke", 1000, "InvokeFunction")
	wire.Handle(f.lambda, "CreateFunction", f.createFunction)
	wire.Handle(f.lambda, "DeleteFunction", f.deleteFunction)
	wire.Handle(f.lambda, "DeleteAlias", f.deleteAlias)
	wire.Handle(f.lambda, "ListFunctions", f.listFunctions)
	wire.Handle(f.lambda, "GetFunction", func(_ context.Context, _ *wire.Request, in *lambda.GetFunctionRequest) (*lambda.GetFunctionResponse, error) {
		return nil, errors.New("Function not found: " + *in.FunctionName)
	})
	wire.HandleRaw(f.lambda, "Invoke", f.invoke)
	wire.Handle(f.codedeploy, "GetApplication", f.getApplication)
	wire.Handle(f.codedeploy, "DeleteApplication", func(context.Context, *wire.Request, *codedeploy.DeleteApplicationInput) (*shape.Nothing, error) {
		return nil, nil
	})
	wire.Handle(f.codedeploy, "GetDeployment", func(context.Context, *wire.Request, *codedeploy.GetDeploymentInput) (*codedeploy.GetDeploymentOutput, error) {
		return nil, &wire.Error{Code: "DeploymentDoesNotExistException", Status: 400, Message: "No such deployment <&>"}
	})
	f.server = wire.NewServer(wire.Config{
		Keys: keys{}, Logger: slog.New(slog.NewTextHandler(&f.log, nil)), Now: func() time.Time { return signedAt },
		BodyTime: 200 * time.Millisecond,
	}, f.lambda, f.codedeploy, f.cloudwatch, wire.NewService(&logs.Model),
		wire.NewService(&iam.Model), wire.NewService(&sts.Model), wire.NewService(&ssm.Model),
		wire.NewService(&cloudformation.Model), wire.NewService(&apigateway.Model), wire.NewService(&apigatewayv2.Model))
	return f
}

func (f *fixture) createFunction(_ context.Context, _ *wire.Request, in *lambda.CreateFunctionRequest) (*lambda.FunctionConfiguration, error) {
	switch *in.FunctionName {
	case "broken":
		return nil, errOurs
	case "panics":
		panic("a mistake")
	}
	return &lambda.FunctionConfiguration{
		FunctionName: in.FunctionName, MemorySize: in.MemorySize, Description: new("<&>"), Layers: []lambda.Layer{},
	}, nil
}

func (f *fixture) deleteFunction(context.Context, *wire.Request, *lambda.DeleteFunctionRequest) (*lambda.DeleteFunctionResponse, error) {
	return &lambda.DeleteFunctionResponse{StatusCode: new(int64(204))}, nil
}

func (f *fixture) deleteAlias(context.Context, *wire.Request, *lambda.DeleteAliasRequest) (*shape.Nothing, error) {
	return nil, nil
}

func (f *fixture) listFunctions(_ context.Context, _ *wire.Request, in *lambda.ListFunctionsRequest) (*lambda.ListFunctionsResponse, error) {
	if in.MaxItems == nil {
		return nil, nil
	}
	return &lambda.ListFunctionsResponse{NextMarker: in.Marker}, nil
}

func (f *fixture) invoke(w http.ResponseWriter, r *wire.Request) error {
	qualifier, _ := r.Query("Qualifier")
	if qualifier == "fails" {
		return errors.New("Function not found: " + r.Label("FunctionName"))
	}
	w.Header().Set("X-Qualifier", qualifier)
	w.Header().Set("X-Function", r.Label("FunctionName"))
	_, err := w.Write(r.Body)
	return err
}

func (f *fixture) getApplication(_ context.Context, _ *wire.Request, in *codedeploy.GetApplicationInput) (*codedeploy.GetApplicationOutput, error) {
	return &codedeploy.GetApplicationOutput{Application: &codedeploy.ApplicationInfo{
		ApplicationName: in.ApplicationName, LinkedToGitHub: new(false), CreateTime: shape.At(signedAt.Add(1234 * time.Millisecond)),
	}}, nil
}

// ask is a request; its zero value is a signed GET of / for Lambda.
type ask struct {
	method, path, body, service string
	header                      map[string]string
	unsigned                    bool
	key, secret, token          string
	late                        time.Duration
	alter                       func(*http.Request) // after signing
}

func (a ask) request(t testing.TB) *http.Request {
	t.Helper()
	if a.method == "" {
		a.method = "GET"
	}
	if a.service == "" {
		a.service = "lambda"
	}
	if a.key == "" {
		a.key, a.secret = keyID, secret
	}
	req, err := http.NewRequest(a.method, "http://localhost:4566"+a.path, strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range a.header {
		req.Header.Set(name, value)
	}
	if !a.unsigned {
		sum := sha256.Sum256([]byte(a.body))
		digest := hex.EncodeToString(sum[:])
		if a.service == "s3" {
			req.Header.Set("X-Amz-Content-Sha256", digest)
		}
		credentials := aws.Credentials{AccessKeyID: a.key, SecretAccessKey: a.secret, SessionToken: a.token}
		if err := v4.NewSigner().SignHTTP(context.Background(), credentials, req, digest, a.service, "eu-west-1", signedAt.Add(-a.late)); err != nil {
			t.Fatal(err)
		}
	}
	if a.alter != nil {
		a.alter(req)
	}
	return req
}

// served sends the request through its written form, which is what a server gets to see.
func served(t testing.TB, req *http.Request) *http.Request {
	t.Helper()
	var written bytes.Buffer
	if err := req.Write(&written); err != nil {
		t.Fatal(err)
	}
	got, err := http.ReadRequest(bufio.NewReader(&written))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (f *fixture) do(t testing.TB, a ask) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	f.server.ServeHTTP(w, served(t, a.request(t)))
	return w
}

// target is a request in awsJson to CodeDeploy.
func target(operation, body string) ask {
	return ask{method: "POST", path: "/", service: "codedeploy", body: body, header: map[string]string{
		"X-Amz-Target": "CodeDeploy_20141006." + operation, "Content-Type": "application/x-amz-json-1.1",
	}}
}

// smithy is a request in rpc-v2-cbor.
func smithy(service, prefix, operation, body string) ask {
	return ask{method: "POST", path: "/service/" + prefix + "/operation/" + operation, service: service, body: body,
		header: map[string]string{"Smithy-Protocol": "rpc-v2-cbor", "Content-Type": "application/cbor"}}
}

// form is a request in the query protocol.
func form(service, body string) ask {
	return ask{method: "POST", path: "/", service: service, body: body,
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}}
}
