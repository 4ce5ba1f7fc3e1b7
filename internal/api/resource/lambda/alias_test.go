package lambda_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/clock"
	"sluice/internal/stack"
)

const linear, canary, atOnce = "CodeDeployDefault.LambdaLinear10PercentEvery1Minute", "CodeDeployDefault.LambdaCanary10Percent30Minutes", "CodeDeployDefault.LambdaAllAtOnce"

// shifting is a server, among others at the same time, with a function that has the versions 1 to 3 and an alias at 1, which a deployment group moves.
type shifting struct {
	*resourcetest.Fixture
	alias *stack.Order
}

// A minute takes 10 ms here, and 30 minutes 18 s at the scale 100, so that what waits for the end of a canary fails.
func newShifting(t *testing.T, scale clock.Scale, config string) *shifting {
	t.Helper()
	t.Parallel()
	f := resourcetest.InRegion(t, scale)
	function := f.Order("F", "AWS::Lambda::Function", object{
		"FunctionName": "f", "Role": resourcetest.RoleARN, "Runtime": "nodejs22.x", "Handler": "index.handler", "Code": object{"ZipFile": "exports.handler = async () => 1"},
	})
	f.Create(function)
	for _, description := range []string{"one", "two", "three"} {
		resourcetest.Eventually(t, "an update", func() bool {
			_, err := f.Try("Lambda", "UpdateFunctionConfiguration", object{"FunctionName": "f", "Description": description})
			return err == nil
		})
		f.Call("Lambda", "PublishVersion", object{"FunctionName": "f"})
	}
	f.Create(f.Order("App", "AWS::CodeDeploy::Application", object{"ApplicationName": "app", "ComputePlatform": "Lambda"}))
	f.Create(f.Order("Ring", "AWS::CloudWatch::Alarm", object{
		"AlarmName": "ring", "Namespace": "n", "MetricName": "m", "Statistic": "Sum", "Period": "60", "EvaluationPeriods": "1", "Threshold": "1",
		"ComparisonOperator": "GreaterThanThreshold",
	}))
	f.Create(f.Order("Group", "AWS::CodeDeploy::DeploymentGroup", object{
		"ApplicationName": "app", "DeploymentGroupName": "group", "DeploymentConfigName": config, "ServiceRoleArn": resourcetest.RoleARN,
		"DeploymentStyle":           object{"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
		"AlarmConfiguration":        object{"Enabled": true, "Alarms": []any{object{"Name": "ring"}}},
		"AutoRollbackConfiguration": object{"Enabled": "true", "Events": []any{"DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_FAILURE"}},
	}))
	alias := f.Order("Live", "AWS::Lambda::Alias", object{"FunctionName": "f", "Name": "live", "FunctionVersion": "1"})
	alias.UpdatePolicy = object{"CodeDeployLambdaAliasUpdate": object{"ApplicationName": "app", "DeploymentGroupName": "group"}}
	f.Create(alias)
	return &shifting{f, alias}
}

// to is an order to move the alias.
func (s *shifting) to(version string) *stack.Order {
	return s.Change(s.alias, object{"FunctionVersion": version})
}

// wantAt checks that the alias is at one version and that no deployment moves it.
func (s *shifting) wantAt(version string) {
	s.T.Helper()
	found := s.Call("Lambda", "GetAlias", object{"FunctionName": "f", "Name": "live"})
	if found["FunctionVersion"] != version || found["RoutingConfig"] != nil {
		s.T.Errorf("the alias is at %v with %v, want %s alone", found["FunctionVersion"], found["RoutingConfig"], version)
	}
	if _, err := s.Try("Lambda", "UpdateAlias", object{"FunctionName": "f", "Name": "live", "FunctionVersion": version}); err != nil {
		s.T.Errorf("the alias is not free: %v", err)
	}
}

// deployments lists the IDs of all deployments, the newest first.
func (s *shifting) deployments() []any {
	s.T.Helper()
	all, _ := s.Call("CodeDeploy", "ListDeployments", object{})["deployments"].([]any)
	return all
}

func (s *shifting) deploymentOf(id any) object {
	s.T.Helper()
	found, _ := s.Call("CodeDeploy", "GetDeployment", object{"deploymentId": id})["deploymentInfo"].(object)
	return found
}

// byHand starts a deployment as somebody would who uses the command line.
func (s *shifting) byHand(current, target string) any {
	s.T.Helper()
	spec := `{"version":"0.0","Resources":[{"f":{"Type":"AWS::Lambda::Function","Properties":{"Name":"f","Alias":"live","CurrentVersion":"` + current + `","TargetVersion":"` + target + `"}}}]}`
	id := s.Call("CodeDeploy", "CreateDeployment", object{
		"applicationName": "app", "deploymentGroupName": "group", "revision": object{"revisionType": "AppSpecContent", "appSpecContent": object{"content": spec}},
	})["deploymentId"]
	s.shifts()
	return id
}

// shifts waits until the alias is at two versions.
func (s *shifting) shifts() {
	s.T.Helper()
	resourcetest.Eventually(s.T, "a shift", func() bool {
		return s.Call("Lambda", "GetAlias", object{"FunctionName": "f", "Name": "live"})["RoutingConfig"] != nil
	})
}

func (s *shifting) ring(state string) {
	s.T.Helper()
	s.Call("CloudWatch", "SetAlarmState", object{"AlarmName": "ring", "StateValue": state, "StateReason": "by hand"})
}

// begin gives an order to update, and returns its end.
func (s *shifting) begin(ctx context.Context, o *stack.Order) <-chan error {
	end := make(chan error, 1)
	go func() {
		_, err := s.Provider.Update(ctx, o)
		end <- err
	}()
	return end
}

func TestAnAliasIsMovedByADeployment(t *testing.T) {
	s := newShifting(t, 6000, linear)
	o, noted := s.to("2"), &resourcetest.Notes{}
	noted.Of(o)
	made := s.Update(o)
	s.Equal("the alias's ARN", made.PhysicalID, s.Function("f:live"))
	s.Equal("the attribute", made.Attributes["AliasArn"], s.Function("f:live"))
	s.wantAt("2")
	id := s.deployments()[0].(string)
	s.Equal("the note", noted.Text(), "CodeDeploy deployment started: "+id)
	s.Equal("the configuration", s.deploymentOf(id)["deploymentConfigName"], linear)
	s.Equal("the creator", s.deploymentOf(id)["creator"], "user")
}

// What does not change the version moves nothing by a deployment.
func TestAnAliasIsSetWithoutADeployment(t *testing.T) {
	for name, order := range map[string]func(*shifting) *stack.Order{
		"a description":     func(s *shifting) *stack.Order { return s.Change(s.alias, object{"Description": "new"}) },
		"no policy":         func(s *shifting) *stack.Order { s.alias.UpdatePolicy = nil; return s.to("2") },
		"the goal by hand":  func(s *shifting) *stack.Order { s.place("2", nil); return s.to("2") },
		"a version of none": func(s *shifting) *stack.Order { return s.to("$LATEST") },
		"no routing any more": func(s *shifting) *stack.Order {
			s.place("1", object{"2": 0.5})
			return s.Change(s.alias, object{"Description": "new"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShifting(t, 6000, atOnce)
			o := order(s)
			s.Update(o)
			s.wantAt(o.Properties["FunctionVersion"].(string))
			if all := s.deployments(); len(all) > 0 {
				t.Errorf("there are deployments: %v", all)
			}
		})
	}
}

// place sets the alias by hand.
func (s *shifting) place(version string, weights object) {
	s.T.Helper()
	in := object{"FunctionName": "f", "Name": "live", "FunctionVersion": version}
	if weights != nil {
		in["RoutingConfig"] = object{"AdditionalVersionWeights": weights}
	}
	s.Call("Lambda", "UpdateAlias", in)
}

func TestWeightsOfATemplate(t *testing.T) {
	s := newShifting(t, 6000, atOnce)
	s.alias.UpdatePolicy = nil
	weighted := s.Change(s.alias, object{"RoutingConfig": object{"AdditionalVersionWeights": []any{object{"FunctionVersion": "2", "FunctionWeight": "0.25"}}}})
	s.Update(weighted)
	found := s.Call("Lambda", "GetAlias", object{"FunctionName": "f", "Name": "live"})
	s.Equal("the weight", resourcetest.At(found, "RoutingConfig", "AdditionalVersionWeights", "2"), 0.25)
	s.Update(s.Change(weighted, object{"RoutingConfig": nil}))
	s.wantAt("1")
}

// failed is what a stack tells of a deployment that failed, recorded in a run of 2026-08-08.
var failed = regexp.MustCompile(`^Resource handler returned message: "(d-[0-9A-Z]{9}) failed\. (.+)" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: InternalFailure\)$`)

func TestADeploymentFails(t *testing.T) {
	s := newShifting(t, 100, canary)
	o, noted := s.to("2"), &resourcetest.Notes{}
	noted.Of(o)
	end := s.begin(t.Context(), o)
	s.shifts()
	s.ring("ALARM")
	err := <-end
	if err == nil || !failed.MatchString(err.Error()) {
		t.Fatalf("the reason is %v", err)
	}
	s.wantAt("1")
	ids := s.deployments()
	s.Equal("the notes", noted.Text(), "CodeDeploy deployment started: "+ids[1].(string)+"\nCodeDeploy rollback deployment started: "+ids[0].(string))
}

// While the alarm rings that stopped the deployment, what is undone is undone at once and without another deployment.
func TestAnUpdateIsUndoneWhileTheAlarmRings(t *testing.T) {
	s := newShifting(t, 6000, atOnce)
	s.Update(s.to("2"))
	s.ring("ALARM")
	back := s.Change(s.to("2"), object{"FunctionVersion": "1"})
	back.Undo = true
	s.Update(back)
	s.wantAt("1")
	if all := s.deployments(); len(all) != 1 {
		t.Errorf("there are %d deployments, want that of the update alone", len(all))
	}
}

func TestAnUndoStopsWhatMovesTheAlias(t *testing.T) {
	for name, policy := range map[string]object{
		"in its group":     {"CodeDeployLambdaAliasUpdate": object{"ApplicationName": "app", "DeploymentGroupName": "group"}},
		"in another group": {"CodeDeployLambdaAliasUpdate": object{"ApplicationName": "app", "DeploymentGroupName": "another"}},
		"without a policy": nil,
	} {
		t.Run(name, func(t *testing.T) {
			s := newShifting(t, 100, canary)
			id := s.byHand("1", "2")
			o := s.Change(s.to("3"), object{"FunctionVersion": "1"})
			o.Undo, o.UpdatePolicy = true, policy
			s.Update(o)
			s.wantAt("1")
			s.Equal("the deployment", s.deploymentOf(id)["status"], "Stopped")
		})
	}
}

func TestAnUndoMakesAnAliasAgainThatIsGone(t *testing.T) {
	s := newShifting(t, 6000, atOnce)
	s.Call("Lambda", "DeleteAlias", object{"FunctionName": "f", "Name": "live"})
	o := s.Change(s.to("2"), object{"FunctionVersion": "1"})
	o.Undo = true
	s.Update(o)
	s.wantAt("1")
}

// A second update comes while a deployment moves the alias: it waits for its end.
func TestAnUpdateWaitsForAnotherDeployment(t *testing.T) {
	s := newShifting(t, 6000, linear)
	id := s.byHand("1", "2")
	s.Update(s.to("3"))
	s.wantAt("3")
	s.Equal("the deployment before", s.deploymentOf(id)["status"], "Succeeded")
}

var errGivenUp = errors.New("an update was cancelled")

func TestACancelledUpdateIsRolledBack(t *testing.T) {
	s := newShifting(t, 100, canary)
	ctx, cancel := context.WithCancelCause(t.Context())
	end := s.begin(ctx, s.to("2"))
	s.shifts()
	cancel(errGivenUp)
	if err := <-end; !errors.Is(err, errGivenUp) || err.Error() != errGivenUp.Error() {
		t.Errorf("the reason is %v", err)
	}
	s.wantAt("1")
	s.Equal("the deployment", s.deploymentOf(s.deployments()[1])["status"], "Stopped")
}

// When the server closes, the deployment goes on, and the order that is repeated after that follows it.
func TestARepeatedUpdateFollowsItsDeployment(t *testing.T) {
	s := newShifting(t, 6000, linear)
	ctx, cancel := context.WithCancelCause(t.Context())
	o := s.to("2")
	end := s.begin(ctx, o)
	s.shifts()
	cancel(stack.ErrClosing)
	if err := <-end; !errors.Is(err, stack.ErrClosing) {
		t.Errorf("the reason is %v", err)
	}
	o.Repeated = true
	s.Update(o)
	s.wantAt("2")
	if all := s.deployments(); len(all) != 1 {
		t.Errorf("there are %d deployments, want one", len(all))
	}
}

func TestAnAliasThatSomebodyChangedByHand(t *testing.T) {
	for name, byHand := range map[string]func(*shifting){
		"another version": func(s *shifting) { s.place("2", nil) },
		"two versions":    func(s *shifting) { s.place("1", object{"2": 0.3}) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newShifting(t, 6000, linear)
			byHand(s)
			s.Update(s.to("3"))
			s.wantAt("3")
			s.Equal("the deployment", s.deploymentOf(s.deployments()[0])["status"], "Succeeded")
		})
	}
}

// A version that was kept when its resource was removed is in a template again.
func TestAnAliasGoesBackToAVersion(t *testing.T) {
	s := newShifting(t, 6000, linear)
	forth := s.to("2")
	s.Update(forth)
	s.Update(s.Change(forth, object{"FunctionVersion": "1"}))
	s.wantAt("1")
	if all := s.deployments(); len(all) != 2 {
		t.Errorf("there are %d deployments, want two", len(all))
	}
}

func TestADeletedAliasIsMovedNoMore(t *testing.T) {
	s := newShifting(t, 100, canary)
	id := s.byHand("1", "2")
	s.Delete(s.alias)
	s.Missing("Lambda", "GetAlias", object{"FunctionName": "f", "Name": "live"}, "ResourceNotFoundException")
	s.Equal("the deployment", s.deploymentOf(id)["status"], "Stopped")
}

func TestARepeatedCreationTakesTheAliasThatIsThere(t *testing.T) {
	s := newShifting(t, 6000, atOnce)
	again := s.Order("Live", "AWS::Lambda::Alias", s.alias.Properties)
	if _, err := s.Provider.Create(t.Context(), again); err == nil || !strings.Contains(err.Error(), "HandlerErrorCode: AlreadyExists") {
		t.Errorf("a second alias: %v", err)
	}
	again.Repeated = true
	s.Equal("the alias", s.Create(again).PhysicalID, s.Function("f:live"))
}

func TestAnAliasWithHooksThatDoNotExist(t *testing.T) {
	s := newShifting(t, 6000, atOnce)
	s.alias.UpdatePolicy["CodeDeployLambdaAliasUpdate"].(object)["BeforeAllowTrafficHook"] = "CodeDeployHook_none"
	_, err := s.Provider.Update(t.Context(), s.to("2"))
	if err == nil || !failed.MatchString(err.Error()) || !strings.Contains(err.Error(), "lifecycle event validation functions failed") {
		t.Errorf("the reason is %v", err)
	}
	s.wantAt("1")
}

func TestAPolicyWhoseGroupDoesNotExist(t *testing.T) {
	s := newShifting(t, 6000, atOnce)
	s.alias.UpdatePolicy["CodeDeployLambdaAliasUpdate"].(object)["DeploymentGroupName"] = "none"
	_, err := s.Provider.Update(t.Context(), s.to("2"))
	if err == nil || !strings.Contains(err.Error(), "(Service: CodeDeploy, Status Code: 400, Request ID: ") || !strings.Contains(err.Error(), "HandlerErrorCode: NotFound") {
		t.Errorf("the reason is %v", err)
	}
	s.wantAt("1")
}
