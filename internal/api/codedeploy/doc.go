// Package codedeploy speaks AWS CodeDeploy's API for the Lambda platform: requests become calls of rollout.Service, and
// what it returns AWS's answers.
//
// No rule lives here. What a name may look like is internal/rollout's business; what AWS calls it when it does not is
// this package's. Members that concern servers and containers are refused, and docs/aws-compatibility.md lists what is
// kept without effect.
package codedeploy
