package demo

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
)

// Handler is the handler's name of the demo's function. A program that is started with it as _HANDLER is to call
// Bootstrap.
const Handler = "sluice-demo"

// Bootstrap answers invocations with the version that runs, until the host stops the process.
func Bootstrap() error {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	body := fmt.Appendf(nil, `{"version":%q}`, os.Getenv("AWS_LAMBDA_FUNCTION_VERSION"))
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
		answer, err := http.Post(api+id+"/response", "application/json", bytes.NewReader(body))
		if err != nil {
			return fmt.Errorf("answer the invocation: %w", err)
		}
		answer.Body.Close()
	}
}
