package api

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"
)

//go:embed openapi.yaml
var openapi []byte

// A contract is openapi.yaml, read.
type contract struct {
	doc *openapi3.T
}

// readLinkedData makes the validation read bodies in JSON-LD.
var readLinkedData = sync.OnceFunc(func() {
	openapi3filter.RegisterBodyDecoder("application/ld+json", openapi3filter.JSONBodyDecoder)
})

func loadContract() (*contract, error) {
	readLinkedData()
	doc, err := openapi3.NewLoader().LoadFromData(openapi)
	if err != nil {
		return nil, fmt.Errorf("api: reading openapi.yaml: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("api: openapi.yaml: %w", err)
	}
	return &contract{doc}, nil
}

// operations returns how many operations the contract has.
func (c *contract) operations() int {
	n := 0
	for _, item := range c.doc.Paths.Map() {
		n += len(item.Operations())
	}
	return n
}

// An operation checks requests against what the contract says of one method
// and path.
type operation struct {
	route     *routers.Route
	multipart bool            // whether it takes files
	json      bool            // whether it takes JSON
	more      bool            // whether others may add parameters of theirs
	query     map[string]bool // the parameters it has, and whether they may be repeated
}

func (c *contract) operation(method, path string) (*operation, error) {
	item := c.doc.Paths.Value(path)
	if item == nil || item.GetOperation(method) == nil {
		return nil, fmt.Errorf("api: openapi.yaml has no %s %s", method, path)
	}
	checked := *item.GetOperation(method)
	checked.Security = &openapi3.SecurityRequirements{} // routes.go says who may; checking here would read the whole body first
	o := &operation{
		route: &routers.Route{Spec: c.doc, Path: path, PathItem: item, Method: method, Operation: &checked},
		query: map[string]bool{},
		more:  checked.Extensions["x-more-parameters"] == true,
	}
	for _, parameter := range slices.Concat(item.Parameters, o.route.Operation.Parameters) {
		if parameter.Value.In == openapi3.ParameterInQuery {
			o.query[parameter.Value.Name] = parameter.Value.Schema.Value.Type.Is("array")
		}
	}
	if body := o.route.Operation.RequestBody; body != nil {
		o.multipart = body.Value.Content["multipart/form-data"] != nil
		o.json = body.Value.Content["application/json"] != nil || body.Value.Content["application/ld+json"] != nil
	}
	return o, nil
}

// check returns an error in plain words if the request is not as the contract
// says. Afterwards parameters and fields that were left out have their
// defaults. The parts of a multipart body are not looked at.
func (o *operation) check(c echo.Context) error {
	request := c.Request()
	for name, values := range request.URL.Query() {
		repeated, known := o.query[name]
		if !known && !o.more {
			return o.unknownParameter(name)
		}
		if len(values) > 1 && !repeated {
			return fmt.Errorf("%w: the parameter %q is there %d times; give it once", errRequest, name, len(values))
		}
	}
	if err := o.checkMedia(request); err != nil {
		return err
	}
	if o.json {
		if err := checkJSON(request); err != nil {
			return err
		}
	}
	input := &openapi3filter.RequestValidationInput{
		Request:    request,
		PathParams: map[string]string{},
		Route:      o.route,
		Options:    &openapi3filter.Options{ExcludeRequestBody: o.multipart},
	}
	for i, name := range c.ParamNames() {
		input.PathParams[name] = c.ParamValues()[i]
	}
	return inWords(openapi3filter.ValidateRequest(request.Context(), input))
}

func (o *operation) unknownParameter(name string) error {
	if len(o.query) == 0 {
		return fmt.Errorf("%w: there is no parameter %q here; this address takes none", errRequest, name)
	}
	names := slices.Sorted(maps.Keys(o.query))
	return fmt.Errorf("%w: there is no parameter %q here; there are %s", errRequest, name, strings.Join(names, ", "))
}

// checkMedia returns an error if there is a body of a type that the operation
// does not take.
func (o *operation) checkMedia(request *http.Request) error {
	if o.route.Operation.RequestBody == nil {
		return nil
	}
	content := o.route.Operation.RequestBody.Value.Content
	if sent := request.Header.Get("Content-Type"); content.Get(sent) == nil {
		if sent == "" {
			sent = "no Content-Type"
		}
		return fmt.Errorf("%w: send it as %s, not %s", errMedia, slices.Sorted(maps.Keys(content))[0], sent)
	}
	return nil
}

// checkJSON returns an error if the body is there and is not JSON from
// beginning to end: the validation stops where the first value ends.
func checkJSON(request *http.Request) error {
	content, err := io.ReadAll(request.Body)
	if err != nil {
		return cutOff(err)
	}
	if len(content) == 0 {
		return nil
	}
	var raw json.RawMessage
	if err := json.Unmarshal(content, &raw); err != nil {
		return fmt.Errorf("%w: the body is not JSON: %w", errRequest, err)
	}
	request.Body = io.NopCloser(bytes.NewReader(content))
	return nil
}

// cutOff tells a body that is too large from one that did not arrive whole.
func cutOff(err error) error {
	if as[*http.MaxBytesError](err) {
		return err
	}
	return fmt.Errorf("%w: the body did not arrive whole: %w", errRequest, err)
}
