package host

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

// TestMain lets the test binary be a function's bootstrap too, so that tests need nothing but themselves.
func TestMain(m *testing.M) {
	if os.Getenv("HOST_TEST_BOOTSTRAP") != "" {
		bootstrapMain()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// bootstrapMain is a custom runtime. The handler's name says how it starts, the event what it does.
func bootstrapMain() {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/"
	switch os.Getenv("_HANDLER") {
	case "exit-at-start":
		fmt.Println("starting in vain")
		os.Exit(7)
	case "exit-0-at-start":
		return
	case "hang-at-start":
		select {}
	case "fail-at-start":
		post(api+"init/error", `{"errorType":"Init.Broken","errorMessage":"no database"}`, "Init.Broken")
		os.Exit(1)
	case "one-call":
		call(api)
		return
	case "eater":
		deeds["eat"](event{}, "")
	case "aws-lambda-go":
		lambda.Start(readerHandler)
		return
	}
	for call(api) {
	}
}

// call serves one call and reports whether to go on.
func call(api string) bool {
	answer, err := http.Get(api + "invocation/next")
	if err != nil {
		return false
	}
	payload, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil || answer.StatusCode != http.StatusOK {
		return false
	}
	var e event
	_ = json.Unmarshal(payload, &e)
	e.payload, e.header = string(payload), answer.Header
	if do, ok := deeds[e.Do]; ok {
		do(e, api+"invocation/"+answer.Header.Get("Lambda-Runtime-Aws-Request-Id")+"/")
	}
	return true
}

// event is what a test asks of the function, and how it came.
type event struct {
	Do    string
	Text  string
	Times int
	Until string // a file to wait for before the answer's end
	End   string // how a streamed answer ends, if not well

	payload string
	header  http.Header
}

// deeds are what the function can do. Each answers below the call's URL, if at all.
var deeds = map[string]func(e event, url string){
	"":        func(e event, url string) { respond(url, e.payload) },
	"try":     func(e event, url string) { respond(url, fmt.Sprintf("%q", attempt(e))) },
	"headers": func(e event, url string) { respond(url, string(must(json.Marshal(e.header)))) },
	"env":     func(_ event, url string) { respond(url, string(must(json.Marshal(os.Environ())))) },
	"pid":     func(_ event, url string) { respond(url, fmt.Sprint(os.Getpid())) },
	"chunked": func(e event, url string) { post(url+"response", e.Text, "chunked") },
	"text":    func(e event, url string) { respond(url, e.repeated()) },
	"print": func(e event, url string) {
		fmt.Print(e.repeated())
		respond(url, `"printed"`)
	},
	"fail": func(_ event, url string) {
		post(url+"error", `{"errorType":"Broken","errorMessage":"on purpose"}`, "Broken")
	},
	"stream":        func(e event, url string) { e.stream(url) },
	"fail-silently": func(_ event, url string) { post(url+"error", "", "Silent") },
	"exit":          func(e event, _ string) { os.Exit(e.Times) },
	"answer-and-exit": func(e event, url string) {
		respond(url, e.payload)
		os.Exit(0)
	},
	"signal": func(event, string) {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	},
	"sleep": func(e event, url string) {
		fmt.Println("going to sleep")
		time.Sleep(time.Duration(e.Times) * time.Millisecond)
		respond(url, e.payload)
	},
	"hold": func(e event, url string) {
		fmt.Println("holding on")
		await(e.Text)
		respond(url, e.payload)
	},
	"eat": func(event, string) {
		var eaten [][]byte
		for {
			eaten = append(eaten, bytes.Repeat([]byte{1}, 1<<20))
			time.Sleep(time.Millisecond)
			_ = eaten
		}
	},
	"child": func(_ event, url string) {
		child := exec.Command("sleep", "300")
		_ = child.Start()
		respond(url, fmt.Sprint(child.Process.Pid))
	},
	"write-file": func(e event, url string) {
		_ = os.WriteFile(os.TempDir()+"/kept", []byte(e.Text), 0o600)
		respond(url, "null")
	},
	"read-file": func(_ event, url string) {
		b, _ := os.ReadFile(os.TempDir() + "/kept")
		respond(url, fmt.Sprintf("%q", b))
	},
}

// await returns when a file is there.
func await(file string) {
	for _, err := os.Stat(file); err != nil; _, err = os.Stat(file) {
		time.Sleep(time.Millisecond)
	}
}

func (e event) repeated() string { return strings.Repeat(e.Text, max(e.Times, 1)) }

func respond(url, body string) { post(url+"response", body, "") }

func post(url, body, errorType string) {
	var content io.Reader = strings.NewReader(body)
	if errorType == "chunked" {
		content = io.MultiReader(content) // of unknown length
	}
	req, _ := http.NewRequest(http.MethodPost, url, content)
	req.Header.Set("Lambda-Runtime-Function-Error-Type", errorType)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
}
