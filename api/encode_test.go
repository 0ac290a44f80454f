package api

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fill gives every field of v a value of its own; with empty, every other one
// the zero value.
func fill(v reflect.Value, random *rand.Rand, empty bool) {
	if empty && random.IntN(2) == 0 && v.Kind() != reflect.Struct {
		if v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), random, empty)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), random, empty)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+random.IntN(3), 3))
		for i := range v.Len() {
			fill(v.Index(i), random, empty)
		}
	case reflect.String:
		v.SetString(texts[random.IntN(len(texts))] + fmt.Sprint(random.IntN(100)))
	case reflect.Int, reflect.Int64:
		v.SetInt(1 + random.Int64N(1<<40))
	case reflect.Float64:
		v.SetFloat(float64(1+random.IntN(1e6)) / 1000)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("a field of type " + v.Type().String())
	}
}

var texts = []string{"", "words", `"quoted" \ `, "line\nline\ttab\r\x00\x1f\x7f", "Größe 尺寸 𝄞 \u2028", "<b>&", "broken \xff\xc3", "\uFFFD"}

// TestEncoder compares what is written by hand with what encoding/json makes
// of the same answer: a field that a type gains must be written, too.
func TestEncoder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 200 {
		var a searchAnswer
		fill(reflect.ValueOf(&a).Elem(), random, i%2 == 1)
		standard, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var e encoder
		e.searchAnswer(&a)
		var want, got any
		if err := json.Unmarshal(standard, &want); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(e, &got); err != nil {
			t.Fatalf("%v in %s", err, e)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-encoding/json +by hand):\n%s", diff)
		}
	}
}

func BenchmarkEncoder(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var a searchAnswer
	for len(a.Groups) < 10 {
		var some searchAnswer
		fill(reflect.ValueOf(&some).Elem(), random, false)
		a.Groups = append(a.Groups, some.Groups...)
		a.Facets = append(a.Facets, some.Facets...)
	}
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			if _, err := json.Marshal(a); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("hand", func(b *testing.B) {
		var e encoder
		for b.Loop() {
			e = e[:0]
			e.searchAnswer(&a)
		}
	})
}
