package layer_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/layer"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var (
	here  = function.Scope{Account: "111111111111", Region: "us-east-1"}
	there = function.Scope{Account: "222222222222", Region: "us-east-1"}
	away  = function.Scope{Account: "111111111111", Region: "eu-west-1"}
)

// bench is a Service on a real store, with packages that are broken if they say so.
type bench struct{ *layer.Service }

func newBench(t *testing.T) bench {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = records.Close() })
	return bench{layer.NewService(records, packages{})}
}

type packages struct{}

func (packages) Put(_ context.Context, zip function.Content) (function.Code, error) {
	content, err := io.ReadAll(io.NewSectionReader(zip, 0, zip.Size()))
	if err != nil || string(content) == "broken" {
		return function.Code{}, fault.Errorf(fault.Invalid, "package", "broken: %w", err)
	}
	sum := sha256.Sum256(content)
	return function.Code{SHA256: base64.StdEncoding.EncodeToString(sum[:]), Size: zip.Size(), Unzipped: 2 * zip.Size()}, nil
}

func id(name string) layer.ID { return layer.ID{Scope: here, Name: name} }

// publish makes a layer's next version, in the layer's own scope.
func (b bench) publish(t *testing.T, id layer.ID, change ...func(*layer.Publication)) *layer.Version {
	t.Helper()
	p := layer.Publication{Layer: id, Package: strings.NewReader("content of " + id.Name)}
	for _, c := range change {
		c(&p)
	}
	v, err := b.Publish(t.Context(), id.Scope, p)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func runtimes(names ...string) func(*layer.Publication) {
	return func(p *layer.Publication) { p.Runtimes = names }
}

func wantFault(t *testing.T, err error, kind fault.Kind, noun, text string) {
	t.Helper()
	if !fault.Is(err, kind, noun) || text != "" && err.Error() != text {
		t.Errorf("error %v, want %v %q: %s", err, kind, noun, text)
	}
}

func TestEachPublicationIsAVersion(t *testing.T) {
	b := newBench(t)
	first, second := b.publish(t, id("l")), b.publish(t, id("l"))
	if first.Number != 1 || second.Number != 2 || first.Code != second.Code || first.Code.Unzipped == 0 {
		t.Errorf("published %+v and %+v", first, second)
	}
	other := b.publish(t, layer.ID{Scope: away, Name: "l"})
	if other.Number != 1 || other.ARN() != "arn:aws:lambda:eu-west-1:111111111111:layer:l:1" {
		t.Errorf("in another region %+v", other)
	}
	found, err := b.Version(t.Context(), here, id("l"), 2)
	if err != nil || found.Created.IsZero() || found.Number != 2 {
		t.Errorf("found %+v, %v", found, err)
	}
}

func TestPublicationsAtOnceGetNumbersOfTheirOwn(t *testing.T) {
	b := newBench(t)
	var group sync.WaitGroup
	numbers := make([]int, 8)
	for i := range numbers {
		group.Go(func() { numbers[i] = b.publish(t, id("l")).Number })
	}
	group.Wait()
	slices.Sort(numbers)
	if want := []int{1, 2, 3, 4, 5, 6, 7, 8}; !slices.Equal(numbers, want) {
		t.Errorf("numbers %v", numbers)
	}
}

func TestPublishRefuses(t *testing.T) {
	b := newBench(t)
	_, err := b.Publish(t.Context(), here, layer.Publication{Layer: id("l"), Package: strings.NewReader("broken")})
	wantFault(t, err, fault.Invalid, "package", "")
	_, err = b.Publish(t.Context(), there, layer.Publication{Layer: id("l"), Package: strings.NewReader("x")})
	wantFault(t, err, fault.Denied, "layer", "")
	if v := b.publish(t, id("l")); v.Number != 1 {
		t.Errorf("after refusals the first version is %d", v.Number)
	}
}

func TestANumberIsNeverUsedAgain(t *testing.T) {
	b := newBench(t)
	b.publish(t, id("l"))
	b.publish(t, id("l"))
	for _, number := range []int{1, 2, 2, 9} { // some are not there
		if err := b.Delete(t.Context(), here, id("l"), number); err != nil {
			t.Fatal(err)
		}
	}
	if v := b.publish(t, id("l")); v.Number != 3 {
		t.Errorf("the next version is %d", v.Number)
	}
	_, err := b.Version(t.Context(), here, id("l"), 1)
	wantFault(t, err, fault.NotFound, "layer version", "The resource you requested does not exist.")
}

func TestDeleteRefuses(t *testing.T) {
	b := newBench(t)
	b.publish(t, id("l"))
	wantFault(t, b.Delete(t.Context(), here, id("l"), 0), fault.Invalid, "layer version", "Layer Version Cannot be less than 1")
	wantFault(t, b.Delete(t.Context(), there, id("l"), 1), fault.Denied, "layer", "")
	if _, err := b.Version(t.Context(), here, id("l"), 1); err != nil {
		t.Error(err)
	}
}

func TestVersionRefuses(t *testing.T) {
	b := newBench(t)
	b.publish(t, id("l"))
	for name, tt := range map[string]struct {
		caller function.Scope
		id     layer.ID
		number int
		kind   fault.Kind
		text   string
	}{
		"no layer":             {here, id("none"), 1, fault.NotFound, "The resource you requested does not exist."},
		"no version":           {here, id("l"), 2, fault.NotFound, "The resource you requested does not exist."},
		"zero":                 {here, id("l"), 0, fault.Invalid, "Layer Version Cannot be less than 1"},
		"less":                 {here, id("l"), -1, fault.Invalid, "Layer Version Cannot be less than 1"},
		"from another region":  {away, id("l"), 1, fault.NotFound, "The resource you requested does not exist."},
		"from another account": {there, id("l"), 1, fault.Denied, "User: arn:aws:iam::222222222222:root is not authorized to perform: lambda:GetLayerVersion on resource: arn:aws:lambda:us-east-1:111111111111:layer:l:1 because no resource-based policy allows the lambda:GetLayerVersion action"},
		"none of another":      {there, id("l"), 5, fault.Denied, "User: arn:aws:iam::222222222222:root is not authorized to perform: lambda:GetLayerVersion on resource: arn:aws:lambda:us-east-1:111111111111:layer:l:5 because no resource-based policy allows the lambda:GetLayerVersion action"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Version(t.Context(), tt.caller, tt.id, tt.number)
			wantFault(t, err, tt.kind, "layer version", tt.text)
		})
	}
}

// numbers shows versions as layer:number.
func numbers(list []*layer.Version) (shown []string) {
	for _, v := range list {
		shown = append(shown, fmt.Sprintf("%s:%d", v.Layer.Name, v.Number))
	}
	return shown
}

func wantNumbers(t *testing.T, what string, got []*layer.Version, want ...string) {
	t.Helper()
	if !slices.Equal(numbers(got), want) {
		t.Errorf("%s: %v, want %v", what, numbers(got), want)
	}
}
