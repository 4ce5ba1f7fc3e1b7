// What the AWS SDK for JavaScript sees: a function is made, called through a weighted alias, and deployed.
// Run by test_js.py with the variables that `sluice env` prints. Exits with 1 at the first thing that is not as it should.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  CreateAliasCommand, CreateFunctionCommand, GetAliasCommand, GetFunctionCommand, InvokeCommand, LambdaClient,
  PublishVersionCommand, UpdateAliasCommand, UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import {
  CodeDeployClient, CreateApplicationCommand, CreateDeploymentCommand, CreateDeploymentGroupCommand,
  GetDeploymentCommand, waitUntilDeploymentSuccessful,
} from "@aws-sdk/client-codedeploy";

const lambda = new LambdaClient({});
const codedeploy = new CodeDeployClient({});
const FunctionName = "from-javascript";
const Role = "arn:aws:iam::000000000000:role/lambda";

const created = await lambda.send(new CreateFunctionCommand({
  FunctionName, Runtime: "nodejs20.x", Handler: "index.handler", Role,
  Code: { ZipFile: readFileSync(process.argv[2]) },
}));
assert.equal(created.State, "Pending");
await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 10, minDelay: 1 }, { FunctionName });

await lambda.send(new PublishVersionCommand({ FunctionName }));
await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { STAGE: "two" } } }));
await lambda.send(new PublishVersionCommand({ FunctionName }));
await lambda.send(new CreateAliasCommand({
  FunctionName, Name: "live", FunctionVersion: "1", RoutingConfig: { AdditionalVersionWeights: { 2: 0.25 } },
}));
const versions = {};
for (let i = 0; i < 40; i++) {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: "live", Payload: JSON.stringify({ i }) }));
  assert.equal(answer.FunctionError, undefined);
  const body = JSON.parse(Buffer.from(answer.Payload).toString());
  assert.deepEqual(body, { version: answer.ExecutedVersion, event: { i } });
  versions[body.version] = (versions[body.version] ?? 0) + 1;
}
assert.deepEqual(versions, { 1: 30, 2: 10 });
const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName }));
const download = await fetch(Code.Location);
assert.deepEqual(Buffer.from(await download.arrayBuffer()), readFileSync(process.argv[2]));

await lambda.send(new UpdateAliasCommand({ FunctionName, Name: "live", RoutingConfig: { AdditionalVersionWeights: {} } }));
await codedeploy.send(new CreateApplicationCommand({ applicationName: "js", computePlatform: "Lambda" }));
await codedeploy.send(new CreateDeploymentGroupCommand({
  applicationName: "js", deploymentGroupName: "js", serviceRoleArn: Role,
  deploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
  deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
}));
const content = JSON.stringify({
  version: 0.0,
  Resources: [{ f: { Type: "AWS::Lambda::Function", Properties: {
    Name: FunctionName, Alias: "live", CurrentVersion: "1", TargetVersion: "2",
  } } }],
});
const { deploymentId } = await codedeploy.send(new CreateDeploymentCommand({
  applicationName: "js", deploymentGroupName: "js",
  revision: { revisionType: "AppSpecContent", appSpecContent: { content } },
}));
await waitUntilDeploymentSuccessful({ client: codedeploy, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { deploymentId });
const { deploymentInfo } = await codedeploy.send(new GetDeploymentCommand({ deploymentId }));
assert.ok(deploymentInfo.completeTime instanceof Date);
const alias = await lambda.send(new GetAliasCommand({ FunctionName, Name: "live" }));
assert.equal(alias.FunctionVersion, "2");
await assert.rejects(codedeploy.send(new GetDeploymentCommand({ deploymentId: "d-AAAAAAAAA" })), { name: "DeploymentDoesNotExistException" });
