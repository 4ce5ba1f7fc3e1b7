package httpapi

import "sluice/internal/executeapi"

// ID identifies an HTTP API.
type ID = executeapi.ID
