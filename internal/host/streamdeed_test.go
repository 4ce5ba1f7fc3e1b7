package host

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
)

// stream answers piece by piece: with Text, Times times, and then, when a file is there, in the way of End.
func (e event) stream(url string) {
	body, writer := io.Pipe()
	req, _ := http.NewRequest(http.MethodPost, url+"response", body)
	req.Header.Set("Lambda-Runtime-Function-Response-Mode", "streaming")
	req.Header.Set("Content-Type", "text/plain")
	req.Trailer = http.Header{"Lambda-Runtime-Function-Error-Type": nil, "Lambda-Runtime-Function-Error-Body": nil}
	go e.write(writer, req.Trailer)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
}

func (e event) write(to *io.PipeWriter, trailer http.Header) {
	for range e.Times {
		_, _ = io.WriteString(to, e.Text)
	}
	if e.Until != "" {
		await(e.Until)
	}
	switch e.End {
	case "exit":
		os.Exit(3)
	case "hang":
		select {}
	case "break":
		_ = to.CloseWithError(errors.New("the connection breaks"))
		return
	case "":
		_, _ = io.WriteString(to, "end")
	default:
		trailer.Set("Lambda-Runtime-Function-Error-Type", e.End)
		report := `{"errorType":"` + e.End + `","errorMessage":"` + strings.Repeat("m", 10_000) + `"}`
		trailer.Set("Lambda-Runtime-Function-Error-Body", base64.StdEncoding.EncodeToString([]byte(report)))
	}
	_ = to.Close()
}

// readerHandler is a handler of AWS's library for Go, which streams what it returns as a reader.
func readerHandler(_ context.Context, e struct {
	Text, Until string
	Fail        bool
}) (io.Reader, error) {
	body, writer := io.Pipe()
	go func() {
		_, _ = io.WriteString(writer, e.Text)
		if e.Until != "" {
			await(e.Until)
		}
		if e.Fail {
			_ = writer.CloseWithError(errors.New("on purpose"))
			return
		}
		_, _ = io.WriteString(writer, "end")
		_ = writer.Close()
	}()
	return body, nil
}
