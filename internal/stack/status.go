package stack

// Status is a stack's, in AWS's words (CloudFormation User Guide, "Stack status codes").
type Status string

// The statuses.
const (
	CreateInProgress                Status = "CREATE_IN_PROGRESS"
	CreateFailed                    Status = "CREATE_FAILED"
	CreateComplete                  Status = "CREATE_COMPLETE"
	RollbackInProgress              Status = "ROLLBACK_IN_PROGRESS"
	RollbackFailed                  Status = "ROLLBACK_FAILED"
	RollbackComplete                Status = "ROLLBACK_COMPLETE"
	DeleteInProgress                Status = "DELETE_IN_PROGRESS"
	DeleteFailed                    Status = "DELETE_FAILED"
	DeleteComplete                  Status = "DELETE_COMPLETE"
	UpdateInProgress                Status = "UPDATE_IN_PROGRESS"
	UpdateCleanupInProgress         Status = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
	UpdateComplete                  Status = "UPDATE_COMPLETE"
	UpdateFailed                    Status = "UPDATE_FAILED"
	UpdateRollbackInProgress        Status = "UPDATE_ROLLBACK_IN_PROGRESS"
	UpdateRollbackFailed            Status = "UPDATE_ROLLBACK_FAILED"
	UpdateRollbackCleanupInProgress Status = "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"
	UpdateRollbackComplete          Status = "UPDATE_ROLLBACK_COMPLETE"
	ReviewInProgress                Status = "REVIEW_IN_PROGRESS"
)

// Running reports whether an operation is being carried out. A stack in review waits for somebody.
func (s Status) Running() bool {
	switch s {
	case CreateInProgress, RollbackInProgress, DeleteInProgress, UpdateInProgress, UpdateCleanupInProgress, UpdateRollbackInProgress,
		UpdateRollbackCleanupInProgress:
		return true
	}
	return false
}

// Updatable reports whether an update may begin.
func (s Status) Updatable() bool {
	switch s {
	case CreateComplete, UpdateComplete, UpdateRollbackComplete, CreateFailed, UpdateFailed:
		return true
	}
	return false
}

// ResourceStatus is that of a stack's resource, in AWS's words.
type ResourceStatus string

// The statuses of resources.
const (
	Creating      ResourceStatus = "CREATE_IN_PROGRESS"
	Created       ResourceStatus = "CREATE_COMPLETE"
	CreateRefused ResourceStatus = "CREATE_FAILED"
	Updating      ResourceStatus = "UPDATE_IN_PROGRESS"
	Updated       ResourceStatus = "UPDATE_COMPLETE"
	UpdateRefused ResourceStatus = "UPDATE_FAILED"
	Deleting      ResourceStatus = "DELETE_IN_PROGRESS"
	Deleted       ResourceStatus = "DELETE_COMPLETE"
	DeleteRefused ResourceStatus = "DELETE_FAILED"
	DeleteSkipped ResourceStatus = "DELETE_SKIPPED"
)
