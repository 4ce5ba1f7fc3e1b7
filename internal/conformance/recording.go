package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Recording is one recorded scenario.
type Recording struct {
	File     string            `json:"-"` // folder and name without its ending, such as "lambda/TestLambdaAlias.test_alias_naming"
	Name     string            `json:"name"`
	Recorded string            `json:"recorded"` // when AWS was asked
	Source   string            `json:"source"`
	Known    map[string]string `json:"known"`     // placeholders whose value the client chose
	Sets     []string          `json:"unordered"` // names of lists whose order means nothing
	Literal  []string          `json:"literal"`   // texts that look like placeholders and are none
	Protocol string            `json:"protocol"`
	Assumes  any               `json:"assumes"`
	Steps    []Step            `json:"steps"`
}

// Step is one call, or one wait for a state, with what AWS answered.
type Step struct {
	Service      string          `json:"service"` // empty means lambda
	Operation    string          `json:"operation"`
	Wait         string          `json:"wait"` // what to wait for, instead of comparing
	Path         string          `json:"path"` // of a wait for a status
	Equals       any             `json:"equals"`
	Region       string          `json:"region"`
	Params       map[string]any  `json:"params"`
	Response     any             `json:"response"`
	At           string          `json:"at"` // the part of the answer that Response shows
	Error        map[string]any  `json:"error"`
	ErrorSummary *ErrorSummary   `json:"error_summary"`
	Status       int             `json:"status"` // zero if it was not recorded
	Checks       []Check         `json:"checks"`
	Retry        any             `json:"retry"`   // seconds, or true for 60
	HTTP         *WebRequest     `json:"http"`    // instead of a call
	Headers      map[string]any  `json:"headers"` // of its answer
	Body         any             `json:"body"`    // of its answer
	Paginate     json.RawMessage `json:"paginate"`
	PageSize     int             `json:"page_size"`
	// ClientValidation false says that an SDK would have refused the parameters before it sent them.
	ClientValidation *bool  `json:"client_validation"`
	Note             string `json:"note"`
}

// ErrorSummary is a validation error without the order of its constraints.
type ErrorSummary struct {
	Code   string
	Count  int
	Errors []any
}

// read reads a recording. A key that the format does not have is an error, since ignoring it would compare too little.
func read(file string) (*Recording, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	folder, name := filepath.Split(file)
	r := &Recording{File: filepath.Base(folder) + "/" + name[:len(name)-len(filepath.Ext(name))]}
	if err := decoder.Decode(r); err != nil {
		return nil, fmt.Errorf("read the recording %s: %w", r.File, err)
	}
	return r, nil
}

// LoadAll reads the recordings of a folder's subfolders, in the order of their files. A folder that is missing is
// fs.ErrNotExist.
func LoadAll(folder string) ([]*Recording, error) {
	if _, err := os.Stat(folder); err != nil {
		return nil, fmt.Errorf("find the recordings: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.json"))
	if err != nil {
		return nil, err
	}
	var all []*Recording
	for _, file := range files {
		r, err := read(file)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// Services lists the services that a recording calls, each once; a request that is no API call is one to "http".
func (r *Recording) Services() []string {
	var services []string
	for i := range r.Steps {
		s := &r.Steps[i]
		name, _, _ := s.call()
		if s.HTTP != nil {
			name = "http"
		}
		if !slices.Contains(services, name) {
			services = append(services, name)
		}
	}
	return services
}

// call returns the service and operation that a step calls; ok is false if it is a wait that the format does not have.
func (s *Step) call() (service, operation string, ok bool) {
	service = s.Service
	if service == "" {
		service = "lambda"
	}
	switch s.Wait {
	case "", "status":
		return service, s.Operation, true
	}
	w, ok := waits[s.Wait]
	return service, w.operation, ok
}
