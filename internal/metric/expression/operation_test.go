package expression_test

import "testing"

func TestArithmetic(t *testing.T) {
	check(t, measured{"m1": "1 2 - 4 0", "m2": "10 - 30 - 0"}, []evaluation{
		{"m1 + m2", "11 2 30 4 0"}, // what one side misses is 0
		{"m1 - m2", "-9 2 -30 4 0"},
		{"m1 * m2", "10 0 0 0 0"},
		{"m1 / m2", "0.1 - 0 - -"}, // what divides by zero is dropped
		{"m1 ^ 2", "1 4 - 16 0"},
		{"2 ^ m1", "2 4 - 16 1"},
		{"-m1", "-1 -2 - -4 -0"},
		{"-5 * m1", "-5 -10 - -20 -0"},
		{"m1 - -1", "2 3 - 5 1"},
		{"--m1", "1 2 - 4 0"},
		{"100 - m1", "99 98 - 96 100"},
		{"m1 + AVG(m1)", "2.75 3.75 - 5.75 1.75"},
		{"100 / [m1, m2]", "100 50 - 25 - | 10 - 3.33333 - -"},
		{"[m1, m2] * m1", "1 4 - 16 0 | 10 0 0 0 0"},
		{"m1 - [m1, m2]", "0 0 - 0 0 | -9 2 -30 4 0"},
		{"METRICS() / 10", "0.1 0.2 - 0.4 0 | 1 - 3 - 0"},
		{"m1 / AVG(REMOVE_EMPTY([m1]))", "1 1 - 1 -"},
		{"m1 * 1e-1 + .5", "0.6 0.7 - 0.9 0.5"},
		{"(m1 - 1) ^ 0.5", "0 1 - 1.73205 -"}, // no root of -1
	})
}

func TestWhatOverflowsIsDropped(t *testing.T) {
	check(t, measured{"m1": "1e200 1 - 1e200 -", "m2": "1 2 3 - 0"}, []evaluation{
		{"m1 * m1", "- 1 - - -"},
		{"m1 * m1 * m1 * m1", "- 1 - - -"},
		{"m1 * 1e200 + m2", "- 1e+200 3 - 0"},
		{"m2 - ABS(m1 * m1) - m2", "- -1 0 - 0"},
		{"(m1 * m1) / (m1 * m1)", "- 1 - - -"},
		{"FILL(m1 * m1, 7) * m2", "7 2 21 0 0"},
		{"[m1 * m1, m2] * m1", "- 1 - - - | 1e+200 2 0 0 0"},
		{"m1 / (m2 * 0) + m2", "1 2 3 - 0"}, // a division by zero is just a point that misses
	})
}

func TestPrecedence(t *testing.T) {
	check(t, measured{"m1": "2 3 - 0 1"}, []evaluation{
		{"m1 + 2 * 3", "8 9 - 6 7"},
		{"(m1 + 2) * 3", "12 15 - 6 9"},
		{"m1 - 1 - 1", "0 1 - -2 -1"},
		{"8 / 2 / 2 + 0 * m1", "2 2 - 2 2"},
		{"2 ^ 3 ^ 2 + 0 * m1", "512 512 - 512 512"},
		{"-m1 ^ 2", "-4 -9 - -0 -1"},
		{"2 ^ -1 + 0 * m1", "0.5 0.5 - 0.5 0.5"},
		{"m1 + 1 > 2", "1 1 - 0 0"},
		{"m1 > 1 == 1", "1 1 - 0 0"},
		{"m1 > 1 AND m1 < 3 OR m1 == 0", "1 0 - 1 0"},
		{"m1 == 0 || m1 > 1 && m1 < 3", "1 0 - 1 0"},
	})
}

// The guide's table of operators.
func TestComparison(t *testing.T) {
	check(t, measured{"m1": "30 20 0 0", "m2": "20 - 20 -"}, []evaluation{
		{"(m1 < m2)", "0 0 1 0 -"},
		{"(m1 >= 30)", "1 0 0 0 -"},
		{"(m1 > 15 AND m2 > 15)", "1 0 0 0 -"},
		{"m1 > 15 OR m2 > 15", "1 1 1 0 -"},
		{"m1 == 20", "0 1 0 0 -"},
		{"m1 != 20", "1 0 1 1 -"},
		{"m1 <= 20", "0 1 1 1 -"},
		{"m1 + (1 < 2)", "31 21 1 1 -"},
	})
}

func TestNumbersWithoutAValueDropWhatIsCalculatedFromThem(t *testing.T) {
	check(t, measured{"m1": "1 2 - 4 0", "m3": ""}, []evaluation{
		{"m1 + AVG(m3)", "- - - - -"},
		{"m1 * MAX(m3)", "- - - - -"},
		{"m1 + (AVG(m3) > 0)", "- - - - -"},
		{"m1 + 1 / 0", "- - - - -"},
		{"m1 + SUM(m3)", "1 2 - 4 0"},
		{"IF(AVG(m3), m1, m1)", "- - - - -"},
		{"TIME_SERIES(MIN(m3))", "- - - - -"},
	})
}
