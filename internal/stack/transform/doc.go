// Package transform turns a template into the one that its transforms make of it, each in its turn: a function from source to tree.
//
// Snippets are included first, then AWS::LanguageExtensions loops and computes, and SAM comes last, so that it sees what the others
// made ("Using CloudFormation template macros", section "Macro evaluation order"). What each of them does belongs to internal/stack/language
// and internal/stack/sam, where snippets lie to whoever fetches them, and when a template is expanded to internal/stack. Called by
// internal/server, which hands it to the service of stacks as its stack.Expand.
package transform
