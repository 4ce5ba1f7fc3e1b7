package functionurl

import (
	"cmp"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// The refusals. Their texts are AWS's (recorded: TestLambdaUrl.test_url_config_exceptions and test_url_config_lifecycle).

func noFunction() error {
	return fault.Errorf(fault.NotFound, "function", "Function does not exist")
}

func noURL() error {
	return fault.Errorf(fault.NotFound, "function URL", "The resource you requested does not exist.")
}

func taken(id function.ID, qualifier string) error {
	return fault.Errorf(fault.Conflict, "function URL",
		"Failed to create function url config for [functionArn = %s]. Error message:  FunctionUrlConfig exists for this Lambda function",
		id.Qualified(qualifier))
}

// missing words a record that is not there; other errors stay.
func missing(err, as error) error {
	if fault.Is(err, fault.NotFound, "") {
		return as
	}
	return err
}

// checkOwner refuses a function or an alias that does not exist.
func checkOwner(r Reader, id function.ID, qualifier string) error {
	_, err := r.Function(id)
	if qualifier != "" {
		_, noAlias := r.Alias(id, qualifier)
		err = cmp.Or(err, noAlias)
	}
	return missing(err, noFunction())
}
