package store

import (
	"fmt"

	"sluice/internal/function"
)

// kind tells apart what is set for a function or for one of its versions or aliases. Rooms name theirs beside the methods
// that they ask the store for; the names are on disk and stay.
type kind string

// ofQualifier are the tables whose records belong to a version or an alias and go with it.
var ofQualifier = []string{"settings", "function_urls"}

// setting reads what is set for a qualifier; noun is what the error says is not there.
func setting[T any](t *tx, k kind, noun string, id function.ID, qualifier string) (*T, error) {
	record := new(T)
	found, err := t.document("SELECT document FROM settings "+
		"WHERE account = ? AND region = ? AND function = ? AND kind = ? AND qualifier = ?",
		[]any{id.Account, id.Region, id.Name, string(k), qualifier}, record)
	if err == nil && !found {
		err = noSuch(noun, id.Qualified(qualifier))
	}
	return record, err
}

// settingsOf reads what is set for all qualifiers of a function, in their order.
func settingsOf[T any](t *tx, k kind, id function.ID) ([]*T, error) {
	return documents[T](t, "SELECT document FROM settings "+
		"WHERE account = ? AND region = ? AND function = ? AND kind = ? ORDER BY qualifier",
		id.Account, id.Region, id.Name, string(k))
}

// allSettings reads what is set in all functions of all accounts.
func allSettings[T any](t *tx, k kind) ([]*T, error) {
	return documents[T](t, "SELECT document FROM settings WHERE kind = ? ORDER BY account, region, function, qualifier", string(k))
}

func (t *tx) putSetting(k kind, id function.ID, qualifier string, record any) error {
	t.owned(id)
	return t.put(record, "INSERT INTO settings (document, account, region, function, kind, qualifier) VALUES (?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, function, kind, qualifier) DO UPDATE SET document = excluded.document",
		id.Account, id.Region, id.Name, string(k), qualifier)
}

func (t *tx) deleteSetting(k kind, noun string, id function.ID, qualifier string) error {
	deleted, err := t.exec("DELETE FROM settings WHERE account = ? AND region = ? AND function = ? AND kind = ? AND qualifier = ?",
		id.Account, id.Region, id.Name, string(k), qualifier)
	if err == nil && deleted == 0 {
		return noSuch(noun, id.Qualified(qualifier))
	}
	return err
}

// deleteQualifier deletes all that is set for a version or an alias, which is being deleted.
func (t *tx) deleteQualifier(id function.ID, qualifier string) error {
	for _, table := range ofQualifier {
		_, err := t.exec(fmt.Sprintf("DELETE FROM %s WHERE account = ? AND region = ? AND function = ? AND qualifier = ?", table),
			id.Account, id.Region, id.Name, qualifier)
		if err != nil {
			return err
		}
	}
	return nil
}
