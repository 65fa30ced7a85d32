// Reads a Dockerfile as BuildKit does, and says what it or its linter has against it; without an engine
// and without looking at base images.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("dockerfile FILE")
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	read, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		log.Fatal(err)
	}
	warnings := 0
	warn := func(rule, _, _, message string, at []parser.Range) {
		warnings++
		fmt.Printf("%s: %s %v\n", rule, message, at)
	}
	stages, _, err := instructions.Parse(read.AST, linter.New(&linter.Config{Warn: warn}))
	if err != nil {
		log.Fatal(err)
	}
	for _, stage := range stages {
		fmt.Println("stage", stage.Name, "from", stage.BaseName)
	}
	if warnings > 0 {
		os.Exit(1)
	}
}
