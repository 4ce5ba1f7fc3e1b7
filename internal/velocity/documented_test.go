package velocity

import (
	"testing"
)

// The templates of AWS's page "Mapping template examples for REST APIs" and of the pages on $input and $context, written anew: each is one
// thing that people do with mapping templates.

const photos = `{"photos": {"page": 1, "pages": "1234", "perpage": 100, "photo": [
	{"id": "12345678901", "owner": "23456789@A12", "title": "Sample \"photo\" 1", "ispublic": 1, "isfriend": 0},
	{"id": "23456789012", "owner": "34567890@B23", "title": "Sample photo 2", "ispublic": 0, "isfriend": 1}
]}}`

// wantDocument renders a template over a body, and compares what it says as JSON.
func wantDocument(t *testing.T, text, body, want string) {
	t.Helper()
	parsed, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	given := map[string]any{
		"input": NewInput(body, map[string]string{"album": "a 1"}, map[string]string{"type": "dog", "page": "2"}, map[string]string{"Accept": "*/*"}),
		"util":  NewTools(),
		"context": NewMap(map[string]any{
			"stage": "prod", "httpMethod": "GET", "requestId": "r-1", "resourcePath": "/albums/{album}",
			"identity": NewMap(map[string]string{"sourceIp": "127.0.0.1", "userAgent": "agent/1"}),
			"authorizer": NewMap(map[string]any{
				"principalId": "user", "claims": NewMap(map[string]string{"sub": "s-1", "email": "a@b.example"}),
			}),
		}),
		"stageVariables": NewMap(map[string]string{"host": "h.example", "alias": "live"}),
	}
	got, err := parsed.Render(given)
	if err != nil {
		t.Fatal(err)
	}
	is, err := ParseJSON(got)
	if err != nil {
		t.Fatalf("%s is no JSON", got)
	}
	if written, err := newRun(nil).json(is); err != nil || written != want {
		t.Errorf("got  %s, %v\nwant %s", written, err, want)
	}
}

func TestAListIsRenamed(t *testing.T) {
	wantDocument(t, `#set($root = $input.path('$'))
{
  "photos": [
#foreach($photo in $root.photos.photo)
    {
      "id": "$photo.id",
      "title": "$util.escapeJavaScript($photo.title)",
      "public": #if($photo.ispublic == 1)true#{else}false#end
    }#if($foreach.hasNext),#end

#end
  ]
}`, photos, `{"photos":[{"id":"12345678901","title":"Sample \"photo\" 1","public":true},{"id":"23456789012","title":"Sample photo 2","public":false}]}`)
}

func TestAListIsCounted(t *testing.T) {
	wantDocument(t, `#set($found = $input.path('$.photos.photo'))
#set($public = 0)
#foreach($photo in $found)
#if($photo.ispublic == 1)
#set($public = $public + 1)
#end
#end
{"all": $found.size(), "public": $public, "page": $input.path('$.photos.page'), "pages": $input.json('$.photos.pages')}`,
		photos, `{"all":2,"public":1,"page":1,"pages":"1234"}`)
}

func TestMembersAreTakenAsJSON(t *testing.T) {
	wantDocument(t, `{
  "first": $input.json('$.photos.photo[0].id'),
  "owners": $input.json('$.photos.photo[*].owner'),
  "friends": $input.json('$.photos.photo[?(@.isfriend == 1)].id'),
  "missing": $input.json('$.photos.nope')
}`, photos, `{"first":"12345678901","owners":["23456789@A12","34567890@B23"],"friends":["23456789012"],"missing":""}`)
}

func TestParametersAreHandedOn(t *testing.T) {
	wantDocument(t, `{
  "album": "$input.params('album')",
  "escaped": "$util.urlEncode($input.params('album'))",
  "type": "$input.params().querystring.type",
  "page": $input.params('page'),
  "accept": "$input.params().header.get('Accept')",
  "none": "$input.params('none')"
}`, ``, `{"album":"a 1","escaped":"a+1","type":"dog","page":2,"accept":"*/*","none":""}`)
}

