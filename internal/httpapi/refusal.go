package httpapi

import "sluice/internal/fault"

// The refusals, in AWS's words where they are known.

func noAPI(id ID) error {
	return fault.Errorf(fault.NotFound, "HTTP API", "Invalid API identifier specified %s:%s", id.Account, id.API)
}

// absent is about a part of an API that is not there, called as AWS calls it.
func absent(what string) error {
	return fault.Errorf(fault.NotFound, what, "Invalid %s identifier specified", what)
}

func bad(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "request", format, args...)
}

// unserved is about what AWS has and Sluice hasn't.
func unserved(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "unserved", format, args...)
}

func taken(format string, args ...any) error {
	return fault.Errorf(fault.Conflict, "request", format, args...)
}

func tooMany(what string, most int) error {
	return fault.Errorf(fault.Invalid, what,
		"Maximum number of %s for this API has been reached. Please contact AWS if you need additional %s. At most %d are possible.", what, what, most)
}

// missing words a record that is not there; other errors stay.
func missing(err, as error) error {
	if fault.Is(err, fault.NotFound, "") {
		return as
	}
	return err
}
