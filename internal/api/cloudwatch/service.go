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
	s.SystemTags = "aws: prefixed tag key names are not allowed for external use."
	s.Internal = internal
	wire.Handle(s, "PutMetricData", a.putMetricData)
	wire.Handle(s, "GetMetricData", a.getMetricData)
	wire.Handle(s, "GetMetricStatistics", a.getMetricStatistics)
	wire.Handle(s, "ListMetrics", a.listMetrics)
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
	wire.Handle(s, "PutDashboard", a.putDashboard)
	wire.Handle(s, "GetDashboard", a.getDashboard)
	wire.Handle(s, "ListDashboards", a.listDashboards)
	wire.Handle(s, "DeleteDashboards", a.deleteDashboards)
	return s
}

func scope(r *wire.Request) function.Scope {
	return function.Scope{Account: r.Account, Region: r.Region}
}
