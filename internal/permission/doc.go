// Package permission keeps the resource policies of functions, of their versions and of their aliases: who from outside the
// account may do what with each.
//
// Its rules are pure, and after the first request of a function they are asked without a look at the store. What a statement
// says and which one matches is internal/policy's business. Who signs a request with the account's own keys needs no
// permission: internal/gateway asks for those of all others. internal/api/lambda changes and shows policies, and
// internal/store keeps them.
package permission
