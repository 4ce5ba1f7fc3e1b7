package layer_test

import (
	"reflect"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/layer"
)

func arns(versions ...*layer.Version) (list []string) {
	for _, v := range versions {
		list = append(list, v.ARN())
	}
	return list
}

func TestChooseKeepsTheOrder(t *testing.T) {
	b := newBench(t)
	first, second := b.publish(t, id("z")), b.publish(t, id("a"))
	got, err := b.Choose(t.Context(), here, arns(first, second))
	want := []function.Layer{{ARN: first.ARN(), Code: first.Code}, {ARN: second.ARN(), Code: second.Code}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("chosen %+v, %v; want %+v", got, err, want)
	}
	if none, err := b.Choose(t.Context(), here, nil); err != nil || len(none) > 0 {
		t.Errorf("of nothing %v, %v", none, err)
	}
}

func TestChooseRefuses(t *testing.T) {
	b := newBench(t)
	one, two := b.publish(t, id("l")), b.publish(t, id("l"))
	others := b.publish(t, layer.ID{Scope: there, Name: "l"})
	remote := b.publish(t, layer.ID{Scope: away, Name: "l"})
	var six []*layer.Version
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		six = append(six, b.publish(t, id(name)))
	}
	const same = "Two different versions of the same layer are not allowed to be referenced in the same function. " +
		"arn:aws:lambda:us-east-1:111111111111:layer:l:1 and "
	for name, tt := range map[string]struct {
		arns []string
		kind fault.Kind
		text string
	}{
		"six":             {arns(six...), fault.Invalid, "Cannot reference more than 5 layers."},
		"two versions":    {arns(one, six[0], two), fault.Invalid, same + "arn:aws:lambda:us-east-1:111111111111:layer:l:2 are versions of the same layer."},
		"one twice":       {arns(one, one), fault.Invalid, same + "arn:aws:lambda:us-east-1:111111111111:layer:l:1 are versions of the same layer."},
		"no layer":        {[]string{id("none").VersionARN(1)}, fault.Invalid, "Layer version arn:aws:lambda:us-east-1:111111111111:layer:none:1 does not exist."},
		"no version":      {[]string{id("l").VersionARN(9)}, fault.Invalid, "Layer version arn:aws:lambda:us-east-1:111111111111:layer:l:9 does not exist."},
		"version 0":       {[]string{id("l").VersionARN(0)}, fault.Invalid, "Layer version arn:aws:lambda:us-east-1:111111111111:layer:l:0 does not exist."},
		"a huge number":   {[]string{id("l").ARN() + ":99999999999999999999"}, fault.Invalid, "Layer version arn:aws:lambda:us-east-1:111111111111:layer:l:99999999999999999999 does not exist."},
		"one of AWS":      {[]string{"arn:aws:lambda:::awslayer:AmazonLinux1703"}, fault.Invalid, "Layer version arn:aws:lambda:::awslayer:AmazonLinux1703 does not exist."},
		"another region":  {arns(remote), fault.Invalid, "Layers are not in the same region as the function. Layers are expected to be in region us-east-1."},
		"another account": {arns(others), fault.Denied, ""},
	} {
		t.Run(name, func(t *testing.T) {
			noun := "layers"
			if tt.kind == fault.Denied {
				noun = "layer version"
			}
			_, err := b.Choose(t.Context(), here, tt.arns)
			wantFault(t, err, tt.kind, noun, tt.text)
		})
	}
	t.Run("five are not too many", func(t *testing.T) {
		if _, err := b.Choose(t.Context(), here, arns(six[:5]...)); err != nil {
			t.Error(err)
		}
	})
	t.Run("another account that lets everybody", func(t *testing.T) {
		if _, _, err := b.AddPermission(t.Context(), there, others.Layer, 1, layer.Grant{Sid: "all", Principal: "*"}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Choose(t.Context(), here, arns(others)); err != nil {
			t.Error(err)
		}
	})
}
