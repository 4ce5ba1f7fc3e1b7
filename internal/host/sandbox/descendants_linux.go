package sandbox

import (
	"os"
	"strconv"
	"strings"
)

// Descendants returns the processes that a process has started, and those that these have, and so on: without the ones
// that have lost their parent to another. It is empty where the kernel does not tell.
func Descendants(pid int) []int {
	var all []int
	for next := []int{pid}; len(next) > 0; {
		children := childrenOf(next[0])
		next = append(next[1:], children...)
		all = append(all, children...)
	}
	return all
}

func childrenOf(pid int) (children []int) {
	folder := "/proc/" + strconv.Itoa(pid) + "/task"
	dir, err := os.Open(folder)
	if err != nil {
		return nil
	}
	threads, _ := dir.Readdirnames(-1)
	_ = dir.Close()
	for _, thread := range threads {
		text, err := os.ReadFile(folder + "/" + thread + "/children")
		if err != nil {
			continue
		}
		for _, field := range strings.Fields(string(text)) {
			if child, err := strconv.Atoi(field); err == nil {
				children = append(children, child)
			}
		}
	}
	return children
}
