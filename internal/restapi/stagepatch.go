package restapi

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/fault"
)

// stagePaths is what AWS says a stage's patches may be about, with its own commas.
const stagePaths = "[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, " +
	"/accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, " +
	"/{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, " +
	"/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, " +
	"/{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, " +
	"/{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, " +
	"/{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, " +
	"/*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, " +
	"/*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, " +
	"/variables/{variable_name}, /tracingEnabled]"

// patch makes one change.
func (s *Stage) patch(p *Patch) error {
	switch {
	case p.Op == "copy":
		return s.promote(p)
	case p.Path == "/accessLogSettings" || strings.HasPrefix(p.Path, "/accessLogSettings/"):
		return s.patchAccessLog(p)
	case p.Path == "/canarySettings" || strings.HasPrefix(p.Path, "/canarySettings/"):
		return s.patchCanary(p)
	}
	before := s.Variables
	s.Variables = maps.Clone(before)
	return apply([]Patch{*p}, s.complain,
		text("/deploymentId", replaced, &s.Deployment), text("/description", replaced, &s.Description),
		flag("/cacheClusterEnabled", replaced, &s.CacheEnabled), text("/cacheClusterSize", replaced, &s.CacheSize),
		text("/clientCertificateId", replaced, &s.ClientCertificate), text("/documentationVersion", replaced, &s.Documentation),
		flag("/tracingEnabled", replaced, &s.Tracing), text("/webAclArn", replaced, &s.Firewall),
		entries("/variables", any3, &s.Variables))
}

// complain is asked about paths that are of no other member: those of method settings.
func (s *Stage) complain(p *Patch, ops []string, _ []field) error {
	parts := strings.Split(strings.TrimPrefix(p.Path, "/"), "/")
	if p.Op == "remove" && len(parts) == 2 {
		return s.removeSettings(p, parts)
	}
	if ops == nil && len(parts) == 4 && p.Op != "remove" {
		return s.set(p, parts)
	}
	return fault.Errorf(fault.Invalid, "patch", "Invalid method setting path: %s. Must be one of: %s", p.Path, stagePaths)
}

func (s *Stage) removeSettings(p *Patch, parts []string) error {
	key := parts[0] + "/" + parts[1]
	if s.Methods[key] == nil {
		return noSetting(p)
	}
	delete(s.Methods, key)
	return nil
}

func noSetting(p *Patch) error {
	return fault.Errorf(fault.Invalid, "patch", "Cannot remove method setting %s because there is no method setting for this method ",
		strings.TrimPrefix(p.Path, "/"))
}

// beginning is what the settings of a method are made from: those of all methods, if there are any (recording
// test_create_update_stages).
func (s *Stage) beginning() *MethodSettings {
	if all := s.Methods["*/*"]; all != nil {
		return new(*all)
	}
	return defaultMethodSettings()
}

// defaultMethodSettings are those of a method of which only one is set (AWS's page "UpdateStage"). It has no logging level
// (recording test_create_update_stages).
func defaultMethodSettings() *MethodSettings {
	return &MethodSettings{
		Burst: AccountBurst, Rate: AccountRate, CacheTTL: 300, CacheControlRequired: true,
		CacheControlStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
	}
}

func (s *Stage) set(p *Patch, parts []string) error {
	key := parts[0] + "/" + parts[1]
	m := s.Methods[key]
	if m == nil {
		m = s.beginning()
	}
	change := *p
	change.Op, change.Path = "replace", "/"+parts[2]+"/"+parts[3]
	err := apply([]Patch{change}, func(*Patch, []string, []field) error { return s.complain(p, replaced, nil) },
		flag("/metrics/enabled", replaced, &m.Metrics), flag("/logging/dataTrace", replaced, &m.DataTrace),
		text("/logging/loglevel", replaced, &m.LoggingLevel),
		count("/throttling/burstLimit", &m.Burst), measure("/throttling/rateLimit", &m.Rate), count("/caching/ttlInSeconds", &m.CacheTTL),
		flag("/caching/enabled", replaced, &m.Caching), flag("/caching/dataEncrypted", replaced, &m.CacheEncrypted),
		flag("/caching/requireAuthorizationForCacheControl", replaced, &m.CacheControlRequired),
		text("/caching/unauthorizedCacheControlHeaderStrategy", replaced, &m.CacheControlStrategy))
	if err != nil {
		return err
	}
	if s.Methods == nil {
		s.Methods = map[string]*MethodSettings{}
	}
	s.Methods[key] = m
	return nil
}

func count(path string, to *int64) field {
	return field{path, any3, func(p *Patch, _ string) (err error) {
		*to, err = p.number()
		return err
	}}
}

func measure(path string, to *float64) field {
	return field{path, any3, func(p *Patch, _ string) (err error) {
		*to, err = p.rate()
		return err
	}}
}

// patchAccessLog follows recording test_stage_access_log_settings_validation.
func (s *Stage) patchAccessLog(p *Patch) error {
	if p.Op == "remove" {
		if p.Path != "/accessLogSettings" {
			return noSetting(p)
		}
		s.AccessLog = nil
		return nil
	}
	to := s.AccessLog
	if to == nil {
		to = &AccessLog{}
	}
	err := apply([]Patch{*p}, func(*Patch, []string, []field) error {
		return fault.Errorf(fault.Invalid, "patch",
			"Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]")
	}, text("/accessLogSettings/destinationArn", any3, &to.Destination), text("/accessLogSettings/format", any3, &to.Format))
	if err != nil {
		return err
	}
	if p.text() == "" {
		return bad("Access Log value must not be empty")
	}
	s.AccessLog = to
	return nil
}

func (s *Stage) patchCanary(p *Patch) error {
	if p.Path == "/canarySettings" && p.Op == "remove" {
		s.Canary = nil
		return nil
	}
	c := s.Canary
	if c == nil {
		c = &Canary{Deployment: s.Deployment}
	}
	err := apply([]Patch{*p}, func(p *Patch, ops []string, _ []field) error {
		if p.Op != "replace" && ops != nil {
			return bad("Invalid %s operation with path: %s", p.Op, p.Path)
		}
		if p.Op != "replace" {
			return bad("Cannot %s method setting %s because there is no method setting for this method ", p.Op, strings.TrimPrefix(p.Path, "/"))
		}
		return s.complain(p, replaced, nil)
	}, text("/canarySettings/deploymentId", replaced, &c.Deployment), flag("/canarySettings/useStageCache", replaced, &c.UseCache),
		entries("/canarySettings/stageVariableOverrides", replaced, &c.Variables),
		field{"/canarySettings/percentTraffic", replaced, func(p *Patch, _ string) (err error) {
			c.Percent, err = p.rate()
			return err
		}})
	if err != nil {
		return err
	}
	s.Canary = c
	return nil
}

// promote gives the stage what its canary has.
func (s *Stage) promote(p *Patch) error {
	const deployment, variables = "/canarySettings/deploymentId", "/canarySettings/stageVariableOverrides"
	if p.Path != "/deploymentId" && p.Path != "/variables" || !slices.Contains([]string{deployment, variables}, p.From) {
		return bad("Invalid copy operation with path: %s and from %s. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [%s, %s]",
			p.Path, p.From, deployment, variables)
	}
	if s.Canary == nil {
		return bad("Promotion not available. Canary does not exist.")
	}
	if p.Path == "/deploymentId" {
		s.Deployment = s.Canary.Deployment
	} else {
		s.Variables = merged(maps.Clone(s.Variables), s.Canary.Variables)
	}
	return nil
}
