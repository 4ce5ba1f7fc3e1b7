package expression

import "time"

// calendar builds functions of time alone: the series that they are given only says which periods there are.
func calendar(f func(time.Time) int64) func(*compiler, call) (formula, error) {
	return func(c *compiler, n call) (formula, error) {
		arguments, err := c.arguments(n, aSeries)
		if err != nil {
			return formula{}, err
		}
		of := arguments[0]
		return formula{Series, 1, func(e *evaluation) value {
			out := of.value(e).single().like(0)
			for _, t := range e.grid(out.period) {
				out.add(t, float64(f(time.UnixMicro(t).UTC())))
			}
			return value{series: []series{out}}
		}}, nil
	}
}

// weekday numbers Monday 1 and Sunday 7.
func weekday(t time.Time) int64 { return int64((t.Weekday()+6)%7) + 1 }

// timeSeries makes a series of a number.
func timeSeries(c *compiler, n call) (formula, error) {
	arguments, err := c.arguments(n, aScalar)
	if err != nil {
		return formula{}, err
	}
	number, period := arguments[0], c.period()
	return formula{Series, 1, func(e *evaluation) value {
		return value{series: []series{e.constant(number.value(e).scalar, period)}}
	}}, nil
}

// period returns the seconds between a metric's points. The result of an expression has no period of its own.
func period(c *compiler, n call) (formula, error) {
	if len(n.arguments) == 1 {
		if r, ok := n.arguments[0].(reference); ok && c.items[r.id].Expression == "" {
			length := c.items[r.id].Period
			return formula{Scalar, 0, func(e *evaluation) value {
				return value{scalar: e.data.Scale.Cloud(length).Seconds()}
			}}, nil
		}
	}
	return formula{}, refuse("Function 'PERIOD' takes the id of a metric")
}
