package deployer_test

import (
	"fmt"

	"sluice/internal/deployer"
)

// What a run has to do follows from what the file asks for and what is there.
func ExampleDecide() {
	env := &deployer.Environment{Project: "bonus", Name: "prd", Publish: true, Strategy: deployer.Strategy{Kind: deployer.Increments, Percents: []float64{25, 50, 75}}}
	calculator := deployer.Function{Key: "calculator", Name: "bonus-prd-calculator", Alias: "LIVE", Code: deployer.Code{Digest: "new"}}
	found := &deployer.Found{
		Name:     calculator.Name,
		Versions: []deployer.Version{{Number: "3", Digest: "old"}, {Number: "4", Digest: "new"}},
		Alias:    &deployer.Alias{Name: "LIVE", Version: "3", Additional: "4", Weight: 0.25},
	}
	decision, err := deployer.Decide(env, calculator, found, deployer.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("publish: %v, %s goes on from %v %% of %s\n", decision.Publish, calculator.Alias, decision.Move.Now, decision.Move.To)
	for _, step := range decision.Move.Steps {
		fmt.Println(step.Percent)
	}
	// Output:
	// publish: false, LIVE goes on from 25 % of 4
	// 50
	// 75
	// 100
}

// A record lets any machine see what a release is doing with an alias, beside what a person wrote there.
func ExampleReadRecord() {
	written := deployer.Record{Release: "r-7K2M", Phase: deployer.Shifting, From: "3", To: "4", By: "ann"}
	description := written.Description("the payroll team's")
	fmt.Println(description)
	record, _ := deployer.ReadRecord(description)
	fmt.Printf("%s moves it from %s to %s\n", record.By, record.From, record.To)
	// Output:
	// the payroll team's [sluice release=r-7K2M phase=shifting from=3 to=4 by=ann]
	// ann moves it from 3 to 4
}

// A strategy is a list of steps; a release in transition makes those above its present weight.
func ExampleStrategy_StepsAfter() {
	canary, _ := deployer.PredefinedStrategy("Canary10Percent5Minutes")
	fmt.Println(canary.Steps())
	fmt.Println(canary.StepsAfter(10))
	// Output:
	// [{10 5m0s} {100 0s}]
	// [{100 0s}]
}
