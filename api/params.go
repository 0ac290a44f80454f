package api

import (
	"encoding/json"
	"errors"
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

// body returns the JSON body. The contract has checked it, but does not know how
// large a number may be.
func body[T any](c echo.Context) (T, error) {
	var value T
	err := json.NewDecoder(c.Request().Body).Decode(&value)
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		return value, fmt.Errorf("%w: the field %q is %s, which is too large or has a fraction", errRequest, wrong.Field, wrong.Value)
	}
	if err != nil {
		return value, fmt.Errorf("reading a body: %w", err)
	}
	return value, nil
}

// sorted lists words in their order.
func sorted(words []string) string {
	slices.Sort(words)
	return strings.Join(words, ", ")
}
