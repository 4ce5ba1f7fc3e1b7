package expression

// node is a part of an expression as it was written.
type node interface{ position() int }

// literal is a number.
type literal struct {
	at    int
	value float64
}

// text is a quoted text: an argument of METRICS and SEARCH.
type text struct {
	at    int
	value string
}

// word is an argument that names one of a function's ways, such as REPEAT or DESC.
type word struct {
	at    int
	value string
}

// reference names another item of the set.
type reference struct {
	at int
	id string
}

// list is an array that is written out.
type list struct {
	at    int
	items []node
}

// unary is a minus before an operand.
type unary struct {
	at      int
	operand node
}

// binary is two operands and an operator, which at is the place of.
type binary struct {
	at          int
	operator    string
	left, right node
}

// call is a function and its arguments.
type call struct {
	at        int
	function  string
	arguments []node
}

func (n literal) position() int   { return n.at }
func (n text) position() int      { return n.at }
func (n word) position() int      { return n.at }
func (n reference) position() int { return n.at }
func (n list) position() int      { return n.at }
func (n unary) position() int     { return n.at }
func (n binary) position() int    { return n.at }
func (n call) position() int      { return n.at }
