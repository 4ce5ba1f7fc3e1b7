package cloudwatch

import "sluice/internal/api/wire"

// metricHandlers registers what is about metrics and dashboards.
func (a *api) metricHandlers(*wire.Service) {}
