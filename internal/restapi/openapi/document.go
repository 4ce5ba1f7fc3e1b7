package openapi

import "sluice/internal/oas"

// object is an object of a document.
type object = oas.Object
