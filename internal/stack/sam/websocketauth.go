package sam

import "strings"

// secure checks the property Auth, and says on the route $connect who may connect.
func (w *webSocketBuild) secure(key string, route *resource) error {
	if len(w.auth) == 0 {
		return nil
	}
	if err := w.checkAuth(); err != nil {
		return err
	}
	if key != "$connect" {
		return nil
	}
	switch w.auth["AuthType"] {
	case "CUSTOM":
		route.properties["AuthorizationType"] = "CUSTOM"
		route.properties["AuthorizerId"] = ref(w.id + "ConnectAuthorizer")
	case "AWS_IAM":
		route.properties["AuthorizationType"] = "AWS_IAM"
	default:
		route.properties["AuthorizationType"] = "NONE"
	}
	return nil
}

func (w *webSocketBuild) checkAuth() error {
	typ, _ := w.auth["AuthType"].(string)
	switch typ = strings.ToUpper(typ); {
	case typ == "":
		return invalidResource(w.id, "AuthType must be specified for additional auth configurations.")
	case typ != "CUSTOM" && typ != "AWS_IAM" && typ != "NONE":
		return invalidResource(w.id, "AuthType is not one of AWS_IAM, CUSTOM or NONE.")
	case typ == "CUSTOM" && !truthy(w.auth["AuthArn"]):
		return invalidResource(w.id, "AuthArn must be specified if AuthType is CUSTOM.")
	case typ != "CUSTOM" && len(w.auth) > 1:
		return invalidResource(w.id, "No additional configurations supported for AuthType %s.", typ)
	}
	return nil
}

// authorizer makes the function that says who may connect known to the API, and lets the API invoke it unless it has a role
// for that.
func (w *webSocketBuild) authorizer() []*resource {
	if w.auth["AuthType"] != "CUSTOM" {
		return nil
	}
	id, function := w.id+"ConnectAuthorizer", w.auth["AuthArn"]
	r := w.make(id, "AWS::ApiGatewayV2::Authorizer", map[string]any{
		"ApiId": ref(w.id), "AuthorizerType": "REQUEST", "Name": id, "IdentitySource": w.auth["IdentitySource"],
		"AuthorizerUri": invocationOf("AuthArn", function), "AuthorizerCredentialsArn": w.auth["InvokeRole"],
	})
	if name := w.auth["Name"]; truthy(name) {
		r.properties["Name"] = name
	}
	if truthy(w.auth["InvokeRole"]) {
		return []*resource{r}
	}
	permission := w.authorizerPermission("${AWS::Partition}", "", function)
	return []*resource{r, permission}
}
