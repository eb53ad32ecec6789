package lessons

import (
	"go/scanner"
	"go/token"
	"html"
	"strings"
)

// Highlight returns Go source as HTML: text with spans of the classes that the
// editor's highlighter uses (CodeMirror's classHighlighter: tok-keyword,
// tok-string, tok-typeName and so on), so that one style sheet serves both. No
// span crosses the end of a line. Any input is safe: what the scanner does not
// account for to the byte comes back as escaped text.
func Highlight(src string) string {
	src = strings.ToValidUTF8(src, "\ufffd")
	var b strings.Builder
	end := 0 // of what is written
	for _, t := range scan(src) {
		if t.start < end || t.end > len(src) || src[t.start:t.end] != t.text {
			return html.EscapeString(src)
		}
		b.WriteString(html.EscapeString(src[end:t.start]))
		writeToken(&b, t.class, t.text)
		end = t.end
	}
	b.WriteString(html.EscapeString(src[end:]))
	return b.String()
}

// writeToken writes a token as one span a line.
func writeToken(b *strings.Builder, class, text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		if line == "" || class == "" {
			b.WriteString(html.EscapeString(line))
			continue
		}
		b.WriteString(`<span class="tok-` + class + `">` + html.EscapeString(line) + `</span>`)
	}
}

// colored is a token with its place in the source and its class.
type colored struct {
	start, end  int
	text, class string
}

// scan lists the tokens of src. Semicolons that the scanner adds are left out.
func scan(src string) []colored {
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(src))
	var s scanner.Scanner
	s.Init(file, []byte(src), func(token.Position, string) {}, scanner.ScanComments)
	var tokens []colored
	before := token.ILLEGAL
	for {
		pos, tok, text := s.Scan()
		if tok == token.EOF {
			return tokens
		}
		if tok == token.SEMICOLON && text != ";" {
			continue
		}
		if tok.IsOperator() && tok != token.SEMICOLON {
			text = tok.String()
		}
		start := file.Offset(pos)
		tokens = append(tokens, colored{start, start + len(text), text, class(tok, before, text)})
		before = tok
	}
}

// class names the colour of a token, given the one before it.
func class(tok, before token.Token, text string) string {
	switch {
	case tok == token.COMMENT:
		return "comment"
	case tok == token.STRING, tok == token.CHAR:
		return "string"
	case tok == token.INT, tok == token.FLOAT, tok == token.IMAG:
		return "number"
	case tok.IsKeyword():
		return "keyword"
	case tok == token.IDENT:
		return identifier(before, text)
	case tok >= token.LPAREN && tok <= token.COLON:
		return "punctuation"
	case tok.IsOperator():
		return "operator"
	}
	return ""
}

// identifier names the colour of a name.
func identifier(before token.Token, name string) string {
	switch name {
	case "true", "false":
		return "bool"
	case "nil":
		return "keyword"
	case "any", "bool", "byte", "comparable", "complex64", "complex128", "error", "float32", "float64",
		"int", "int8", "int16", "int32", "int64", "rune", "string",
		"uint", "uint8", "uint16", "uint32", "uint64", "uintptr":
		return "typeName"
	}
	switch before {
	case token.PERIOD:
		return "propertyName"
	case token.TYPE:
		return "typeName"
	}
	return "variableName"
}
