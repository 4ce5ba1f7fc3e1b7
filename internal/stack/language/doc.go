// Package language is the transform AWS::LanguageExtensions and the inclusion of snippets, AWS::Include: functions from tree to tree.
//
// The other intrinsic functions belong to internal/stack/template, SAM to internal/stack/sam. Called by
// internal/stack/transform, which joins the transforms.
package language
