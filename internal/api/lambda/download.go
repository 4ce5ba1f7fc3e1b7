package lambda

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// DownloadPath is where the server has to serve Downloads.
const DownloadPath = "/_sluice/packages/"

// downloadTime is how long a location works, as on AWS (page GetFunction).
const downloadTime = 10 * time.Minute

// Downloads serves deployment packages at the locations that GetFunction gives out. A location is signed, so that
// whoever has it can load the package, for ten minutes and without keys, and nobody else can.
type Downloads struct {
	packages Packages
	secret   []byte
	logger   *slog.Logger
	now      func() time.Time
}

// NewDownloads returns Downloads whose locations are signed with the secret. The logger hears of packages that can't be
// read.
func NewDownloads(packages Packages, secret string, logger *slog.Logger) *Downloads {
	return &Downloads{packages: packages, secret: []byte(secret), logger: logger, now: time.Now}
}

// location returns a URL on the server that the request came to.
func (d *Downloads) location(r *wire.Request, digest string) string {
	query := url.Values{"sha256": {digest}, "expires": {strconv.FormatInt(d.now().Add(downloadTime).Unix(), 10)}}
	query.Set("signature", d.sign(query))
	return "http://" + r.HTTP.Host + DownloadPath + "package.zip?" + query.Encode()
}

func (d *Downloads) sign(query url.Values) string {
	h := hmac.New(sha256.New, d.secret)
	h.Write([]byte("package\n" + query.Get("sha256") + "\n" + query.Get("expires")))
	return hex.EncodeToString(h.Sum(nil))
}

// ServeHTTP sends the package that a location names.
func (d *Downloads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	expires, err := strconv.ParseInt(query.Get("expires"), 10, 64)
	if err != nil || !hmac.Equal([]byte(query.Get("signature")), []byte(d.sign(query))) {
		http.Error(w, "This location was not given out by GetFunction here, or was changed.", http.StatusForbidden)
		return
	}
	if d.now().Unix() > expires {
		http.Error(w, "This location has expired. Ask GetFunction for a new one.", http.StatusForbidden)
		return
	}
	file, err := d.packages.Open(r.Context(), query.Get("sha256"))
	if errors.Is(err, fs.ErrNotExist) || fault.Is(err, fault.NotFound, "") {
		http.Error(w, "The package is not there any more.", http.StatusNotFound)
		return
	} else if err != nil {
		d.logger.ErrorContext(r.Context(), "a package can't be read", "sha256", query.Get("sha256"), "error", err)
		http.Error(w, "The package can't be read.", http.StatusInternalServerError)
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", "application/zip")
	http.ServeContent(w, r, "", time.Time{}, file)
}
