package api

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// number returns a whole-number parameter. The contract has checked it, and has
// put in its default if it was left out.
func number(c echo.Context, name string) (int, error) {
	n, err := strconv.Atoi(c.QueryParam(name))
	if err != nil {
		return 0, fmt.Errorf("%w: the parameter %q must be a whole number", errRequest, name)
	}
	return n, nil
}

// body returns the JSON body. The contract has checked it.
func body[T any](c echo.Context) (T, error) {
	var value T
	if err := json.NewDecoder(c.Request().Body).Decode(&value); err != nil {
		return value, fmt.Errorf("reading a body: %w", err)
	}
	return value, nil
}

// sorted lists words in their order.
func sorted(words []string) string {
	slices.Sort(words)
	return strings.Join(words, ", ")
}
