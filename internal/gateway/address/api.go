package address

import (
	"net/http"
	"strings"
)

// APIPath begins the path of a stage for clients that can't resolve its host: behind it come the API's ID, the stage and
// the path that the API is to see.
const APIPath = "/_sluice/execute-api/"

// Another emulator's path form, /restapis/ID/STAGE/_user_request_/PATH, is served too: AWS's own API has no such paths.
const (
	foreignPrefix = "/restapis/"
	foreignMark   = "_user_request_"
)

// apiZone follows the ID in the host of an API.
const apiZone = ".execute-api."

// ToAPI reports whether a request goes to a stage of an API.
func ToAPI(r *http.Request) bool {
	return inAPIZone(r.Host) || strings.HasPrefix(r.URL.Path, APIPath) || isForeign(r)
}

func inAPIZone(host string) bool {
	dot := strings.IndexByte(host, '.')
	return dot > 0 && len(host) >= dot+len(apiZone) && strings.EqualFold(host[dot:dot+len(apiZone)], apiZone)
}

// isForeign looks at the path as it was sent, like FindAPI: an escaped slash divides nothing.
func isForeign(r *http.Request) bool {
	if !strings.HasPrefix(r.URL.Path, foreignPrefix) {
		return false
	}
	parts := strings.SplitN(strings.TrimPrefix(r.URL.EscapedPath(), foreignPrefix), "/", 4)
	return len(parts) > 2 && parts[2] == foreignMark
}

// FindAPI reads a request to an API. Behind the region any domain will do: amazonaws.com as on AWS, localhost, or one that
// somebody lets point to this machine.
func FindAPI(r *http.Request) Destination {
	path := r.URL.EscapedPath()
	if inAPIZone(r.Host) {
		id, rest, _ := strings.Cut(strings.ToLower(r.Host), ".")
		region, _, _ := strings.Cut(rest[len(apiZone)-1:], ".")
		return Destination{ID: id, Region: region, Host: r.Host, Path: path}
	}
	if rest, ok := strings.CutPrefix(path, APIPath); ok {
		id, below, _ := strings.Cut(rest, "/")
		return Destination{ID: id, Path: "/" + below}
	}
	parts := strings.SplitN(strings.TrimPrefix(path, foreignPrefix), "/", 4)
	below := "/" + parts[1]
	if len(parts) > 3 {
		below += "/" + parts[3]
	}
	return Destination{ID: parts[0], Path: below}
}

// CutStage takes the stage's name from the beginning of a path; what is left begins with a slash, or is one.
func CutStage(path string) (stage, rest string) {
	stage, rest, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return stage, "/" + rest
}
