// Package stack makes, changes and deletes stacks: sets of resources that a template describes.
//
// An operation is planned (which resources are new, changed, replaced or gone, and in which order: compare.go and graph.go are
// pure) and then carried out by the service, resource by resource, as far as the graph allows at once. What is about to be done is stored before
// it is done, so that a server that was killed goes on with the operation or rolls it back.
//
// A stack's status says what is being done, and with the resources' records all that a server needs to go on:
//
//	CREATE_IN_PROGRESS ─► CREATE_COMPLETE, CREATE_FAILED or
//	    ROLLBACK_IN_PROGRESS ─► ROLLBACK_COMPLETE, ROLLBACK_FAILED
//	UPDATE_IN_PROGRESS ─► UPDATE_COMPLETE_CLEANUP_IN_PROGRESS ─► UPDATE_COMPLETE, or UPDATE_FAILED or
//	    UPDATE_ROLLBACK_IN_PROGRESS ─► UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS ─► UPDATE_ROLLBACK_COMPLETE
//	                                └► UPDATE_ROLLBACK_FAILED
//	DELETE_IN_PROGRESS ─► DELETE_COMPLETE, DELETE_FAILED
//
// The way forward only makes and changes; what is replaced or no longer wanted goes in a cleanup, once nothing can fail any more. A rollback
// therefore finds everything that was there before. The update of a nested stack waits before its cleanup (Stack.Held) until its root's own
// can't fail any more: the cleanup of a stack commits those that it nests, its rollback has them take their updates back.
//
// What a template says belongs to internal/stack/template, what SAM's short forms stand for to internal/stack/sam, what a
// resource type is and how one is made to a Provider (internal/api/resource). Called by internal/api/cloudformation.
package stack
