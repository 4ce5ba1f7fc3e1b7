package sam

import "strings"

// partitionOf returns the partition that a region belongs to, by the region's prefix.
func partitionOf(region string) string {
	region = strings.ToLower(region)
	for _, p := range [...][2]string{
		{"cn-", "aws-cn"}, {"us-iso-", "aws-iso"}, {"us-isob", "aws-iso-b"}, {"us-gov", "aws-us-gov"}, {"eu-isoe", "aws-iso-e"},
		{"us-isof", "aws-iso-f"}, {"eusc-", "aws-eusc"},
	} {
		if strings.HasPrefix(region, p[0]) {
			return p[1]
		}
	}
	return "aws"
}
