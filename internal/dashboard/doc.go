// Package dashboard keeps dashboards: documents that say what a page of graphs shows. Nothing here
// draws them: they are kept because deploy tools put them beside the alarms and expect to find them again.
//
// A dashboard belongs to an account, in all regions (its ARN names none). What its widgets mean does not belong here.
// Called by internal/api/cloudwatch.
package dashboard
