// Package policy knows resource policies: the statements that say who may do what with a function or a layer, as AWS
// writes them, and whether they allow a request.
//
// It is pure: it keeps nothing and asks nobody. internal/function and internal/layer hold documents and change them,
// internal/gateway asks whether one allows its caller. What a caller's own identity allows, and policies of roles, do not
// belong here; nor does the wording of AWS's error names.
package policy
