package doctor

import (
	"fmt"
	"os"
	"path/filepath"
)

// examineFolder tells whether the data folder can be used, and by whom. One that is not there yet will be made.
func examineFolder(data string) Finding {
	f := Finding{Subject: "data folder", State: Yes, Needed: true}
	info, err := os.Stat(data)
	switch {
	case os.IsNotExist(err):
		f.Detail = data + " will be made"
		parent := existing(filepath.Dir(data))
		if !writable(parent) {
			f.State, f.Detail = No, parent+" can't be written"
			f.Advice = "Name another folder with --data."
		}
	case err != nil:
		f.State, f.Detail, f.Advice = No, err.Error(), "Name another folder with --data."
	case !info.IsDir() || !writable(data):
		f.State, f.Detail, f.Advice = No, data+" is no folder that can be written", "Name another folder with --data."
	case info.Mode().Perm()&0o077 != 0:
		f.State, f.Detail = Partly, fmt.Sprintf("%s has mode %04o: other users may look in", data, info.Mode().Perm())
		f.Advice = "chmod 700 " + data
	default:
		f.Detail = fmt.Sprintf("%s, mode %04o", data, info.Mode().Perm())
	}
	return f
}

// existing returns the innermost folder of a path that is there.
func existing(path string) string {
	for {
		if _, err := os.Stat(path); err == nil || path == filepath.Dir(path) {
			return path
		}
		path = filepath.Dir(path)
	}
}

// writable tries it, and leaves nothing behind.
func writable(folder string) bool {
	file, err := os.CreateTemp(folder, ".sluice-doctor-")
	if err != nil {
		return false
	}
	_ = file.Close()
	return os.Remove(file.Name()) == nil
}

func examineDisk(data string) Finding {
	f := Finding{Subject: "file system", State: Yes}
	kind, remote, free := fileSystem(existing(data))
	f.Detail = fmt.Sprintf("%s, %d MB free", kind, free>>20)
	switch {
	case remote:
		f.State = Partly
		f.Advice = "The database wants locks that a file system over a network may not keep: name a folder on a disk of this machine."
	case free < 1<<30:
		f.State, f.Advice = Partly, "Make room: functions, their logs and temporary files need some."
	}
	return f
}
