package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

// Plan says what a run would do: below each function that changes a line for each change, then how much it is in all.
func Plan(p *release.Plan) string {
	var b strings.Builder
	changing, width := 0, 0
	for i := range p.Decisions {
		width = max(width, len(p.Decisions[i].Function.Key))
	}
	for i := range p.Decisions {
		d := &p.Decisions[i]
		unfinished := slices.Contains(p.Unfinished, d.Function.Key)
		if d.Nothing() && !unfinished {
			fmt.Fprintf(&b, "= %-*s  nothing changes%s\n", width, d.Function.Key, standsOn(d))
		} else {
			changing++
			fmt.Fprintf(&b, "%s %-*s  %s\n", sign(d), width, d.Function.Key, d.Function.Name)
			b.WriteString(changes(d, unfinished))
		}
		if d.Note != "" {
			fmt.Fprintf(&b, "    (%s)\n", d.Note)
		}
	}
	b.WriteString("\n" + sum(p, changing) + "\n")
	return b.String()
}

func sign(d *deployer.Decision) string {
	if d.Create {
		return "+"
	}
	return "~"
}

// standsOn tells of an alias that stays where it is.
func standsOn(d *deployer.Decision) string {
	if d.Found == nil || d.Found.Alias == nil {
		return ""
	}
	return ", " + d.Function.Alias + " is on " + pointing(*d.Found.Alias)
}

func sum(p *release.Plan, changing int) string {
	switch {
	case p.Returning:
		return "Release " + p.Release + " is half way back: a deploy ends that first."
	case changing == 0:
		return "Nothing changes in " + p.Environment.Name + "."
	case changing == len(p.Decisions):
		return fmt.Sprintf("%s in %s.", counted(changing, "function changes", "functions change"), p.Environment.Name)
	}
	return fmt.Sprintf("%d of %s in %s.", changing, counted(len(p.Decisions), "function changes", "functions change"), p.Environment.Name)
}

// changes are the lines of one function, their names in a column.
func changes(d *deployer.Decision, unfinished bool) string {
	t := table{indent: "    "}
	if d.Create {
		t.row("+ function", "is created")
	}
	for _, c := range d.Changes {
		t.row(changeSign(c)+" "+c.Field, fromTo(c))
	}
	tags(&t, d)
	if d.Publish {
		t.row("+ version", "is published")
	}
	if text := move(d); text != "" {
		mark := "~ "
		if d.Move.Kind == deployer.Make {
			mark = "+ "
		}
		t.row(mark+d.Function.Alias, text)
	}
	if unfinished {
		t.row("~ "+d.Function.Alias, "has arrived; its release is brought to an end")
	}
	return t.String()
}

// tags names those of people with their values, and Sluice's own in one line.
func tags(t *table, d *deployer.Decision) {
	var own []string
	for _, name := range slices.Sorted(maps.Keys(d.Tags.Set)) {
		if strings.HasPrefix(name, "sluice:") {
			own = append(own, name)
			continue
		}
		change := deployer.Change{Field: "tags." + name, To: d.Tags.Set[name]}
		if d.Found != nil {
			change.From = d.Found.Tags[name]
		}
		t.row(changeSign(change)+" "+change.Field, fromTo(change))
	}
	for _, name := range d.Tags.Remove {
		t.row("- tags."+name, d.Found.Tags[name])
	}
	if len(own) > 0 {
		t.row("~ tags", strings.Join(own, ", "))
	}
}

func changeSign(c deployer.Change) string {
	switch {
	case c.From == "":
		return "+"
	case c.To == "":
		return "-"
	}
	return "~"
}

// fromTo shows both values. Those of variables are hidden by internal/deployer.
func fromTo(c deployer.Change) string {
	from, to := c.From, c.To
	if c.Field == "code" {
		from, to = short(from), short(to)
	}
	switch {
	case from == "":
		return to
	case to == "":
		return from
	}
	return from + " → " + to
}

// move says where the alias goes and by which steps.
func move(d *deployer.Decision) string {
	m := &d.Move
	to := "the new version"
	if m.To != "" {
		to = version(m.To)
	}
	if m.Live != nil {
		to = live(*m.Live) + ", by hand"
	}
	switch m.Kind {
	case deployer.Make:
		return "is made on " + to
	case deployer.Point:
		return "from " + version(m.From) + " to " + to + ", at once"
	case deployer.Start:
		return "from " + version(m.From) + " to " + to + ": " + steps(m.Steps)
	case deployer.Next:
		return fmt.Sprintf("goes on from %s on %s: %s", deployer.PercentText(m.Now), to, steps(m.Steps))
	}
	return ""
}

// steps writes "25 %, 5m later 50 %, 5m later all".
func steps(all []deployer.Step) string {
	if len(all) == 1 {
		return "all at once"
	}
	var b strings.Builder
	for i, s := range all {
		if i > 0 {
			fmt.Fprintf(&b, ", %s later ", duration(all[i-1].Wait))
		}
		if s.Percent >= 100 {
			b.WriteString("all")
		} else {
			b.WriteString(deployer.PercentText(s.Percent))
		}
	}
	return b.String()
}
