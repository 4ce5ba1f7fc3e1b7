package server_test

import (
	"archive/zip"
	"bytes"
	"context"
	"strconv"
	"testing"

	"sluice/internal/server"
)

// layers makes a call of the operations on layers.
func (c caller) layers(method, path string, in, out any) {
	c.t.Helper()
	if _, err := c.Lambda(context.Background(), method, "/2018-10-31/layers"+path, in, out); err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
}

type publishedLayer struct {
	LayerVersionArn string
	Content         struct{ Location, CodeSha256 string }
}

func (c caller) publishLayer(name string, content []byte) (published publishedLayer) {
	c.t.Helper()
	c.layers("POST", "/"+name+"/versions", object{"Content": object{"ZipFile": content}}, &published)
	return published
}

// waitFor waits until a function's update is over.
func (c caller) waitFor(name string) {
	c.t.Helper()
	eventually(c.t, "the update's end", func() bool {
		var shown struct{ LastUpdateStatus string }
		c.lambda("GET", "/"+name+"/configuration", nil, &shown)
		return shown.LastUpdateStatus == "Successful"
	})
}

// A function whose bootstrap is in a layer runs, and goes on when the layer's version is deleted and when the server has
// started anew.
func TestAFunctionOutlivesTheLayersItUses(t *testing.T) {
	data := t.TempDir()
	keep := func(cfg *server.Config) { cfg.Data = data }
	t.Run("a server", func(t *testing.T) {
		c := startServer(t, keep)
		bootstrap := c.publishLayer("bootstrap", program())
		if status, body := c.get(bootstrap.Content.Location); status != 200 || !bytes.Equal([]byte(body), program()) {
			t.Errorf("the location answers %d with %d bytes", status, len(body))
		}
		c.createFunction("f", emptyPackage(t))
		c.lambda("PUT", "/f/configuration", object{"Layers": []string{bootstrap.LayerVersionArn}}, nil)
		c.waitFor("f")
		c.lambda("POST", "/f/versions", object{}, nil)
		c.wantServed(2)
		c.layers("DELETE", "/bootstrap/versions/1", nil, nil)
		c.lambda("PUT", "/f/configuration", object{"Description": "another version"}, nil)
		c.waitFor("f")
		c.lambda("POST", "/f/versions", object{}, nil)
		c.wantServed(3)
	})
	t.Run("the next server", func(t *testing.T) {
		c := startServer(t, keep)
		c.wantServed(2)
		c.wantServed(3)
	})
}

func (c caller) wantServed(version int) {
	c.t.Helper()
	if r := c.request("/2015-03-31/functions/f/invocations?Qualifier=" + strconv.Itoa(version)); r.failure != "" || r.version != version {
		c.t.Errorf("version %d: served by %d, %s", version, r.version, r.failure)
	}
}

// emptyPackage is a package that has nothing to start.
func emptyPackage(t *testing.T) []byte {
	t.Helper()
	var content bytes.Buffer
	w := zip.NewWriter(&content)
	if _, err := w.Create("nothing"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}
