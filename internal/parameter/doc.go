// Package parameter keeps parameters: values under names, in hierarchies such as /team/app/rate, with all their versions.
//
// Secure values are sealed before they are stored and opened only for who asks for that. What is taken from a parameter at
// another time, such as by a template, does not belong here, nor do change calendars, documents and whatever else AWS's
// Systems Manager does. Called by internal/api/ssm.
package parameter
