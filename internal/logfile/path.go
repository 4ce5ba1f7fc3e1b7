package logfile

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"

	"sluice/internal/function"
	"sluice/internal/logs"
)

const (
	extension = ".log"
	// maxName is how long a file's name gets before it is cut and told apart by a digest. Most systems allow 255 bytes.
	maxName = 200
	cutMark = "~" // never in a name that is not cut
)

// path is where a stream's file is.
func (f *Files) path(id logs.StreamID) string {
	return filepath.Join(f.groupFolder(id.Group), escape(id.Name)+extension)
}

func (f *Files) groupFolder(id logs.GroupID) string {
	return filepath.Join(f.scopeFolder(id.Scope), escape(id.Name))
}

func (f *Files) scopeFolder(scope function.Scope) string {
	return filepath.Join(f.dir, escape(scope.Account), escape(scope.Region))
}

// escape makes a file name of any text: what could mean something to a file system is written as %XX. The result is
// never empty, . or .., and two texts never share one, not even where case does not count.
func escape(text string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	b.WriteByte('=')
	for _, c := range []byte(text) {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_', c == '$', c == '[', c == ']':
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	if b.Len() <= maxName {
		return b.String()
	}
	digest := sha256.Sum256([]byte(text))
	return b.String()[:maxName-2*sha256.Size-len(cutMark)] + cutMark + hex.EncodeToString(digest[:])
}
