package sigv4_test

import (
	"testing"

	"sluice/internal/api/wire/sigv4"
)

func BenchmarkVerify(b *testing.B) {
	r := call{method: "POST", url: function + "hello/invocations?Qualifier=live", body: `{"name":"sluice-20"}`}.signed(b)
	body := []byte(`{"name":"sluice-20"}`)
	v := verifier()
	b.ReportAllocs()
	for b.Loop() {
		sig, err := sigv4.Parse(r)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := v.Verify(r, &sig, body); err != nil {
			b.Fatal(err)
		}
	}
}
