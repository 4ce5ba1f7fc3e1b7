package function

import (
	"strconv"
	"strings"
	"time"
)

// Scope is the account and region that a record belongs to. Every record is keyed by one.
type Scope struct {
	Account string // twelve digits
	Region  string // such as us-east-1
}

// ID identifies a function.
type ID struct {
	Scope
	Name string
}

// ARN returns the function's unqualified Amazon resource name.
func (id ID) ARN() string {
	return "arn:aws:lambda:" + id.Region + ":" + id.Account + ":function:" + id.Name
}

// Qualified returns the name of one of the function's versions or aliases; with an empty qualifier, the function's.
func (id ID) Qualified(qualifier string) string {
	if qualifier == "" {
		return id.ARN()
	}
	return id.ARN() + ":" + qualifier
}

// Function is what stays the same while versions come and go.
type Function struct {
	ID      ID
	Created time.Time
	// Tags are labels of the function as a whole. They are not configuration: changing them permits no new version.
	Tags map[string]string
	// Recursion is RecursionAllowed, RecursionTerminated, or empty if nobody has set it.
	Recursion string
	// CodeSigning is the ARN of the function's code signing configuration, or empty.
	CodeSigning string
	// Published is the highest version number that was ever given out, 0 before the first. It never goes down, so
	// a number is never used again, even after its version is deleted.
	Published Number
	// Latest is the function's unpublished code and configuration, $LATEST.
	Latest Version
}

// Number numbers a function's versions from 1 on. The zero Number is $LATEST.
type Number int

// Latest is the number of a function's unpublished version.
const Latest Number = 0

// String returns $LATEST or the number in digits.
func (n Number) String() string {
	if n == Latest {
		return "$LATEST"
	}
	return strconv.Itoa(int(n))
}

// ParseNumber reads what String writes. It refuses 0, signs, leading zeros and anything over nine digits.
func ParseNumber(s string) (n Number, ok bool) {
	if s == "$LATEST" {
		return Latest, true
	}
	if s == "" || len(s) > 9 || s[0] == '0' || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	i, err := strconv.Atoi(s)
	return Number(i), err == nil
}
