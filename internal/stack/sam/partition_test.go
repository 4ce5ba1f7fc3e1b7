package sam

import "testing"

func TestPartitionOf(t *testing.T) {
	for region, want := range map[string]string{
		"eu-west-1": "aws", "": "aws", "cn-north-1": "aws-cn", "us-gov-west-1": "aws-us-gov", "us-iso-east-1": "aws-iso",
		"us-isob-east-1": "aws-iso-b", "EUSC-de-east-1": "aws-eusc",
	} {
		if got := partitionOf(region); got != want {
			t.Errorf("%s is in %s, want %s", region, got, want)
		}
	}
}

func TestPartitionIsInTheARNsOfManagedPolicies(t *testing.T) {
	tr := &transform{partition: "aws-cn"}
	for name, want := range map[string]string{
		"AmazonS3ReadOnlyAccess":  "arn:aws-cn:iam::aws:policy/AmazonS3ReadOnlyAccess",
		"arn:aws:iam::1:policy/x": "arn:aws:iam::1:policy/x",
		"Unknown":                 "Unknown",
	} {
		if got := tr.policyARN(name); got != want {
			t.Errorf("%s: %v, want %s", name, got, want)
		}
	}
}
