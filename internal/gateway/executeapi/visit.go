package executeapi

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"sluice/internal/gateway/address"
	"sluice/internal/gateway/ingress"
	"sluice/internal/gateway/payload"
	"sluice/internal/gateway/spelling"
)

// MaxBody is how many bytes a request to an API may have (API Gateway's page of quotas).
const MaxBody = 10 << 20

// maxHeader is how many bytes the request line and the values of the headers may have together (API Gateway's pages of quotas, of
// either kind of API).
const maxHeader = 10_240

// Config is what the stages of both kinds of APIs need. Meter and AccessLog may be nil: then nobody is told.
type Config struct {
	*ingress.Config
	Meter     Meter
	AccessLog AccessLog
}

// Visit is one request to an API, of either kind. One goroutine may use it.
type Visit struct {
	*Config
	ingress.Exchange
	To       address.Destination
	Began    time.Time
	ID       string // of the request, and of the invocation that it becomes
	Extended string // the longer one, which AWS's support asks for
	Trace    string
	Spelled  func(name string) string // how the sender wrote a header's name

	// Integration is what the integration took; 0 if it was not asked.
	Integration time.Duration
	status      int // of the answer
	sent        int // bytes of its body
}

// Begin begins the visit of a request that goes to an API; see address.ToAPI.
func Begin(c *Config, w http.ResponseWriter, r *http.Request) *Visit {
	began := time.Now()
	return &Visit{
		Config: c, Exchange: ingress.NewExchange(w, r, MaxBody, c.BodyTime), To: address.FindAPI(r), Began: began,
		ID: uuid.NewString(), Extended: base64.URLEncoding.EncodeToString(ingress.Random(11)), Trace: ingress.Trace(r, began), Spelled: spelling.Of(r),
	}
}

// Domain is the host that the request came to, or would have if its client could resolve it.
func (v *Visit) Domain(region string) string {
	if v.To.Host != "" {
		return v.To.Host
	}
	return v.Address.APIHost(v.To.ID, region)
}

// Bounded reports whether the request's head is no larger than API Gateway takes.
func (v *Visit) Bounded() bool {
	size := len(v.R.Method) + len(" ") + len(v.R.RequestURI) + len(" ") + len(v.R.Proto) + len(v.R.Host)
	for _, values := range v.R.Header {
		for _, value := range values {
			size += len(value)
		}
	}
	return size <= maxHeader
}

// Answer is an answer that is ready to be sent.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Send sends an answer.
func (v *Visit) Send(a *Answer) {
	header := v.W.Header()
	for name, values := range a.Header {
		header[name] = values
	}
	v.Leave()
	v.status, v.sent = a.Status, len(a.Body)
	if a.Status != http.StatusNoContent && a.Status != http.StatusNotModified {
		header.Set("Content-Length", strconv.Itoa(len(a.Body)))
	}
	v.W.WriteHeader(a.Status)
	_, _ = v.W.Write(a.Body) // a caller that has gone does not get its answer
}

// LogFailure tells the operator what is not the caller's fault, unless the caller left.
func (v *Visit) LogFailure(what string, err error) {
	if v.R.Context().Err() == nil {
		v.Logger.ErrorContext(v.R.Context(), what, "request", v.ID, "api", v.To.ID, "error", err)
	}
}

// Identity describes who sent a request. A nil caller did not sign; key and its ID are of the API key, empty if none was wanted.
func Identity(caller *payload.IAM, key, keyID string) payload.Identity {
	who := payload.Identity{APIKey: key, APIKeyID: keyID}
	if caller != nil {
		who.Known(caller)
	}
	return who
}
