package cloudwatch

import "testing"

// The whole life of dashboards, and their errors, as whole replies.
func TestDashboards(t *testing.T) {
	tr := &transcript{desk: newDesk(t)}
	tr.ask("one is put", "PutDashboard", object{"DashboardName": "one", "DashboardBody": `{"widgets": [ ]}`})
	tr.ask("another is put", "PutDashboard", object{"DashboardName": "two", "DashboardBody": `{}`})
	tr.ask("it is found", "GetDashboard", object{"DashboardName": "one"})
	tr.ask("both are listed", "ListDashboards", object{})
	tr.ask("those of a prefix are listed", "ListDashboards", object{"DashboardNamePrefix": "tw"})
	tr.ask("none has the prefix", "ListDashboards", object{"DashboardNamePrefix": "x"})
	tr.ask("a token is none", "ListDashboards", object{"NextToken": "x"})
	tr.ask("a name is none", "PutDashboard", object{"DashboardName": "a b", "DashboardBody": "{}"})
	tr.ask("a body is none", "PutDashboard", object{"DashboardName": "a", "DashboardBody": "["})
	tr.ask("none is deleted if one is missing", "DeleteDashboards", object{"DashboardNames": items{"one", "three"}})
	tr.ask("both are deleted", "DeleteDashboards", object{"DashboardNames": items{"one", "two"}})
	tr.ask("nothing is found", "GetDashboard", object{"DashboardName": "one"})
	tr.ask("nothing is listed", "ListDashboards", object{})
	tr.compare("dashboards")
}
