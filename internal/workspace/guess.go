package workspace

import (
	"os"
	"path/filepath"
	"regexp"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// entry is a file with which code for Lambda often begins.
type entry struct {
	file, runtime, module string
	functions             *regexp.Regexp // finds the functions that the file offers; nil for a program
	usual                 string
}

var (
	pythonFunction = regexp.MustCompile(`(?m)^(?:async )?def (\w+)\(`)
	nodeFunction   = regexp.MustCompile(`(?m)^\s*(?:module\.)?exports\.(\w+)\s*=|^export\s+(?:const|let|var|async function|function)\s+(\w+)`)
)

// entries are looked for in this order.
var entries = []entry{
	{"bootstrap", "provided.al2023", "bootstrap", nil, ""},
	{"index.mjs", "nodejs22.x", "index", nodeFunction, "handler"},
	{"index.js", "nodejs22.x", "index", nodeFunction, "handler"},
	{"index.cjs", "nodejs22.x", "index", nodeFunction, "handler"},
	{"lambda_function.py", "python3.13", "lambda_function", pythonFunction, "lambda_handler"},
	{"app.py", "python3.13", "app", pythonFunction, "lambda_handler"},
	{"handler.py", "python3.13", "handler", pythonFunction, "handler"},
	{"main.py", "python3.13", "main", pythonFunction, "handler"},
}

// Guess tells runtime and handler of a folder of code from its files. Errors: fault.NotFound "code" when the folder has
// none of the files that code often begins with.
func Guess(folder string) (deployer.Settings, error) {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return deployer.Settings{}, fault.Errorf(fault.NotFound, "code", "there is no folder %s: name the one with the code by --code", folder)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(folder, e.file))
		if err != nil {
			continue
		}
		return deployer.Settings{Runtime: e.runtime, Handler: e.handler(text)}, nil
	}
	return deployer.Settings{}, fault.Errorf(fault.NotFound, "code",
		"%s has no bootstrap, index.js, index.mjs, lambda_function.py, app.py, handler.py or main.py: write the code first, or name its folder by --code", folder)
}

// handler names the function that is likely meant: the usual one, else a usual one of others, else the last.
func (e *entry) handler(text []byte) string {
	if e.functions == nil {
		return e.module
	}
	name, best := e.usual, 0
	for _, match := range e.functions.FindAllSubmatch(text, -1) {
		found := string(match[1])
		if found == "" && len(match) > 2 {
			found = string(match[2])
		}
		rank := 1
		switch found {
		case e.usual:
			rank = 3
		case "handler", "lambda_handler", "main":
			rank = 2
		}
		if rank >= best {
			name, best = found, rank
		}
	}
	return e.module + "." + name
}
