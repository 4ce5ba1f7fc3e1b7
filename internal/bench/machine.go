package main

import (
	"fmt"
	"os"
	"strings"
)

// processor returns the processor's name, if the system tells it.
func processor() string {
	content, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	for line := range strings.Lines(string(content)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return "unknown processor"
}

// memory returns how much memory the machine has, if the system tells it.
func memory() string {
	content, err := os.ReadFile("/proc/meminfo")
	var kilobytes float64
	if err != nil {
		return "an unknown amount"
	}
	if _, err := fmt.Sscanf(string(content), "MemTotal: %g kB", &kilobytes); err != nil {
		return "an unknown amount"
	}
	return fmt.Sprintf("%.0f GB", kilobytes/1e6)
}

// kernel returns the system's release, if it tells it.
func kernel() string {
	content, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(content))
}
