package apigateway_test

import (
	"fmt"
	"net/http"
	"testing"
)

// Each list has what was made, on as many pages as are asked for.
func TestListsComeInPages(t *testing.T) {
	s := newShop(t)
	plan := fmt.Sprint(s.Must("POST", "/usageplans", object{"name": "p"})["id"])
	for i := range 2 {
		s.Must("POST", "/restapis", object{"name": "a"})
		s.Must("POST", s.root, object{"pathPart": fmt.Sprint("r", i)})
		s.Must("POST", s.base+"/models", object{"name": fmt.Sprint("M", i), "contentType": "application/json", "schema": "{}"})
		s.Must("POST", s.base+"/requestvalidators", object{"name": fmt.Sprint("v", i)})
		s.Must("POST", s.base+"/authorizers", object{"name": fmt.Sprint(i), "type": "TOKEN", "authorizerUri": authorizerURI, "identitySource": "method.request.header.A"})
		s.Must("POST", s.base+"/deployments", object{})
		s.Must("POST", "/usageplans", object{"name": "p"})
		key := s.Must("POST", "/apikeys", object{"name": "k"})["id"]
		s.Must("POST", "/usageplans/"+plan+"/keys", object{"keyId": key, "keyType": "API_KEY"})
	}
	for path, count := range map[string]int{
		"/restapis":                     3,
		s.base + "/resources":           3,
		s.base + "/models":              4, // with the two that AWS makes
		s.base + "/requestvalidators":   3,
		s.base + "/authorizers":         3,
		s.base + "/deployments":         3,
		"/apikeys":                      2,
		"/usageplans":                   3,
		"/usageplans/" + plan + "/keys": 2,
	} {
		t.Run(path, func(t *testing.T) {
			s.T = t
			seen, position := map[string]bool{}, ""
			for range count {
				out := s.Must("GET", path+"?limit=1"+position, nil)
				for _, item := range out["item"].([]any) {
					seen[fmt.Sprint(item)] = true
				}
				if out["position"] == nil {
					break
				}
				position = fmt.Sprintf("&position=%v", out["position"])
			}
			if len(seen) != count {
				t.Errorf("%d items on as many pages, want %d", len(seen), count)
			}
			if whole := s.Must("GET", path, nil); len(whole["item"].([]any)) != count || whole["position"] != nil {
				t.Errorf("all on one page: %v", whole)
			}
			s.Refused("GET", path+"?position=x", nil, http.StatusBadRequest, "BadRequestException", "Invalid position parameter specified")
		})
	}
}
