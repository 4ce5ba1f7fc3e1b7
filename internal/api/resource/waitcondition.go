package resource

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"sluice/internal/api/resource/signal"
	"sluice/internal/stack"
)

// waitCondition is AWS::CloudFormation::WaitCondition. Its Ref is its name, its attribute Data what the signals brought: JSON,
// by their UniqueId.
func waitCondition() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::CloudFormation::WaitCondition", Attributes: []string{"Data"}, Fixed: true,
			Properties: fields{"Count": whole(), "Handle": text(), "Timeout": text()},
		},
		create: createWaitCondition,
	}
}

// longestWait is a wait condition's longest Timeout, and the one of custom resources.
const (
	longestWait   = 12 * time.Hour
	longestAnswer = time.Hour
)

func createWaitCondition(t *task) (*stack.Made, error) {
	timeout, count, err := t.patience()
	if err != nil {
		return nil, err
	}
	signals := t.provider.config.Signals
	token := signals.Token(t.text("Handle"))
	if token == "" {
		return nil, plainf("Handle must be the Ref of an AWS::CloudFormation::WaitConditionHandle of this server")
	}
	ctx, cancel := context.WithTimeoutCause(t.ctx, t.provider.config.Scale.Here(timeout), errTimeout)
	defer cancel()
	data := map[string]string{}
	for number := 0; len(data) < count; number++ {
		body, err := signals.Next(ctx, token, number)
		if errors.Is(err, errTimeout) {
			return nil, plainf("WaitCondition timed out. Received %d conditions when expecting %d", len(data), count)
		}
		if err != nil {
			return nil, err
		}
		got, err := signal.ReadCondition(body)
		if err != nil {
			return nil, plainf("%v", err)
		}
		if got.Status != "SUCCESS" {
			return nil, plainf("WaitCondition received failed message: '%s' for uniqueId: %s", got.Reason, got.UniqueId)
		}
		data[got.UniqueId] = got.Data
	}
	shown, err := json.Marshal(data)
	if err != nil {
		return nil, err
	}
	return &stack.Made{PhysicalID: t.PhysicalID, Attributes: members{"Data": string(shown)}}, nil
}

// errTimeout is why a wait ended that took too long.
var errTimeout = errors.New("nothing came in time")

// patience is how long a wait condition waits, and for how many signals.
func (t *task) patience() (timeout time.Duration, count int, err error) {
	if !t.has("Handle") || !t.has("Timeout") {
		return 0, 0, plainf("Handle and Timeout are needed unless a CreationPolicy is given, which Sluice does not serve")
	}
	timeout, err = seconds(t.Properties["Timeout"], longestWait)
	if err != nil {
		return 0, 0, plainf("Invalid value for Timeout: %v", err)
	}
	count = 1
	if t.has("Count") {
		if count, err = strconv.Atoi(t.text("Count")); err != nil || count < 0 || count > signal.Max {
			return 0, 0, plainf("Invalid value for Count: a number from 0 to %d is needed", signal.Max)
		}
	}
	return timeout, count, nil
}

// seconds reads a property that is a time of at most a longest.
func seconds(value any, longest time.Duration) (time.Duration, error) {
	n, err := strconv.Atoi(textOf(value))
	if err != nil || n < 0 || time.Duration(n)*time.Second > longest {
		return 0, errors.New("a number of seconds from 0 to " + strconv.Itoa(int(longest.Seconds())) + " is needed")
	}
	return time.Duration(n) * time.Second, nil
}
