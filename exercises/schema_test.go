package exercises_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"manche/exercises"
)

// node is a part of the schema.
type node struct {
	Ref        string           `json:"$ref"`
	Type       string           `json:"type"`
	Properties map[string]*node `json:"properties"`
	Items      *node            `json:"items"`
	Defs       map[string]*node `json:"$defs"`
	Enum       []any            `json:"enum"`
	Maximum    int              `json:"maximum"`
	Additional *bool            `json:"additionalProperties"`
}

func schemaRoot(t *testing.T) *node {
	t.Helper()
	var root node
	if err := json.Unmarshal(exercises.Schema, &root); err != nil {
		t.Fatal(err)
	}
	return &root
}

// The schema and the struct that the file is read into have the same keys, of the
// same types.
func TestSchemaHasTheKeysOfTheSpec(t *testing.T) {
	root := schemaRoot(t)
	if faults := compareKeys(root, root, exercises.SpecType, ""); len(faults) > 0 {
		t.Error(strings.Join(faults, "\n"))
	}
}

// compareKeys lists where an object of the schema differs from a struct.
func compareKeys(root, n *node, typ reflect.Type, at string) (faults []string) {
	n = resolved(root, n)
	if n.Additional == nil || *n.Additional {
		faults = append(faults, at+" takes other keys")
	}
	known := make(map[string]bool)
	for f := range typ.Fields() {
		name := f.Tag.Get("toml")
		if name == "-" {
			continue
		}
		known[name] = true
		if n.Properties[name] == nil {
			faults = append(faults, "the schema has no "+at+name)
			continue
		}
		faults = append(faults, compareTypes(root, n.Properties[name], f.Type, at+name)...)
	}
	for _, name := range slices.Sorted(maps.Keys(n.Properties)) {
		if !known[name] {
			faults = append(faults, "the spec has no "+at+name)
		}
	}
	return faults
}

// compareTypes is compareKeys for the value of a key.
func compareTypes(root, n *node, typ reflect.Type, at string) []string {
	n = resolved(root, n)
	want := map[reflect.Kind]string{reflect.String: "string", reflect.Int: "integer", reflect.Slice: "array", reflect.Struct: "object"}[typ.Kind()]
	if n.Type != want && !(want == "string" && len(n.Enum) > 0) {
		return []string{fmt.Sprintf("%s is of type %q, want %q", at, n.Type, want)}
	}
	switch {
	case typ.Kind() == reflect.Struct:
		return compareKeys(root, n, typ, at+".")
	case typ.Kind() == reflect.Slice && n.Items != nil:
		return compareTypes(root, n.Items, typ.Elem(), at+"[]")
	}
	return nil
}

func resolved(root, n *node) *node {
	if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
		return root.Defs[name]
	}
	return n
}

func TestSchemaHasTheValuesOfTheSpec(t *testing.T) {
	root := schemaRoot(t)
	for name, tt := range map[string]struct{ got, want any }{
		"kind":    {root.Properties["kind"].Enum, []any{"repair", "build", "test", "hunt"}},
		"driver":  {root.Properties["driver"].Enum, []any{"", exercises.DriverApart}},
		"level":   {root.Properties["level"].Maximum, exercises.MaxLevel},
		"remark":  {fmt.Sprint(root.Defs["remark"].Enum), fmt.Sprint(exercises.Remarks)},
		"finding": {fmt.Sprint(root.Defs["finding"].Enum), fmt.Sprint(exercises.FindingKinds)},
	} {
		if !reflect.DeepEqual(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(exercises.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("exercise.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("exercise.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// validate holds a TOML document against the schema.
func validate(t *testing.T, schema *jsonschema.Schema, raw []byte) error {
	t.Helper()
	var doc map[string]any
	if err := toml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value)
}

func TestSchemaTakesEveryExercise(t *testing.T) {
	schema := compiled(t)
	names, err := fs.Glob(exercises.FS, "*/exercise.toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no exercises: %v", err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(exercises.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, schema, raw); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the loader finds wrong in exercise.toml alone, an editor with the schema
// finds while it is written.
func TestSchemaFindsWhatTheLoaderFinds(t *testing.T) {
	schema := compiled(t)
	elsewhere := []string{"spec.syntax", "spec.no_folder", "spec.undeclared", "spec.concurrent_check"}
	for _, m := range mistakes {
		fsys := small("x")
		m.make(t, fsys)
		_, defects := load(t, fsys)
		for _, d := range defects {
			if !strings.HasPrefix(d.Key, "spec.") || slices.Contains(elsewhere, d.Key) {
				continue
			}
			if validate(t, schema, fsys["x/exercise.toml"].Data) == nil {
				t.Errorf("%s: the schema takes what has the defect %s", m.name, d.Key)
			}
		}
	}
}
