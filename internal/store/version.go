package store

import (
	"database/sql"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// versionDocument is the JSON column of a version. Its names are those of the files on disk: a field of the rules may
// be renamed, a document may not.
type versionDocument struct {
	Config               function.Config
	Code                 function.Code
	RevisionID           string
	Modified             int64             // microseconds since 1970
	PublishedDescription string            `json:",omitempty"`
	Settling             *settlingDocument `json:",omitempty"`
}

type settlingDocument struct {
	Creating bool   `json:",omitempty"`
	Until    int64  // microseconds since 1970
	Revision string `json:",omitempty"`
}

func newVersionDocument(v *function.Version) versionDocument {
	content := versionDocument{
		Config: v.Config, Code: v.Code, RevisionID: v.RevisionID, Modified: micros(v.Modified),
		PublishedDescription: v.PublishedDescription,
	}
	if s := v.Settling; s != nil {
		content.Settling = &settlingDocument{Creating: s.Creating, Until: micros(s.Until), Revision: s.Revision}
	}
	return content
}

func (d *versionDocument) version(id function.ID, n function.Number) function.Version {
	v := function.Version{
		Function: id, Number: n, Config: d.Config, Code: d.Code, RevisionID: d.RevisionID,
		Modified: fromMicros(d.Modified), PublishedDescription: d.PublishedDescription,
	}
	if s := d.Settling; s != nil {
		v.Settling = &function.Settling{Creating: s.Creating, Until: fromMicros(s.Until), Revision: s.Revision}
	}
	return v
}

// Version implements function.Reader. $LATEST is the function's.
func (t *tx) Version(id function.ID, n function.Number) (*function.Version, error) {
	if n == function.Latest {
		f, err := t.Function(id)
		if err != nil {
			return nil, err
		}
		return &f.Latest, nil
	}
	text, err := t.versionText(id, n)
	if err != nil {
		return nil, err
	}
	if text == nil {
		return nil, noSuch("version", id.Qualified(n.String()))
	}
	v, err := parseVersion(text, id, n)
	return v, t.fail(err)
}

// Versions implements function.Reader.
func (t *tx) Versions(id function.ID, after function.Number, limit int) ([]*function.Version, error) {
	return rows(t, "SELECT number, document FROM versions "+
		"WHERE account = ? AND region = ? AND function = ? AND number > ? ORDER BY number LIMIT ?",
		[]any{id.Account, id.Region, id.Name, int64(after), limited(limit)},
		func(row *sql.Rows) (*function.Version, error) {
			var number int64
			var text sql.RawBytes
			if err := row.Scan(&number, &text); err != nil {
				return nil, err
			}
			return parseVersion(text, id, function.Number(number))
		})
}

// PutVersion implements function.Tx. A published version never changes: putting it again as it is does nothing, and
// with another content is fault.Conflict "version". $LATEST is put with its function; here it is fault.Invalid.
func (t *tx) PutVersion(v *function.Version) error {
	if v.Number <= function.Latest {
		return fault.Errorf(fault.Invalid, "version", "version %s of %s is not a published one", v.Number, v.Function.ARN())
	}
	text, err := t.encode(newVersionDocument(v))
	if err != nil {
		return err
	}
	inserted, err := t.exec("INSERT INTO versions (account, region, function, number, document) VALUES (?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, function, number) DO NOTHING",
		v.Function.Account, v.Function.Region, v.Function.Name, int64(v.Number), text)
	if err != nil {
		return err
	}
	t.owned(v.Function)
	if inserted > 0 {
		return t.setCode(ownerOfVersion(v.Function, v.Number), blobsOf(v)...)
	}
	existing, err := t.versionText(v.Function, v.Number)
	if err != nil {
		return err
	}
	if string(existing) != text {
		return fault.Errorf(fault.Conflict, "version", "version %s exists with other content, and can't change", v.ARN())
	}
	return nil
}

// DeleteVersion implements function.Tx.
func (t *tx) DeleteVersion(id function.ID, n function.Number) error {
	deleted, err := t.exec("DELETE FROM versions WHERE account = ? AND region = ? AND function = ? AND number = ?",
		id.Account, id.Region, id.Name, int64(n))
	if err == nil && deleted == 0 {
		return noSuch("version", id.Qualified(n.String()))
	}
	if err != nil {
		return err
	}
	if err := t.setCode(ownerOfVersion(id, n)); err != nil {
		return err
	}
	return t.deleteQualifier(id, n.String())
}

// versionText returns a version's document, nil if there is no such version.
func (t *tx) versionText(id function.ID, n function.Number) (text []byte, err error) {
	_, err = t.row("SELECT document FROM versions WHERE account = ? AND region = ? AND function = ? AND number = ?",
		[]any{id.Account, id.Region, id.Name, int64(n)}, &text)
	return text, err
}

func parseVersion(text []byte, id function.ID, n function.Number) (*function.Version, error) {
	var content versionDocument
	if err := parse(text, &content); err != nil {
		return nil, err
	}
	v := content.version(id, n)
	return &v, nil
}
