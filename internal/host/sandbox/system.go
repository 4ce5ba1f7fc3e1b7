package sandbox

import (
	"os"
	"path/filepath"
)

// systemFolders are where programs, libraries, certificates and settings are that every program may read. What is not
// there is left out. /home/linuxbrew is no user's home.
var systemFolders = []string{
	"/bin", "/sbin", "/usr", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/sys", "/nix", "/gnu/store",
	"/var/lib/ca-certificates", "/home/linuxbrew", "/snap",
}

// looseFiles are links in these folders that lead out of them, on some systems.
var looseFiles = []string{"/etc/resolv.conf", "/etc/hosts", "/etc/localtime"}

// System returns what of the machine's own files programs need. Names are looked up by the settings in /etc.
func System() []Entry {
	var entries []Entry
	for _, folder := range systemFolders {
		info, err := os.Lstat(folder)
		switch {
		case err != nil:
		case info.Mode()&os.ModeSymlink != 0:
			if target, err := os.Readlink(folder); err == nil {
				entries = append(entries, Entry{Path: folder, From: target, Kind: Link})
			}
		case info.IsDir():
			entries = append(entries, Entry{Path: folder, From: folder})
		}
	}
	for _, path := range looseFiles {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			entries = append(entries, Entry{Path: real, From: real})
		}
	}
	return entries
}

// Resolved is the entry that shows a file or folder at its own path, wherever its links lead.
func Resolved(path string) Entry {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return Entry{Path: path, From: real}
	}
	return Entry{Path: path, From: path}
}
