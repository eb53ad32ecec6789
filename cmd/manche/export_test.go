package main

import (
	"manche/content"
	"manche/grader/sandbox"
)

// SandboxOf is the sandbox that the flags ask for: --sandbox with a name, and
// --unsafe-no-sandbox or not.
func SandboxOf(name string, unsafe bool) (sandbox.Config, error) {
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		return sandbox.Config{}, err
	}
	var w sandboxFlags
	if err := w.choice.Set(name); err != nil {
		return sandbox.Config{}, err
	}
	return w.config(&program{messages: messages, lang: string(content.EN)}, unsafe)
}
