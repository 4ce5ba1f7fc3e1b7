package account

import (
	_ "embed"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed data/policies.txt
var managedList string

//go:embed data/documents.json
var managedDocuments []byte

// managed are the policies that AWS manages, by name. They are read when somebody asks for the first of them.
var managed = sync.OnceValue(func() map[string]*Policy {
	var documents map[string]json.RawMessage
	if err := json.Unmarshal(managedDocuments, &documents); err != nil {
		panic(err) // a mistake in the program's own data, which its test finds
	}
	all := map[string]*Policy{}
	for line := range strings.Lines(managedList) {
		p := managedPolicy(strings.Fields(line))
		if document, ok := documents[p.Name]; ok {
			p.Versions = []PolicyVersion{{Number: p.Default, Document: string(document), Created: p.Updated}}
		}
		all[p.Name] = p
	}
	return all
})

// managedPolicy reads a line of the list: path, name, default version, and when it was made and last changed.
func managedPolicy(line []string) *Policy {
	number, numberErr := strconv.Atoi(strings.TrimPrefix(line[2], "v"))
	created, createdErr := time.Parse(time.RFC3339, line[3])
	updated, updatedErr := time.Parse(time.RFC3339, line[4])
	if numberErr != nil || createdErr != nil || updatedErr != nil {
		panic("account: " + strings.Join(line, " ")) // as above
	}
	p := &Policy{
		Account: AWS, Path: line[0], Name: line[1], Default: number, Last: number, Created: created, Updated: updated,
	}
	p.ID = derivedID("ANPA", p.ARN())
	return p
}
