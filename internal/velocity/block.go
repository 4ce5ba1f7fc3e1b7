package velocity

import "strings"

// literal is text that is written as it is.
type literal string

func (l literal) render(r *run) error { return r.print(string(l)) }

// block reads nodes up to a directive that ends them, which it names: end, else or elseif; nothing at the text's end.
func (p *parser) block(depth int) (nodes block, end string, err error) {
	if depth > maxDepth {
		return nil, "", tooMuch("its blocks are nested too deeply")
	}
	w := &writer{}
	for !p.done() {
		next := strings.IndexAny(p.rest(), `$#\`)
		if next < 0 {
			w.write(p.rest())
			p.at = len(p.text)
			break
		}
		w.write(p.text[p.at : p.at+next])
		p.at += next
		end, err = p.piece(w, depth)
		if end != "" || err != nil {
			break
		}
	}
	return w.finish(), end, err
}

// writer collects the nodes of a block. Texts that follow each other become one.
type writer struct {
	nodes block
	text  strings.Builder
}

func (w *writer) write(text string) { w.text.WriteString(text) }

func (w *writer) add(n node) {
	w.flush(w.text.String())
	w.nodes = append(w.nodes, n)
}

// trim takes away the white space before a #set on its line.
func (w *writer) trim() {
	text := strings.TrimRight(w.text.String(), " \t")
	w.flush(text)
}

func (w *writer) flush(text string) {
	if text != "" {
		w.nodes = append(w.nodes, literal(text))
	}
	w.text.Reset()
}

func (w *writer) finish() block {
	w.flush(w.text.String())
	return w.nodes
}

// piece reads what begins with a dollar sign, a hash or a backslash.
func (p *parser) piece(w *writer, depth int) (end string, err error) {
	switch p.peek() {
	case '\\':
		p.escape(w)
	case '$':
		p.referenceInText(w)
	default:
		return p.directive(w, depth)
	}
	return "", nil
}

// escape reads backslashes. Before a reference or a directive, two mean one, and an odd one makes it text.
func (p *parser) escape(w *writer) {
	from := p.at
	p.skip(`\`)
	slashes := p.at - from
	switch p.peek() {
	case '$':
		at := p.at
		ref, ok := p.reference()
		if !ok {
			p.at = at
			w.write(p.text[from:at])
			return
		}
		w.add(&escaped{ref, slashes})
	case '#':
		name := p.directiveName()
		if name == "" {
			w.write(p.text[from:p.at])
			return
		}
		w.write(strings.Repeat(`\`, slashes/2))
		if slashes%2 == 1 {
			w.write("#" + name)
			p.at += len(name) + 1
		}
	default:
		w.write(p.text[from:p.at])
	}
}

// directiveName is the name of the directive that comes next, which is not taken.
func (p *parser) directiveName() string {
	q := &parser{text: p.text, at: p.at + 1}
	name := q.name()
	for _, each := range []string{"set", "if", "elseif", "else", "end", "foreach", "define", "macro", "stop", "break"} {
		if name == each {
			return name
		}
	}
	return ""
}

func (p *parser) referenceInText(w *writer) {
	from := p.at
	ref, ok := p.reference()
	if !ok {
		p.at = from + 1
		w.write("$")
		return
	}
	w.add(ref)
}
