package exercises

import "reflect"

// SpecType is the type that exercise.toml is read into.
var SpecType = reflect.TypeFor[spec]()

// What exercise.toml may say.
var (
	FindingKinds = kinds
	DriverApart  = driverApart
)
