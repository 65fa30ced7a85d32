// Writes the schemas that Kubernetes and operators publish as files that kubeconform reads: one for each
// kind, with all that it refers to, and strict, so that a misspelt field is refused as by kubectl.
//
//	schemas DIRECTORY
//
// Then: kubeconform -schema-location 'DIRECTORY/{{.Group}}/{{.ResourceKind}}-{{.ResourceAPIVersion}}.json'
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

const (
	kubernetes = "k8s.io/kubernetes@v1.37.2"
	definition = "#/definitions/"
)

// The definitions of custom resources, by the module that publishes them.
var operators = map[string][]string{
	"github.com/prometheus-operator/prometheus-operator@v0.85.0": {
		"example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
		"example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml",
	},
	"github.com/kedacore/keda/v2@v2.21.0": {
		"config/crd/bases/keda.sh_scaledobjects.yaml",
	},
}

type object = map[string]any

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("schemas DIRECTORY")
	}
	to := os.Args[1]
	builtIn(to)
	for module, files := range operators {
		for _, file := range files {
			custom(filepath.Join(folder(module), file), to)
		}
	}
}

// folder loads a module, once, and says where it is.
func folder(module string) string {
	output, err := exec.Command("go", "mod", "download", "-json", module).Output()
	var found struct{ Dir, Error string }
	if json.Unmarshal(output, &found) != nil || found.Dir == "" {
		log.Fatalf("%s: %v %s", module, err, found.Error)
	}
	return found.Dir
}

func builtIn(to string) {
	var api struct{ Definitions object }
	read(filepath.Join(folder(kubernetes), "api/openapi-spec/swagger.json"), &api)
	for _, schema := range api.Definitions {
		strict(schema)
	}
	for name, schema := range api.Definitions {
		kinds, _ := schema.(object)["x-kubernetes-group-version-kind"].([]any)
		for _, kind := range kinds {
			of := kind.(object)
			used := object{}
			collect(schema, api.Definitions, used)
			used[name] = schema
			write(to, of["group"].(string), of["version"].(string), of["kind"].(string),
				object{"$ref": definition + name, "definitions": used})
		}
	}
}

func custom(file, to string) {
	var resource struct {
		Spec struct {
			Group    string
			Names    struct{ Kind string }
			Versions []struct {
				Name   string
				Schema struct{ OpenAPIV3Schema object }
			}
		}
	}
	read(file, &resource)
	for _, version := range resource.Spec.Versions {
		schema := version.Schema.OpenAPIV3Schema
		strict(schema)
		// Described by Kubernetes, not by the operator.
		schema["properties"].(object)["metadata"] = object{"type": "object"}
		write(to, resource.Spec.Group, version.Name, resource.Spec.Names.Kind, schema)
	}
}

// strict says in JSON Schema's words what Kubernetes means: what is not named is not allowed, and
// some texts may be numbers.
func strict(value any) {
	switch node := value.(type) {
	case object:
		for _, part := range node {
			strict(part)
		}
		number := node["format"] == "int-or-string" || node["x-kubernetes-int-or-string"] == true
		quantity, _ := node["description"].(string)
		if number || strings.HasPrefix(quantity, "Quantity is a fixed-point") {
			delete(node, "type")
			delete(node, "format")
			delete(node, "anyOf")
			node["type"] = []string{"string", "number"}
		}
		properties, isObject := node["properties"].(object)
		_, open := node["additionalProperties"]
		if isObject && properties["$ref"] == nil && !open &&
			node["x-kubernetes-preserve-unknown-fields"] != true {
			node["additionalProperties"] = false
		}
	case []any:
		for _, part := range node {
			strict(part)
		}
	}
}

// collect puts all definitions into used that the value refers to.
func collect(value any, all, used object) {
	switch node := value.(type) {
	case object:
		if reference, ok := node["$ref"].(string); ok {
			name := strings.TrimPrefix(reference, definition)
			if used[name] == nil {
				used[name] = all[name]
				collect(all[name], all, used)
			}
		}
		for _, part := range node {
			collect(part, all, used)
		}
	case []any:
		for _, part := range node {
			collect(part, all, used)
		}
	}
}

func read(file string, into any) {
	text, err := os.ReadFile(file)
	if err == nil {
		err = yaml.Unmarshal(text, into)
	}
	if err != nil {
		log.Fatalf("%s: %v", file, err)
	}
}

func write(to, group, version, kind string, schema object) {
	if group == "" {
		group = version // as kubeconform calls the group of Pod and Service
	}
	folder := filepath.Join(to, group)
	text, err := json.Marshal(schema)
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err == nil {
		file := fmt.Sprintf("%s-%s.json", strings.ToLower(kind), version)
		err = os.WriteFile(filepath.Join(folder, file), text, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}
