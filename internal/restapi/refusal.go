package restapi

import "sluice/internal/fault"

// The refusals, in AWS's words.

func noAPI(id ID) error {
	return fault.Errorf(fault.NotFound, "REST API", "Invalid API identifier specified %s:%s", id.Account, id.API)
}

// absent is about a part of an API that is not there, called as AWS calls it.
func absent(what string) error {
	return fault.Errorf(fault.NotFound, what, "Invalid %s identifier specified", what)
}

func noResource() error { return absent("Resource") }

func noStatus() error {
	return fault.Errorf(fault.NotFound, "response", "Invalid Response status code specified")
}

func noParameter() error {
	return fault.Errorf(fault.NotFound, "parameter", "Invalid parameter name specified")
}

func noContentType() error {
	return fault.Errorf(fault.NotFound, "content type", "Content-Type specified was not found")
}

func noModel(name string) error {
	return fault.Errorf(fault.NotFound, "model", "Invalid model name specified: %s", name)
}

func bad(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "request", format, args...)
}

func taken(format string, args ...any) error {
	return fault.Errorf(fault.Conflict, "request", format, args...)
}

func tooMany(what string, most int) error {
	return fault.Errorf(fault.Limit, what, "Maximum number of %s for this API has been reached. Please contact AWS if you need additional %s. At most %d are possible.", what, what, most)
}

// missing words a record that is not there; other errors stay.
func missing(err, as error) error {
	if fault.Is(err, fault.NotFound, "") {
		return as
	}
	return err
}
