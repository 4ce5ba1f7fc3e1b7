package gateway

import (
	"net/http"
	"strings"
)

// APIPathPrefix begins the path of a stage for clients that can't resolve its host: behind it come the API's ID, the stage and
// the path that the API is to see.
const APIPathPrefix = "/_sluice/execute-api/"

// Another emulator's path form, /restapis/ID/STAGE/_user_request_/PATH, is served too: AWS's own API has no such paths.
const (
	foreignPrefix = "/restapis/"
	foreignMark   = "_user_request_"
)

// apiZone follows the ID in the host of an API.
const apiZone = ".execute-api."

// toAPI reports whether a request goes to a stage of an API.
func toAPI(r *http.Request) bool {
	return inAPIZone(r.Host) || strings.HasPrefix(r.URL.Path, APIPathPrefix) || isForeign(r.URL.Path)
}

func inAPIZone(host string) bool {
	dot := strings.IndexByte(host, '.')
	return dot > 0 && len(host) >= dot+len(apiZone) && strings.EqualFold(host[dot:dot+len(apiZone)], apiZone)
}

func isForeign(path string) bool {
	rest, ok := strings.CutPrefix(path, foreignPrefix)
	if !ok {
		return false
	}
	parts := strings.SplitN(rest, "/", 4)
	return len(parts) > 2 && parts[2] == foreignMark
}

// apiDestination is what a request says of the API that it means. Path begins with the stage, unless the API has one without
// a name, and is as it was sent, with its escapes.
type apiDestination struct {
	id     string // in lower case
	region string // in lower case; empty if the request does not say
	host   string // as it was sent; empty if it is not the API's own
	path   string
}

// findAPI reads a request to an API. Behind the region any domain will do: amazonaws.com as on AWS, localhost, or one that
// somebody lets point to this machine.
func findAPI(r *http.Request) apiDestination {
	path := r.URL.EscapedPath()
	if inAPIZone(r.Host) {
		id, rest, _ := strings.Cut(strings.ToLower(r.Host), ".")
		region, _, _ := strings.Cut(rest[len(apiZone)-1:], ".")
		return apiDestination{id: id, region: region, host: r.Host, path: path}
	}
	if rest, ok := strings.CutPrefix(path, APIPathPrefix); ok {
		id, below, _ := strings.Cut(rest, "/")
		return apiDestination{id: id, path: "/" + below}
	}
	parts := strings.SplitN(strings.TrimPrefix(path, foreignPrefix), "/", 4)
	below := "/" + parts[1]
	if len(parts) > 3 {
		below += "/" + parts[3]
	}
	return apiDestination{id: parts[0], path: below}
}

// cutStage takes the stage's name from the beginning of a path; what is left begins with a slash, or is one.
func cutStage(path string) (stage, rest string) {
	stage, rest, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return stage, "/" + rest
}

// APIURL returns the address of an API's stage: http://ID.execute-api.REGION.localhost:PORT/STAGE.
func (a Address) APIURL(id, region, stage string) string {
	return "http://" + a.apiHost(id, region) + "/" + stage
}

func (a Address) apiHost(id, region string) string {
	return a.withPort(id + apiZone + region + ".localhost")
}
