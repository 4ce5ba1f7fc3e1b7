package sam

import "slices"

// makeURL makes the function's URL, and what lets everybody call it if nobody needs to sign.
func (w *functionWork) makeURL() error {
	config, _ := w.properties["FunctionUrlConfig"].(map[string]any)
	if len(config) == 0 {
		return nil
	}
	if err := w.checkURL(config); err != nil {
		return err
	}
	var target any = ref(w.id)
	if w.alias != nil {
		target = ref(w.alias.id)
	}
	url := w.make(w.id+"Url", "AWS::Lambda::Url", map[string]any{
		"AuthType": config["AuthType"], "TargetFunctionArn": target, "InvokeMode": config["InvokeMode"],
	})
	if truthy(config["Cors"]) {
		url.properties["Cors"] = config["Cors"]
	}
	w.made = append(w.made, url)
	if config["AuthType"] != "NONE" || isIntrinsic(config) {
		return nil
	}
	w.made = append(w.made,
		w.make(w.id+"UrlPublicPermissions", "AWS::Lambda::Permission", map[string]any{
			"Action": "lambda:InvokeFunctionUrl", "FunctionName": target, "Principal": "*", "FunctionUrlAuthType": "NONE",
		}),
		w.make(w.id+"URLInvokeAllowPublicAccess", "AWS::Lambda::Permission", map[string]any{
			"Action": "lambda:InvokeFunction", "FunctionName": target, "Principal": "*", "InvokedViaFunctionUrl": true,
		}))
	return nil
}

// corsTypes are what each property of Cors has to be, in the words of the reference.
var corsTypes = map[string]struct {
	is   shape
	name string
}{
	"AllowOrigins": {list, "list"}, "AllowMethods": {list, "list"}, "AllowCredentials": {boolean, "bool"}, "AllowHeaders": {list, "list"},
	"ExposeHeaders": {list, "list"}, "MaxAge": {integer, "int"},
}

func (w *functionWork) checkURL(config map[string]any) error {
	if isIntrinsic(config) {
		return nil
	}
	if auth := config["AuthType"]; !isIntrinsic(auth) && !slices.Contains([]any{"AWS_IAM", "NONE"}, auth) {
		return invalidResource(w.id, "AuthType is required to configure function property `FunctionUrlConfig`. Please provide either AWS_IAM or NONE.")
	}
	given := config["Cors"]
	if !truthy(given) || isIntrinsic(given) {
		return nil
	}
	if err := expect(w.id, "FunctionUrlConfig.Cors", given, object); err != nil {
		return err
	}
	cors := given.(map[string]any)
	for _, name := range w.keys(cors) {
		want, known := corsTypes[name]
		if !known {
			return invalidResource(w.id, "%s is not a valid property for configuring Cors.", name)
		}
		if !isIntrinsic(cors[name]) && !(&property{is: want.is}).fits(cors[name]) {
			return invalidResource(w.id, "%s must be of type %s.", name, want.name)
		}
	}
	return nil
}
