package remote

import (
	"context"
	"encoding/base64"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"sluice/internal/deployer/release"
)

// Invoke calls a version or an alias and waits for the answer. A call that got none is not made again: the function may
// have run.
func (e *Endpoint) Invoke(ctx context.Context, name, qualifier string, payload []byte) (release.Answer, error) {
	in := &lambda.InvokeInput{FunctionName: &name, Qualifier: optional(qualifier), Payload: payload, LogType: types.LogTypeTail}
	out, err := e.lambda.Invoke(ctx, in, func(o *lambda.Options) { o.Retryer = once{o.Retryer} })
	if err != nil {
		return release.Answer{}, failed(err, "function", "invoke %s:%s", name, qualifier)
	}
	log, err := base64.StdEncoding.DecodeString(text(out.LogResult))
	if err != nil {
		log = nil // the answer counts; its log is for people
	}
	return release.Answer{
		Version: text(out.ExecutedVersion), Payload: out.Payload, Failed: out.FunctionError != nil, Log: string(log),
	}, nil
}
