package store

import (
	"database/sql"
	"slices"
	"time"

	"sluice/internal/function"
	"sluice/internal/layer"
)

// codeOwner is a record whose code is in blobs: a function's $LATEST or version, or a layer's version. It is the key of the
// records that say which.
type codeOwner struct {
	kind, account, region, name string
	number                      int64
}

func ownerOfVersion(id function.ID, n function.Number) codeOwner {
	return codeOwner{"function", id.Account, id.Region, id.Name, int64(n)}
}

func ownerOfLayer(id layer.ID, number int) codeOwner {
	return codeOwner{"layer", id.Account, id.Region, id.Name, int64(number)}
}

// named are the arguments of a statement about all of a function's or a layer's code, and args those about one version's.
func (o codeOwner) named() []any { return []any{o.kind, o.account, o.region, o.name} }
func (o codeOwner) args() []any  { return append(o.named(), o.number) }

// blobsOf are the blobs that a version's code is in.
func blobsOf(v *function.Version) []string {
	sums := []string{v.Code.SHA256}
	for _, l := range v.Config.Layers {
		sums = append(sums, l.Code.SHA256)
	}
	return sums
}

// setCode notes which blobs a record's code is in, and releases those that it was in before. No blob at all is what is noted
// of a record that is deleted.
func (t *tx) setCode(owner codeOwner, sums ...string) error {
	before, err := t.sums("SELECT sha256 FROM code_blobs WHERE kind = ? AND account = ? AND region = ? AND name = ? AND number = ?", owner.args()...)
	if err != nil {
		return err
	}
	for _, sum := range sums {
		if sum == "" || slices.Contains(before, sum) {
			continue
		}
		if _, err := t.exec("INSERT INTO code_blobs (kind, account, region, name, number, sha256) VALUES (?, ?, ?, ?, ?, ?) "+
			"ON CONFLICT (kind, account, region, name, number, sha256) DO NOTHING", append(owner.args(), sum)...); err != nil {
			return err
		}
	}
	for _, sum := range before {
		if slices.Contains(sums, sum) {
			continue
		}
		if _, err := t.exec("DELETE FROM code_blobs WHERE kind = ? AND account = ? AND region = ? AND name = ? AND number = ? AND sha256 = ?",
			append(owner.args(), sum)...); err != nil {
			return err
		}
		if err := t.Release(sum, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

// dropCode releases the code of all versions.
func (t *tx) dropCode(owner codeOwner) error {
	err := t.releaseAll(time.Now(), "SELECT DISTINCT sha256 FROM code_blobs WHERE kind = ? AND account = ? AND region = ? AND name = ?", owner.named()...)
	if err != nil {
		return err
	}
	_, err = t.exec("DELETE FROM code_blobs WHERE kind = ? AND account = ? AND region = ? AND name = ?", owner.named()...)
	return err
}

// sums reads the sums of blobs that a query finds.
func (t *tx) sums(query string, args ...any) ([]string, error) {
	return rows(t, query, args, func(row *sql.Rows) (sum string, err error) { return sum, row.Scan(&sum) })
}
