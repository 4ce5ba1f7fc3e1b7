package sluice

import "sluice/internal/api/shape"

// Prefix is where the paths of the API begin.
const Prefix = "/_sluice/deployments/"

// model is the API. It has the form of AWS's, so that requests are signed, read and refused as theirs are.
var model = shape.Model{
	Name: "Sluice", SigningName: "sluice", Version: "2026-11-21", Protocols: []shape.Protocol{shape.RestJSON},
	Operations: []shape.Operation{
		operation("GetDeployment", "GET", ""),
		operation("PauseDeployment", "POST", "/pause"),
		operation("ResumeDeployment", "POST", "/resume"),
		operation("PromoteDeployment", "POST", "/promote"),
	},
}

func operation(name, method, path string) shape.Operation {
	return shape.Operation{
		Name: name, Method: method, Path: Prefix + "{deploymentId}" + path, Status: 200,
		Input: (*deploymentRequest)(nil), Output: (*deployment)(nil),
	}
}

type deploymentRequest struct {
	DeploymentID *string `json:"-" uri:"deploymentId"`
}

// deployment is where a deployment stands.
type deployment struct {
	DeploymentID string `json:"deploymentId"`
	Status       string `json:"status"` // as CodeDeploy's
	// TargetWeight is the share of the traffic that the target version was given last, from 0 to 1.
	TargetWeight float64 `json:"targetWeight"`
	Paused       bool    `json:"paused"`
	// NextShift is when the target's share grows next; absent while the deployment waits for something else.
	NextShift *shape.Timestamp `json:"nextShift,omitzero"`
}
