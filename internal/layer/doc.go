// Package layer knows layers: packages that are laid over one another below functions' code, in numbered versions that
// never change and whose numbers are never used again.
//
// Service publishes, finds and deletes versions, keeps their resource policies, and chooses the ones that a function's
// configuration names. internal/api/lambda calls it. What a function does with its layers is internal/function's and
// internal/host's business: a configuration notes what its layers contain, so deleting a version takes nothing from the
// functions that use it. Records are kept behind Store, and contents behind Packages.
package layer
