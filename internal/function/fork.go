package function

import (
	"math"
	"math/rand/v2"
)

// fork is where an alias's requests part.
type fork struct {
	alias            *Alias
	arn              string  // the alias's
	main, additional *target // additional is nil if the alias points to one version
	choice           *Choice
	held             []*target // what a deployment moves the alias between
}

func (f *fork) next() *target {
	if f.additional != nil && f.choice.Additional() {
		return f.additional
	}
	return f.main
}

// setAlias replaces an alias's fork. The order of its choices starts anew only if the split is another one.
func (t *table) setAlias(r Reader, e *entry, a *Alias) error {
	f := &fork{alias: a, arn: a.ARN()}
	var err error
	if f.main, err = t.load(r, e, a.Function, a.Version); err != nil {
		return err
	}
	if a.Additional != 0 {
		if f.additional, err = t.load(r, e, a.Function, a.Additional); err != nil {
			return err
		}
		f.choice = NewChoice(a.Weight, rand.Uint64())
	}
	if err := t.hold(r, e, f); err != nil {
		return err
	}
	if found, ok := e.aliases.Load(a.Name); ok {
		old := found.(*fork)
		if old.splitsAs(f) {
			f.choice = old.choice
		}
		old.release()
	}
	e.aliases.Store(a.Name, f)
	return nil
}

// hold keeps both versions of a deployment warm while it is open: the traffic may return to the one that it leaves.
func (t *table) hold(r Reader, e *entry, f *fork) error {
	for _, n := range f.alias.Held {
		held, err := t.load(r, e, f.alias.Function, n)
		if err != nil {
			f.release()
			return err
		}
		held.pool.Hold()
		f.held = append(f.held, held)
	}
	return nil
}

func (f *fork) release() {
	for _, held := range f.held {
		held.pool.Release()
	}
}

func (f *fork) splitsAs(other *fork) bool {
	a, b := f.alias, other.alias
	return a.Version == b.Version && a.Additional == b.Additional && a.Weight == b.Weight
}

// shares divides n processes among the versions that an alias leads to.
func (f *fork) shares(n int) map[*target]int {
	if len(f.held) == 0 && f.additional != nil {
		weight := float64(f.alias.Weight)
		return map[*target]int{
			f.additional: int(math.Ceil(weight * float64(n))), f.main: int(math.Ceil((1 - weight) * float64(n))),
		}
	}
	all := map[*target]int{f.main: n}
	if f.additional != nil {
		all[f.additional] = n
	}
	for _, held := range f.held {
		all[held] = n
	}
	return all
}
