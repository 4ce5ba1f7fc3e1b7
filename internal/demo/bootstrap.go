package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
)

// Handler is the handler's name of the demo's function. A program that is started with it as _HANDLER is to call
// Bootstrap.
const Handler = "sluice-demo"

// RateVariable is the one setting of the function, an environment variable. A version whose rate is no number fails each call.
const RateVariable = "RATE"

// Bootstrap answers invocations until the host stops the process: with the version that runs, or, if its setting RATE is
// there and is no number, with an error.
func Bootstrap() error {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	path, body := reply(os.Getenv("AWS_LAMBDA_FUNCTION_VERSION"), os.Getenv(RateVariable))
	for {
		next, err := http.Get(api + "next")
		if err != nil {
			return fmt.Errorf("ask for the next invocation: %w", err)
		}
		if _, err := io.Copy(io.Discard, next.Body); err != nil {
			return fmt.Errorf("read the invocation: %w", err)
		}
		next.Body.Close()
		id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
		answer, err := http.Post(api+id+path, "application/json", bytes.NewReader(body))
		if err != nil {
			return fmt.Errorf("answer the invocation: %w", err)
		}
		answer.Body.Close()
	}
}

// reply is where each invocation's answer goes in the runtime's API, and what it is.
func reply(version, rate string) (path string, body []byte) {
	if _, err := strconv.ParseFloat(rate, 64); rate != "" && err != nil {
		body, _ = json.Marshal(map[string]string{ // strings can't fail
			"errorType": "BadSetting", "errorMessage": fmt.Sprintf("%s is %q, which is no number", RateVariable, rate),
		})
		return "/error", body
	}
	return "/response", fmt.Appendf(nil, `{"version":%q}`, version)
}
