package restapi

import "sluice/internal/executeapi"

// ID identifies a REST API.
type ID = executeapi.ID
