package address

import (
	"net/http"
	"strings"

	"sluice/internal/functionurl"
)

// URLPath begins the path of a function URL for clients that can't resolve its host: behind it come the URL's ID and the path
// that the function is to see.
const URLPath = "/_sluice/url/"

// urlZone follows the ID in a function URL's host.
const urlZone = ".lambda-url."

// ToURL reports whether a request goes to a function URL, whose ID has a fixed length.
func ToURL(r *http.Request) bool {
	return inURLZone(r.Host) || strings.HasPrefix(r.URL.Path, URLPath)
}

func inURLZone(host string) bool {
	const end = functionurl.IDLength + len(urlZone)
	return len(host) > end && host[functionurl.IDLength] == '.' && strings.EqualFold(host[functionurl.IDLength:end], urlZone)
}

// FindURL reads a request to a function URL. Behind the region any domain will do: on.aws as on AWS, localhost, or one that
// somebody lets point to this machine.
func FindURL(r *http.Request) Destination {
	if inURLZone(r.Host) {
		host := strings.ToLower(r.Host)
		region, _, _ := strings.Cut(host[functionurl.IDLength+len(urlZone):], ".")
		return Destination{ID: host[:functionurl.IDLength], Region: region, Host: r.Host, Path: r.URL.EscapedPath()}
	}
	id, path, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), URLPath), "/")
	return Destination{ID: id, Path: "/" + path}
}
