package host

import (
	"context"
	"os"
	"path/filepath"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// layersRoot is where the contents of layers are on AWS.
const layersRoot = "/opt"

// layers returns the folder with what a version's layers contain, later ones over earlier ones; nil if the version has
// none. The caller releases it. Versions with the same layers share it. fault.Unavailable "runtime" says that they don't
// go together.
func (h *Host) layers(ctx context.Context, v *function.Version) (*unpacked, error) {
	if len(v.Config.Layers) == 0 {
		return nil, nil
	}
	var sums []string
	for _, l := range v.Config.Layers {
		sums = append(sums, l.Code.SHA256)
	}
	folder, err := h.code.use(ctx, sums...)
	if fault.Is(err, fault.Invalid, "package") { // each can be unpacked alone, or it would not have been published
		return nil, fault.Errorf(fault.Unavailable, "runtime",
			"The layers of %s contradict each other, such as by links that lead in a circle, and can't be unpacked together.", v.ARN())
	}
	if err != nil {
		return nil, fault.Errorf(fault.Internal, "package", "unpack the layers of %s: %w", v.ARN(), err)
	}
	return folder, nil
}

// inLayers returns the path that a name in /opt has for the version's processes.
func (l *launch) inLayers(name string) string {
	if l.layers == "" {
		return layersRoot + "/" + name
	}
	return filepath.Join(l.layers, name)
}

// layered adds what processes need to know of their layers, if there are any: the variable is to the layers what
// LAMBDA_TASK_ROOT is to the code.
func (l *launch) layered() []string {
	if l.layers == "" {
		return nil
	}
	return []string{"LAMBDA_LAYER_ROOT=" + l.layers}
}

// fallBack starts the layers' executable if the package has none.
func (l *launch) fallBack(name string) {
	if l.layers == "" {
		return
	}
	path := filepath.Join(l.layers, filepath.Clean("/"+name))
	if _, err := os.Lstat(l.path); os.IsNotExist(err) && isFile(path) {
		l.path, l.args = path, []string{path}
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
