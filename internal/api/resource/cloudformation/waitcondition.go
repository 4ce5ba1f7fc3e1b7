package cloudformation

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/api/resource/signal"
	"sluice/internal/clock"
	"sluice/internal/stack"
)

// waitCondition is AWS::CloudFormation::WaitCondition. Its Ref is the ARN of its handle (recording test_waitcondition of
// LocalStack), its attribute Data what the signals brought: JSON, by their UniqueId.
func waitCondition(answers *signal.Addresses, scale clock.Scale) *resource.Type {
	w := waiting{answers, scale}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::CloudFormation::WaitCondition", Attributes: []string{"Data"}, Fixed: true,
			Properties: schema.Fields{"Count": schema.Integer(), "Handle": schema.String(), "Timeout": schema.String()},
		},
		Create: w.create,
	}
}

// waiting waits for signals, at the pace of the cloud.
type waiting struct {
	answers *signal.Addresses
	scale   clock.Scale
}

// longestWait is a wait condition's longest Timeout, and the one of custom resources.
const (
	longestWait   = 12 * time.Hour
	longestAnswer = time.Hour
)

func (w waiting) create(t *task) (*stack.Made, error) {
	timeout, count, err := patience(t)
	if err != nil {
		return nil, err
	}
	token := w.answers.Token(t.Text("Handle"))
	if token == "" {
		return nil, resource.Plainf("Handle must be the Ref of an AWS::CloudFormation::WaitConditionHandle of this server")
	}
	ctx, cancel := context.WithTimeoutCause(t.Context, w.scale.Here(timeout), errTimeout)
	defer cancel()
	data := map[string]string{}
	for number := 0; len(data) < count; number++ {
		body, err := w.answers.Next(ctx, token, number)
		if errors.Is(err, errTimeout) {
			return nil, resource.Plainf("WaitCondition timed out. Received %d conditions when expecting %d", len(data), count)
		}
		if err != nil {
			return nil, err
		}
		got, err := signal.ReadCondition(body)
		if err != nil {
			return nil, resource.Plainf("%v", err)
		}
		if got.Status != "SUCCESS" {
			return nil, resource.Plainf("WaitCondition received failed message: '%s' for uniqueId: %s", got.Reason, got.UniqueId)
		}
		data[got.UniqueId] = got.Data
	}
	shown, err := json.Marshal(data)
	if err != nil {
		return nil, err
	}
	return &stack.Made{PhysicalID: conditionID(t), Attributes: members{"Data": string(shown)}}, nil
}

// conditionID is the handle's ARN. Handles of older stacks do not say theirs.
func conditionID(t *task) string {
	if handle := signal.Handle(t.Text("Handle")); handle != "" {
		return handle
	}
	return t.PhysicalID
}

// errTimeout is why a wait ended that took too long.
var errTimeout = errors.New("nothing came in time")

// patience is how long a wait condition waits, and for how many signals.
func patience(t *task) (timeout time.Duration, count int, err error) {
	if !t.Has("Handle") || !t.Has("Timeout") {
		return 0, 0, resource.Plainf("Handle and Timeout are needed unless a CreationPolicy is given, which Sluice does not serve")
	}
	timeout, err = seconds(t.Properties["Timeout"], longestWait)
	if err != nil {
		return 0, 0, resource.Plainf("Invalid value for Timeout: %v", err)
	}
	count = 1
	if t.Has("Count") {
		if count, err = strconv.Atoi(t.Text("Count")); err != nil || count < 0 || count > signal.Max {
			return 0, 0, resource.Plainf("Invalid value for Count: a number from 0 to %d is needed", signal.Max)
		}
	}
	return timeout, count, nil
}

// seconds reads a property that is a time of at most a longest.
func seconds(value any, longest time.Duration) (time.Duration, error) {
	n, err := strconv.Atoi(resource.TextOf(value))
	if err != nil || n < 0 || n > int(longest.Seconds()) {
		return 0, errors.New("a number of seconds from 0 to " + strconv.Itoa(int(longest.Seconds())) + " is needed")
	}
	return time.Duration(n) * time.Second, nil
}
