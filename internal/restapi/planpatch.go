package restapi

import (
	"slices"
	"strings"
)

// patch changes a plan (AWS's page "Patch Operations", UpdateUsagePlan).
func (p *UsagePlan) patch(patches []Patch) error {
	return apply(patches, p.complain,
		text("/name", replaced, &p.Name), text("/description", replaced, &p.Description), text("/productCode", any3, &p.ProductCode),
		field{"/apiStages", addedOff, p.patchStages},
		field{"/throttle", []string{"remove"}, func(*Patch, string) error { p.Throttle = nil; return nil }},
		field{"/throttle/burstLimit", any3, p.patchThrottle}, field{"/throttle/rateLimit", any3, p.patchThrottle},
		field{"/quota", []string{"remove"}, func(*Patch, string) error { p.Quota = nil; return nil }},
		field{"/quota/limit", any3, p.patchQuota}, field{"/quota/offset", any3, p.patchQuota}, field{"/quota/period", any3, p.patchQuota})
}

func (p *UsagePlan) patchStages(change *Patch, _ string) error {
	api, name, ok := strings.Cut(change.text(), ":")
	if !ok {
		return bad("Invalid API Stage specified")
	}
	stage := PlanStage{API: api, Stage: name}
	there := slices.ContainsFunc(p.Stages, stage.same)
	switch {
	case change.Op == "remove" && !there:
		return stage.absent(p)
	case change.Op == "remove":
		p.Stages = slices.DeleteFunc(p.Stages, stage.same)
	case !there:
		p.Stages = append(p.Stages, stage)
	}
	return nil
}

func (p *UsagePlan) patchThrottle(change *Patch, _ string) error {
	t := p.Throttle
	if t == nil {
		t = &Throttle{}
	}
	if err := t.patch(change, strings.TrimPrefix(change.Path, "/throttle")); err != nil {
		return err
	}
	p.Throttle = t
	return nil
}

func (t *Throttle) patch(change *Patch, path string) error {
	one := *change
	if one.Op == "remove" {
		one.Value = new("0")
	}
	one.Op, one.Path = "replace", path
	return apply([]Patch{one}, badPath, count("/burstLimit", &t.Burst), measure("/rateLimit", &t.Rate))
}

func (p *UsagePlan) patchQuota(change *Patch, _ string) (err error) {
	q := p.Quota
	if q == nil {
		q = &Quota{}
	}
	switch change.Path {
	case "/quota/period":
		q.Period = change.text()
	case "/quota/limit":
		q.Limit, err = change.number()
	default:
		q.Offset, err = change.number()
	}
	p.Quota = q
	return err
}

// complain is asked about the paths of a method's throttling: /apiStages/API:STAGE/throttle/PATH/METHOD/rateLimit.
func (p *UsagePlan) complain(change *Patch, ops []string, fields []field) error {
	parts := strings.Split(change.Path, "/")
	if len(parts) < 4 || parts[1] != "apiStages" || parts[3] != "throttle" {
		return listed(change, ops, fields)
	}
	i := slices.IndexFunc(p.Stages, func(s PlanStage) bool { return s.API+":"+s.Stage == parts[2] })
	if i < 0 {
		return bad("Invalid API Stage specified")
	}
	return p.Stages[i].patch(change, parts[4:])
}

func (s *PlanStage) patch(change *Patch, parts []string) error {
	if change.Op == "remove" && len(parts) == 0 {
		s.Throttle = nil
		return nil
	}
	if len(parts) < 2 {
		return invalidPath(change.Path)
	}
	method := unescape(parts[0]) + "/" + parts[1]
	if change.Op == "remove" && len(parts) == 2 {
		delete(s.Throttle, method)
		return nil
	}
	if len(parts) != 3 {
		return invalidPath(change.Path)
	}
	t := s.Throttle[method]
	if err := t.patch(change, "/"+parts[2]); err != nil {
		return err
	}
	if s.Throttle == nil {
		s.Throttle = map[string]Throttle{}
	}
	s.Throttle[method] = t
	return nil
}
