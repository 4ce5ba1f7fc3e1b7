package gatewaytest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"sluice/internal/function"
)

// Judge makes the function "judge" an authorizer, beside the others. It answers what says makes of its events, which are kept: a
// failure if that is one, and if it is empty, no process can be had.
func (b *Backend) Judge(says func(event map[string]any) string) *[]map[string]any {
	judged, others := &[]map[string]any{}, b.Handler
	b.Handler = func(ctx context.Context, call *function.Call) (*function.Outcome, error) {
		if b.Called[len(b.Called)-1].Function.Name != "judge" {
			return others(ctx, call)
		}
		var event map[string]any
		if err := json.Unmarshal(call.Payload, &event); err != nil {
			return nil, err
		}
		*judged = append(*judged, event)
		said := says(event)
		if said == "" {
			return nil, errors.New("no process")
		}
		outcome := Answering(said)
		outcome.Failed = strings.HasPrefix(said, `{"errorMessage"`)
		return outcome, nil
	}
	return judged
}

// Verdict is an authorizer's answer: a policy with one statement, and a context.
func Verdict(effect, resource string) string {
	return fmt.Sprintf(`{"principalId":"ann","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":%q,"Action":"execute-api:Invoke","Resource":%q}]},
		"context":{"role":"admin","age":7,"ok":true}}`, effect, resource)
}
