package release_test

import (
	"context"
	"fmt"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

// Each run with Step makes one step and ends, for pipelines that keep no process alive.
func ExampleRunner_Deploy() {
	w := newWorld(1) // an endpoint, packages and commands that live in memory
	runner, err := release.New(w.memory, w, w, release.Config{By: "ann"})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	for _, code := range []string{"A", "B", "B", "B"} {
		w.write(code)
		plan, err := runner.Plan(ctx, w.env, release.Ask{})
		if err != nil {
			fmt.Println(err)
			return
		}
		outcome, err := runner.Deploy(ctx, plan, release.How{Step: true})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(outcome.Standings[0], "/", len(outcome.Left), "steps left")
	}
	// Output:
	// f1: LIVE is on version 1 / 0 steps left
	// f1: LIVE is on version 1, with 25 % on 2 / 3 steps left
	// f1: LIVE is on version 1, with 50 % on 2 / 2 steps left
	// f1: LIVE is on version 1, with 75 % on 2 / 1 steps left
}

// A rollback points all aliases to the version before, without a new upload.
func ExampleRunner_Rollback() {
	w := newWorld(2)
	runner, err := release.New(w.memory, w, w, release.Config{By: "ann"})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	w.env.Strategy = deployer.Strategy{Kind: deployer.AllAtOnce}
	for _, code := range []string{"A", "B"} {
		w.write(code)
		plan, err := runner.Plan(ctx, w.env, release.Ask{})
		if err != nil {
			fmt.Println(err)
			return
		}
		if _, err := runner.Deploy(ctx, plan, release.How{}); err != nil {
			fmt.Println(err)
			return
		}
	}
	standings, err := runner.Rollback(ctx, w.env, "", false)
	fmt.Println(standings, err)
	// Output:
	// [f1: LIVE is on version 1 f2: LIVE is on version 1] <nil>
}