func TestTheContextIsHandedOn(t *testing.T) {
	wantDocument(t, `{
  "stage": "$context.stage",
  "method": "$context.httpMethod",
  "path": "$context.resourcePath",
  "ip": "$context.identity.sourceIp",
  "agent": "$context.identity.userAgent",
  "who": "$context.authorizer.principalId",
  "sub": "$context.authorizer.claims.sub",
  "email": "$context.authorizer.claims['email']",
  "none": "$context.identity.cognitoIdentityId"
}`, ``, `{"stage":"prod","method":"GET","path":"/albums/{album}","ip":"127.0.0.1","agent":"agent/1","who":"user","sub":"s-1","email":"a@b.example","none":""}`)
}

func TestStageVariablesAreHandedOn(t *testing.T) {
	wantDocument(t, `{"host": "https://$stageVariables.host/", "alias": "${stageVariables.alias}", "braces": "$stageVariables.get('alias')-x", "all": {
#foreach($key in $stageVariables.keySet())
    "$key": "$util.escapeJavaScript($stageVariables.get($key))"#if($foreach.hasNext),#end
#end
}}`, ``, `{"host":"https://h.example/","alias":"live","braces":"live-x","all":{"alias":"live","host":"h.example"}}`)
}

func TestABodyIsHandedOnAsAText(t *testing.T) {
	wantDocument(t, `{"body": "$util.escapeJavaScript($input.body).replaceAll("\\'", "'")", "base64": "$util.base64Encode($input.body)"}`,
		`{"it's": 1}`, `{"body":"{\"it's\": 1}","base64":"eyJpdCdzIjogMX0="}`)
}

func TestATextOfJSONIsRead(t *testing.T) {
	wantDocument(t, `#set($inner = $util.parseJson($input.path('$.message')))
{"id": $inner.id, "tags": $inner.tags, "last": "$inner.tags[-1]"}`,
		`{"message": "{\"id\": 7, \"tags\": [\"a\", \"b\"]}"}`, `{"id":7,"tags":["a","b"],"last":"b"}`)
}

func TestErrorsOfAFunctionAreWorded(t *testing.T) {
	const text = `#set($inputRoot = $input.path('$'))
#set($parsed = $util.parseJson($input.path('$.errorMessage')))
{"type": "$parsed.errorType", "status": $parsed.httpStatus, "message": "$util.escapeJavaScript($parsed.message)", "trace": #if($inputRoot.trace)true#{else}false#end}`
	wantDocument(t, text, `{"errorMessage": "{\"errorType\": \"NotFound\", \"httpStatus\": 404, \"message\": \"no \\\"x\\\"\"}"}`,
		`{"type":"NotFound","status":404,"message":"no \"x\"","trace":false}`)
}

func TestAFormIsMadeJSON(t *testing.T) {
	wantDocument(t, `{
#foreach($pair in $input.body.split("&"))
#set($parts = $pair.split("="))
  "$util.urlDecode($parts[0])": "#if($parts.size() > 1)$util.escapeJavaScript($util.urlDecode($parts[1]))#end"#if($foreach.hasNext),#end

#end
}`, `name=Ann+Lee&note=a%26b&empty=`, `{"name":"Ann Lee","note":"a&b","empty":""}`)
}

func TestAMapIsBuilt(t *testing.T) {
	wantDocument(t, `#set($out = {"Action": "SendMessage"})
#set($out.Group = $input.params("album"))
#set($ignored = $out.put("Stage", $context.stage))
{
#foreach($entry in $out.entrySet())
  "$entry.key": "$entry.value"#if($foreach.hasNext),#end

#end
}`, ``, `{"Action":"SendMessage","Group":"a 1","Stage":"prod"}`)
}

func TestAMacroWritesMembers(t *testing.T) {
	wantDocument(t, `#macro(member $name $value)
#if($value && $value != "")
, "$name": "$util.escapeJavaScript($value)"#end
#end
{"stage": "$context.stage"#member("album" $input.params("album"))#member("none" $input.params("none"))#member("missing" $context.nope)}`,
		``, `{"stage":"prod","album":"a 1"}`)
}
