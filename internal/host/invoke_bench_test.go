package host

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sluice/internal/function"
	"sluice/internal/logfile"
)

var _ Logs = (*logfile.Files)(nil)

// handler builds the handler that all invoke benchmarks run: an aws-lambda-go function, whose source is in the folder
// that HOST_BENCH_HANDLER names.
func handler(b *testing.B) string {
	b.Helper()
	source := os.Getenv("HOST_BENCH_HANDLER")
	if source == "" {
		b.Skip("HOST_BENCH_HANDLER names no folder with a handler to measure with")
	}
	built := filepath.Join(b.TempDir(), "bootstrap")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", built, ".")
	build.Dir, build.Env = source, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Skipf("the handler can't be built here: %v\n%s", err, out)
	}
	content, err := os.ReadFile(built)
	if err != nil {
		b.Fatal(err)
	}
	return string(content)
}

// benchRig is a host with logs on disk.
func benchRig(b *testing.B, mode SandboxMode) (*rig, *function.Version) {
	b.Helper()
	logs, err := logfile.Open(b.TempDir(), nil)
	if err != nil {
		b.Fatal(err)
	}
	r := newRig(b, func(c *Config) { c.Logs, c.Sandbox = logs, mode })
	b.Cleanup(func() { _ = logs.Close() })
	return r, r.version(b, "provided.al2023", "bootstrap", map[string]string{"bootstrap*": handler(b)})
}

func benchCall() *function.Call {
	return &function.Call{
		RequestID:  "00000000-0000-4000-8000-000000000012",
		InvokedARN: "arn:aws:lambda:us-east-1:111111111111:function:fn-1:LIVE",
		Payload:    []byte(`{"key":"value"}`),
	}
}

func BenchmarkInvoke(b *testing.B) {
	r, v := benchRig(b, SandboxAuto)
	for _, clients := range []int{1, 8} {
		b.Run(map[int]string{1: "serial", 8: "parallel-8"}[clients], func(b *testing.B) {
			p := r.Pool(v)
			defer p.Retire()
			if err := p.Warm(b.Context(), clients); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.SetParallelism(max(1, clients/2)) // times GOMAXPROCS
			if clients == 1 {
				for b.Loop() {
					invokeOnce(b, p)
				}
				return
			}
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					invokeOnce(b, p)
				}
			})
		})
	}
}

func invokeOnce(b *testing.B, p function.Pool) {
	outcome, err := p.Invoke(context.Background(), benchCall())
	if err != nil || outcome.Failed {
		b.Errorf("%v, %v", outcome, err)
	}
}

// BenchmarkColdStart measures the first call of a new environment, whose code is unpacked already: as the machine starts
// it, in a sandbox that was prepared while nobody called, and in sandboxes one right after the other.
func BenchmarkColdStart(b *testing.B) {
	for name, mode := range map[string]SandboxMode{"off": SandboxOff, "sandbox": SandboxAuto, "pair": SandboxAuto, "sandboxes": SandboxAuto} {
		b.Run(name, func(b *testing.B) {
			r, v := benchRig(b, mode)
			var took []time.Duration
			for b.Loop() {
				p := r.Pool(v)
				began := time.Now()
				invokeOnce(b, p)
				took = append(took, time.Since(began))
				p.Retire()
				if name != "sandboxes" && (name != "pair" || len(took)%2 == 0) {
					eventually(b, "nothing is left", func() bool { all, _ := size(p); return all == 0 })
					b.StopTimer()
					time.Sleep(200 * time.Millisecond)
					b.StartTimer()
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
