package ssm

import (
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// listPage is how many items lists have if nobody asks for fewer (AWS's page "DescribeParameters" and its siblings).
const listPage = 50

func size(asked *int64, usual int) int {
	if asked == nil {
		return usual
	}
	return int(*asked)
}

// The lists that are given in pages.
const (
	parameters       wire.List = "parameters"
	parametersByPath wire.List = "path"
	history          wire.List = "history"
)

// placeOf returns the last item of the page before, empty for the first page. It fails on a token of another list.
func placeOf(list wire.List, token *string) (last string, err error) {
	last, ok := list.Place(token)
	if !ok {
		return "", fault.Errorf(fault.Invalid, "token", "The specified token is not valid.")
	}
	return last, nil
}
