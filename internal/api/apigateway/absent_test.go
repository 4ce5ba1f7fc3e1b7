package apigateway_test

import (
	"net/http"
	"testing"
)

// Whatever is asked of an API that is not there: most operations say so, some in words of their own.
func TestOperationsOnNoAPI(t *testing.T) {
	d := newDesk(t)
	const none = "/restapis/none"
	const api, resource = "Invalid API identifier specified 000000000000:none", "Invalid Resource identifier specified"
	for _, tt := range []struct {
		method, path string
		body         object
		want         string
	}{
		{"GET", "", nil, api},
		{"PATCH", "", patch(replace("/name", "x")), api},
		{"DELETE", "", nil, api},
		{"GET", "/resources", nil, api},
		{"GET", "/resources/r", nil, api},
		{"POST", "/resources/r", object{"pathPart": "x"}, api},
		{"PATCH", "/resources/r", patch(replace("/pathPart", "x")), api},
		{"DELETE", "/resources/r", nil, api},
		{"PUT", "/resources/r/methods/GET", object{"authorizationType": "NONE"}, resource},
		{"GET", "/resources/r/methods/GET", nil, resource},
		{"PATCH", "/resources/r/methods/GET", patch(replace("/operationName", "x")), resource},
		{"DELETE", "/resources/r/methods/GET", nil, resource},
		{"PUT", "/resources/r/methods/GET/responses/200", object{}, resource},
		{"GET", "/resources/r/methods/GET/responses/200", nil, resource},
		{"DELETE", "/resources/r/methods/GET/responses/200", nil, resource},
		{"GET", "/resources/r/methods/GET/integration", nil, resource},
		{"DELETE", "/resources/r/methods/GET/integration", nil, resource},
		{"PUT", "/resources/r/methods/GET/integration/responses/200", object{}, resource},
		{"GET", "/resources/r/methods/GET/integration/responses/200", nil, resource},
		{"DELETE", "/resources/r/methods/GET/integration/responses/200", nil, resource},
		{"GET", "/models", nil, api},
		{"GET", "/models/M", nil, "Invalid model name specified: M"},
		{"PATCH", "/models/M", patch(replace("/description", "x")), "Invalid model name specified: M"},
		{"DELETE", "/models/M", nil, "Invalid model name specified: M"},
		{"GET", "/requestvalidators", nil, api},
		{"GET", "/requestvalidators/v", nil, "Invalid Request Validator identifier specified"},
		{"DELETE", "/requestvalidators/v", nil, "Invalid Request Validator identifier specified"},
		{"GET", "/authorizers", nil, api},
		{"GET", "/authorizers/z", nil, "Invalid Authorizer identifier specified"},
		{"DELETE", "/authorizers/z", nil, "Invalid Authorizer identifier specified"},
		{"GET", "/gatewayresponses", nil, api},
		{"GET", "/gatewayresponses/THROTTLED", nil, api},
		{"DELETE", "/gatewayresponses/THROTTLED", nil, api},
		{"GET", "/stages", nil, api},
		{"GET", "/stages/s", nil, api},
		{"POST", "/stages", object{"stageName": "s", "deploymentId": "d"}, api},
		{"PATCH", "/stages/s", patch(replace("/description", "x")), api},
		{"GET", "/deployments", nil, api},
		{"GET", "/deployments/d", nil, api},
		{"POST", "/deployments", object{}, api},
		{"GET", "/stages/s/exports/oas30", nil, api},
	} {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			d.T = t
			var body any
			if tt.body != nil {
				body = tt.body
			}
			d.Refused(tt.method, none+tt.path, body, http.StatusNotFound, "NotFoundException", `"message":"`+tt.want+`"`)
		})
	}
	d.T = t
	d.Refused("POST", none+"/requestvalidators", object{"name": "v"}, http.StatusBadRequest, "BadRequestException", "Invalid REST API identifier specified")
}
