package resource

// Buckets keeps buckets and what is set on them.
type Buckets interface{}
