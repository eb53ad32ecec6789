package exercises

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of exercise.toml, for editors. It says
// what can be said of that file alone: [Load] finds more. It must not be modified.
//
//go:embed exercise.schema.json
var Schema []byte
