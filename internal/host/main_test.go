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
	id := answer.Header.Get("Lambda-Runtime-Aws-Request-Id")
	url := api + "invocation/" + id + "/"
	var event struct {
		Do    string
		Text  string
		Times int
	}
	_ = json.Unmarshal(payload, &event)
	switch event.Do {
	case "":
		post(url+"response", string(payload), "")
	case "headers":
		b, _ := json.Marshal(answer.Header)
		post(url+"response", string(b), "")
	case "env":
		b, _ := json.Marshal(os.Environ())
		post(url+"response", string(b), "")
	case "pid":
		post(url+"response", fmt.Sprint(os.Getpid()), "")
	case "chunked":
		post(url+"response", event.Text, "chunked")
	case "text":
		post(url+"response", strings.Repeat(event.Text, max(event.Times, 1)), "")
	case "print":
		fmt.Print(strings.Repeat(event.Text, max(event.Times, 1)))
		post(url+"response", `"printed"`, "")
	case "fail":
		post(url+"error", `{"errorType":"Broken","errorMessage":"on purpose"}`, "Broken")
	case "fail-silently":
		post(url+"error", "", "Silent")
	case "exit":
		os.Exit(event.Times)
	case "answer-and-exit":
		post(url+"response", string(payload), "")
		os.Exit(0)
	case "signal":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	case "sleep":
		fmt.Println("going to sleep")
		time.Sleep(time.Duration(event.Times) * time.Millisecond)
		post(url+"response", string(payload), "")
	case "eat":
		var eaten [][]byte
		for {
			eaten = append(eaten, bytes.Repeat([]byte{1}, 1<<20))
			time.Sleep(time.Millisecond)
			_ = eaten
		}
	case "child":
		child := exec.Command("sleep", "300")
		_ = child.Start()
		post(url+"response", fmt.Sprint(child.Process.Pid), "")
	case "write-file":
		_ = os.WriteFile(os.TempDir()+"/kept", []byte(event.Text), 0o600)
		post(url+"response", "null", "")
	case "read-file":
		b, _ := os.ReadFile(os.TempDir() + "/kept")
		post(url+"response", fmt.Sprintf("%q", b), "")
	}
	return true
}

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
