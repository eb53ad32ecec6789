package grader

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of a verdict. It must not be
// modified.
//
//go:embed verdict.schema.json
var Schema []byte
