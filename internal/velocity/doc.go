// Package velocity renders mapping templates, written in the Velocity Template Language (version 1.7) as API Gateway runs it:
// references and their methods, #set, #if, #foreach, #define, #macro, and what API Gateway adds: $input, $util and the maps
// that a caller names, such as $context.
//
// It is pure, and bounded in steps, depth and size, so that no template hangs: one that goes too far ends in an error. Which
// template a request gets and what becomes of its text do not belong here. Called by internal/gateway. Sources: the "Velocity
// Template Language reference" of Apache Velocity 1.7, and API Gateway's page "Variables for data transformations".
package velocity
