package cloudformation

import "testing"

const (
	exporting = `{"Resources":{"One":{"Type":"Test::Any::Thing","Properties":{"Value":"1"}}},"Outputs":{"O":{"Value":"VALUE","Export":{"Name":"shared"}}}}`
	importing = `{"Resources":{"One":{"Type":"Test::Any::Thing","Properties":{"Value":{"Fn::ImportValue":"shared"}}}}}`
)

// An export that others use holds its stack, until they use it no more.
func TestExportsInUse(t *testing.T) {
	d := newDesk(t)
	id := d.create("giver", exporting)
	d.wantRefused(400, "ValidationError", "Export &#39;shared&#39; is not imported by any stack.", "ListImports", "ExportName", "shared")
	d.create("taker", importing)
	d.wantIn([]string{"<ExportingStackId>" + id + "</ExportingStackId><Name>shared</Name><Value>VALUE</Value>"}, "ListExports")
	d.wantIn([]string{"<Imports><member>taker</member></Imports>"}, "ListImports", "ExportName", "shared")
	d.wantIn([]string{"{&#34;Value&#34;:&#34;VALUE&#34;}"}, "DescribeStackEvents", "StackName", "taker")

	t.Run("hold against a deletion", func(t *testing.T) {
		d.t = t
		d.wantRefused(400, "ValidationError", "Export shared cannot be deleted as it is in use by taker", "DeleteStack", "StackName", "giver")
	})
	t.Run("hold against an update without them", func(t *testing.T) {
		d.t = t
		d.must("UpdateStack", "StackName", "giver", "TemplateBody", simple)
		d.wantStatus("giver", "UPDATE_ROLLBACK_COMPLETE", "")
		d.wantIn([]string{"Export shared cannot be deleted as it is in use by taker"}, "DescribeStackEvents", "StackName", "giver")
	})
	t.Run("are one stack's", func(t *testing.T) {
		d.t = t
		d.create("other", exporting)
		d.wantStatus("other", "ROLLBACK_COMPLETE", "")
		d.wantIn([]string{"Export with name shared is already exported by stack giver."}, "DescribeStackEvents", "StackName", "other")
	})
	t.Run("go when nobody uses them", func(t *testing.T) {
		d.t = t
		taker := d.settle("taker")
		d.must("DeleteStack", "StackName", "taker")
		d.wantStatus(taker, "DELETE_COMPLETE", "")
		d.must("DeleteStack", "StackName", "giver")
		d.wantStatus(id, "DELETE_COMPLETE", "")
		d.wantIn([]string{"<Exports></Exports>"}, "ListExports")
	})
}

func TestImportsOfNothingFail(t *testing.T) {
	d := newDesk(t)
	d.create("taker", importing)
	d.wantStatus("taker", "ROLLBACK_COMPLETE", "")
	d.wantIn([]string{"No export named shared found."}, "DescribeStackEvents", "StackName", "taker")
}
