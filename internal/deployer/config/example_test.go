package config_test

import (
	"fmt"

	"sluice/internal/deployer/config"
)

func Example() {
	file, err := config.Read([]byte(`
project: bonus
functions:
  calculator: {code: src, handler: index.handler, runtime: nodejs22.x}
environments:
  prd: {strategy: {increments: [25, 50, 75]}}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	env, err := file.Environment("prd", config.Sources{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(env.Functions[0].Name)
	for _, step := range env.Strategy.Steps() {
		fmt.Printf("%v %% ", step.Percent)
	}
	// Output:
	// bonus-prd-calculator
	// 25 % 50 % 75 % 100 %
}
