package remote

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"sluice/internal/fault"
)

// alarmBatch is how many alarms one call may name ("DescribeAlarms").
const alarmBatch = 100

// Ringing returns those of these alarms that are in the state ALARM, in the same order. One that does not exist is a
// fault.NotFound "alarm": it could never ring.
func (e *Endpoint) Ringing(ctx context.Context, alarms []string) (ringing []string, err error) {
	states := map[string]types.StateValue{}
	for batch := range slices.Chunk(alarms, alarmBatch) {
		if err := e.readAlarms(ctx, batch, states); err != nil {
			return nil, err
		}
	}
	for _, name := range alarms {
		state, exists := states[name]
		if !exists {
			return nil, fault.Errorf(fault.NotFound, "alarm", "there is no alarm %q", name)
		}
		if state == types.StateValueAlarm {
			ringing = append(ringing, name)
		}
	}
	return ringing, nil
}

func (e *Endpoint) readAlarms(ctx context.Context, names []string, states map[string]types.StateValue) error {
	pages := cloudwatch.NewDescribeAlarmsPaginator(e.cloudwatch, &cloudwatch.DescribeAlarmsInput{
		AlarmNames: names, AlarmTypes: []types.AlarmType{types.AlarmTypeMetricAlarm, types.AlarmTypeCompositeAlarm},
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return failed(err, "alarm", "read the alarms")
		}
		for _, a := range page.MetricAlarms {
			states[text(a.AlarmName)] = a.StateValue
		}
		for _, a := range page.CompositeAlarms {
			states[text(a.AlarmName)] = a.StateValue
		}
	}
	return nil
}
