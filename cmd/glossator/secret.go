package main

import (
	"fmt"
	"os"
	"strings"
)

// secretIn returns the secret that a file holds; "" if none is named.
func secretIn(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("reading a secret: %w", err)
	}
	secret := strings.TrimSpace(string(content))
	if secret == "" {
		return "", fmt.Errorf("reading a secret: %s is empty", file)
	}
	return secret, nil
}
