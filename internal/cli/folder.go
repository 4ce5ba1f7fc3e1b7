package cli

import (
	"errors"
	"path/filepath"
)

// checkFolder refuses an empty --data, as an unset variable leaves it: the folder would be the one that the user is in.
func checkFolder(data string) error {
	if data == "" {
		return errors.New("--data is empty: name a folder, or leave it out for " + defaultData)
	}
	return nil
}

// dataFlag returns the flag that leads `sluice env` to a data folder, nothing for the default one.
func dataFlag(folder string) string {
	if isDefaultData(folder) {
		return ""
	}
	return " --data " + shellQuote(folder)
}

func isDefaultData(folder string) bool {
	standard, err := filepath.Abs(defaultData)
	return err == nil && folder == standard
}
