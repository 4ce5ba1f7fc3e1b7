package cli

import "errors"

// checkFolder refuses an empty --data, as an unset variable leaves it: the folder would be the one that the user is in.
func checkFolder(data string) error {
	if data == "" {
		return errors.New("--data is empty: name a folder, or leave it out for " + defaultData)
	}
	return nil
}
