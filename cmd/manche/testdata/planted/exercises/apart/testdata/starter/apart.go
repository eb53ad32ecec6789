package apart
