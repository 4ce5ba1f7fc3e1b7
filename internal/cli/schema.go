package cli

import "sluice/internal/deployer/config"

type schemaCommand struct{}

// Help is shown below the command's usage.
func (schemaCommand) Help() string {
	return "For editors with a YAML language server: write the output to sluice.schema.json, and `# yaml-language-server: $schema=sluice.schema.json` into the file's first line."
}

func (schemaCommand) Run(s *streams) error {
	_, err := s.out.Write(config.Schema())
	return err
}
