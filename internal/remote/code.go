package remote

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"

	"sluice/internal/fault"
)

// Download writes the package of a version, or of $LATEST, which is a zip. Errors: fault.Invalid "package" for a function
// that is made of a container image; fault.Unavailable "package" when what comes is not what the endpoint says it is.
func (e *Endpoint) Download(ctx context.Context, name, qualifier string, to io.Writer) error {
	function, err := e.function(ctx, name, qualifier)
	if err != nil {
		return err
	}
	if function.Code == nil || text(function.Code.Location) == "" {
		return fault.Errorf(fault.Invalid, "package", "%s has no package that can be downloaded", name)
	}
	sum := sha256.New()
	if err := fetch(ctx, text(function.Code.Location), io.MultiWriter(to, sum)); err != nil {
		return fault.Errorf(fault.Unavailable, "package", "download the package of %s: %w", name, err)
	}
	if digest := base64.StdEncoding.EncodeToString(sum.Sum(nil)); digest != text(function.Configuration.CodeSha256) {
		return fault.Errorf(fault.Unavailable, "package", "download the package of %s: it came with the digest %s, and should have %s",
			name, digest, text(function.Configuration.CodeSha256))
	}
	return nil
}

// fetch writes what is at a URL that is signed already. The errors of net/http have the URL, whose signature is nobody's
// business: only their causes are told.
func fetch(ctx context.Context, address string, to io.Writer) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return cause(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return cause(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fault.Errorf(fault.Unavailable, "package", "the answer was %s", answer.Status)
	}
	_, err = io.Copy(to, answer.Body)
	return err
}

func cause(err error) error {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return failed.Err
	}
	return err
}
