package server

import (
	"context"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/gateway/spelling"
	"sluice/internal/proxy"
)

// proxyFolder is where a data folder keeps the proxy's authority.
func proxyFolder(data string) string {
	folder := filepath.Join(data, "proxy")
	if absolute, err := filepath.Abs(folder); err == nil {
		return absolute // functions run elsewhere
	}
	return folder
}

// ProxyVariables returns the environment variables, name and value, with which programs reach the server of a data folder
// at the addresses that it would have on AWS.
func (a Address) ProxyVariables(data string) [][2]string {
	return proxy.Variables(proxyFolder(data), a.URL)
}

func (s *Server) openAuthority(_ context.Context, cfg Config, r *rooms) (err error) {
	r.authority, err = proxy.OpenAuthority(proxyFolder(cfg.Data))
	return err
}

// throughProxy lets requests in through the proxy too, which shares the server's port.
func (s *Server) throughProxy(cfg Config, r *rooms, handler http.Handler) http.Handler {
	p := proxy.New(proxy.Config{
		Authority: r.authority, Hosts: ownHost, Handler: wire.LimitWrites(handler, readTime),
		HeaderTime: headerTime, IdleTime: idleTime, Wrap: spelling.Wrap, ConnContext: spelling.Context, Logger: cfg.Logger,
	})
	p.Start()
	s.closer.add("the proxy's tunnels", p.Close)
	return p
}

// owned are the hosts that AWS has for what is served here: stages, function URLs, and the endpoints of services, which are
// the one of a region or the one for all. Buckets have hosts below S3's.
var owned = regexp.MustCompile(strings.ReplaceAll(`^(?:`+strings.Join([]string{
	`[a-z0-9]+\.execute-api\.REGION\.amazonaws\.com(?:\.cn)?`,
	`[a-z0-9]+\.lambda-url\.REGION\.on\.aws`,
	`(?:lambda|codedeploy|monitoring|logs|iam|sts|ssm|cloudformation|apigateway)(?:\.REGION)?\.amazonaws\.com(?:\.cn)?`,
	`(?:[a-z0-9][a-z0-9.-]*\.)?s3(?:\.REGION)?\.amazonaws\.com(?:\.cn)?`,
}, "|")+`)$`, "REGION", `[a-z]{2}(?:-[a-z]+)+-[0-9]+`))

func ownHost(host string) bool { return owned.MatchString(host) }

// proxyVariables are those of a function's process, unless the function has a proxy of its own, or none: HTTPS_PROXY without a
// value leads past this one.
func proxyVariables(v *function.Version, url, folder string) (variables []string) {
	for name := range v.Config.Environment {
		if strings.EqualFold(name, "HTTPS_PROXY") {
			return nil
		}
	}
	for _, variable := range proxy.Variables(folder, url) {
		if _, set := v.Config.Environment[strings.ToUpper(variable[0])]; !set { // not no_proxy beside a NO_PROXY of its own
			variables = append(variables, variable[0]+"="+variable[1])
		}
	}
	return variables
}
