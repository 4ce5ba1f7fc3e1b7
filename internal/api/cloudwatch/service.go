package cloudwatch

import (
	"sluice/internal/alarm"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/dashboard"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// Config is what the service calls. All of it is needed.
type Config struct {
	Metrics    *metric.Service
	Alarms     *alarm.Service
	Dashboards *dashboard.Service
}

type api struct {
	metrics    *metric.Service
	alarms     *alarm.Service
	dashboards *dashboard.Service
}

// New returns the service.
func New(cfg Config) *wire.Service {
	a := &api{metrics: cfg.Metrics, alarms: cfg.Alarms, dashboards: cfg.Dashboards}
	s := wire.NewService(&shape.Model)
	s.Errors = translate
	s.Internal = internal
	a.metricHandlers(s)
	a.alarmHandlers(s)
	return s
}

func (a *api) alarmHandlers(s *wire.Service) {
	wire.Handle(s, "PutMetricAlarm", a.putMetricAlarm)
	wire.Handle(s, "PutCompositeAlarm", a.putCompositeAlarm)
	wire.Handle(s, "DescribeAlarms", a.describeAlarms)
	wire.Handle(s, "DescribeAlarmsForMetric", a.describeAlarmsForMetric)
	wire.Handle(s, "DescribeAlarmHistory", a.describeHistory)
	wire.Handle(s, "SetAlarmState", a.setState)
	wire.Handle(s, "EnableAlarmActions", a.enableActions)
	wire.Handle(s, "DisableAlarmActions", a.disableActions)
	wire.Handle(s, "DeleteAlarms", a.deleteAlarms)
	wire.Handle(s, "TagResource", a.tag)
	wire.Handle(s, "UntagResource", a.untag)
	wire.Handle(s, "ListTagsForResource", a.listTags)
}

func scope(r *wire.Request) function.Scope {
	return function.Scope{Account: r.Account, Region: r.Region}
}

// value is what a member says, or nothing.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
