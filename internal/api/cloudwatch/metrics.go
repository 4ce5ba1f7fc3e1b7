package cloudwatch

import "sluice/internal/api/wire"

// metricHandlers registers what is about metrics and dashboards.
func (a *api) metricHandlers(s *wire.Service) {
	wire.Handle(s, "PutMetricData", a.putMetricData)
	wire.Handle(s, "GetMetricData", a.getMetricData)
	wire.Handle(s, "GetMetricStatistics", a.getMetricStatistics)
	wire.Handle(s, "ListMetrics", a.listMetrics)
	wire.Handle(s, "PutDashboard", a.putDashboard)
	wire.Handle(s, "GetDashboard", a.getDashboard)
	wire.Handle(s, "ListDashboards", a.listDashboards)
	wire.Handle(s, "DeleteDashboards", a.deleteDashboards)
}
