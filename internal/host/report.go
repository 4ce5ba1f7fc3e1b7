package host

import (
	"strconv"
	"strings"
	"time"

	"sluice/internal/function"
)

// The platform's lines as text, in the forms that AWS writes (recording test_invocation_type_event_error; a failed start as
// AWS logged one in 2025).

// runtimeVersion names the runtime.
func runtimeVersion(v *function.Version) (name, arn string) {
	name = v.Config.Runtime
	if i := strings.IndexAny(name, "0123456789."); i > 0 {
		name = name[:i] + ":" + strings.TrimSuffix(strings.TrimPrefix(name[i:], "."), ".x")
	}
	return name, v.RuntimeARN()
}

func initStart(v *function.Version) []byte {
	name, arn := runtimeVersion(v)
	return []byte("INIT_START Runtime Version: " + name + "\tRuntime Version ARN: " + arn + "\n")
}

// initReport tells of a start that failed.
func initReport(phase string, took time.Duration, f startFailure) []byte {
	b := append([]byte("INIT_REPORT Init Duration: "), milliseconds(took)...)
	b = append(b, " ms\tPhase: "+phase+"\tStatus: "+f.status...)
	if f.status == "error" {
		b = append(b, "\tError Type: "+f.errorType...)
	}
	return append(b, '\n')
}

func milliseconds(d time.Duration) []byte { return appendMilliseconds(nil, d) }

// appendMilliseconds writes d in milliseconds with two decimals, without the detour of a floating-point format.
func appendMilliseconds(b []byte, d time.Duration) []byte {
	hundredths := (max(d, 0) + 5*time.Microsecond) / (10 * time.Microsecond)
	b = strconv.AppendInt(b, int64(hundredths/100), 10)
	rest := hundredths % 100
	return append(b, '.', byte('0'+rest/10), byte('0'+rest%10))
}

func appendStart(b []byte, id string, n function.Number) []byte {
	b = append(append(b, "START RequestId: "...), id...)
	b = append(b, " Version: "...)
	if n == function.Latest {
		b = append(b, "$LATEST"...)
	} else {
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return append(b, '\n')
}

func appendEnd(b []byte, id string) []byte {
	b = append(append(b, "END RequestId: "...), id...)
	return append(b, '\n')
}

// appendReport writes the line that tells a call's cost: durations in ms, memory in MB. initTime is not 0 for the
// first call after a start.
func appendReport(b []byte, id string, memory int, end callEnd, initTime time.Duration) []byte {
	b = append(append(b, "REPORT RequestId: "...), id...)
	b = append(b, "\tDuration: "...)
	b = appendMilliseconds(b, end.took)
	b = append(b, " ms\tBilled Duration: "...)
	b = strconv.AppendInt(b, billed(end.took), 10)
	b = append(b, " ms\tMemory Size: "...)
	b = strconv.AppendInt(b, int64(memory), 10)
	b = append(b, " MB\tMax Memory Used: "...)
	b = strconv.AppendInt(b, int64(end.megabytes(memory)), 10)
	b = append(b, " MB"...)
	if initTime > 0 {
		b = append(b, "\tInit Duration: "...)
		b = appendMilliseconds(b, initTime)
		b = append(b, " ms"...)
	}
	b = append(b, '\t')
	if end.status != "" {
		b = append(append(b, "Status: "...), end.status...)
	}
	if end.errorType != "" {
		b = append(append(b, "\tError Type: "...), end.errorType...)
	}
	return append(b, '\n')
}
