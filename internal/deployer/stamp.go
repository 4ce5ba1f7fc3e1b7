package deployer

// Stamp is what Sluice writes into the description of a version that it publishes, in at most 256 bytes.
type Stamp struct {
	Release string
	By      string
	Commit  string // of git; empty outside of a repository. A "+" at its end: with changes that are not committed
	Tag     string // of git, if the commit has one
}
