package doctor

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"time"
)

// toolTime is how long the AWS CLI may take to tell its version: it is a Python program, and most of it is loaded for that.
const toolTime = 10 * time.Second

// examineTool asks the AWS CLI on the PATH for its version.
func examineTool(ctx context.Context) Finding {
	path, err := exec.LookPath("aws")
	if err != nil {
		return Finding{Subject: "AWS CLI", State: Partly, Detail: "none on the PATH",
			Advice: "Install it to type commands; SDKs and deploy tools need none."}
	}
	ctx, cancel := context.WithTimeout(ctx, toolTime)
	defer cancel()
	command := exec.CommandContext(ctx, path, "--version")
	command.WaitDelay = time.Second        // a script's child may hold the output open
	version, _ := command.CombinedOutput() // old ones tell it on standard error; what failed has told none
	return toolFinding(path, string(version))
}

var toolVersion = regexp.MustCompile(`\baws-cli/(\d+)\.(\d+)\.\S+`)

// pointed is the first minor version of each major one that reads AWS_ENDPOINT_URL (the changelogs of the AWS CLI at 1.29.0
// and 2.13.0).
var pointed = map[int]int{1: 29, 2: 13}

// toolFinding judges what `aws --version` printed.
func toolFinding(path, printed string) Finding {
	f := Finding{Subject: "AWS CLI", State: Yes}
	found := toolVersion.FindStringSubmatch(printed)
	if found == nil {
		f.State, f.Detail = Partly, path+" does not tell its version"
		f.Advice = "If it reaches AWS rather than this machine, give it --endpoint-url with the server's address."
		return f
	}
	f.Detail = fmt.Sprintf("%s at %s", found[0], path)
	major, _ := strconv.Atoi(found[1]) // digits
	minor, _ := strconv.Atoi(found[2])
	if major < 1 || minor < pointed[major] {
		f.State, f.Detail = Partly, f.Detail+", which does not read AWS_ENDPOINT_URL"
		f.Advice = "Use 2.13, 1.29 or later, or give each command --endpoint-url with the server's address: else it goes to AWS."
	}
	return f
}
