package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

func TestUsersNamed(t *testing.T) {
	s := open(t)
	for _, name := range []string{"Ada Harbour", "Bo Ad_a", "Cyd"} {
		if _, err := s.CreateUser(t.Context(), name, "a long enough password", annotations.Member); err != nil {
			t.Fatal(err)
		}
	}
	asker := annotations.Asker{User: "someone"}
	for _, c := range []struct {
		asker annotations.Asker
		text  string
		limit int
		want  []string
	}{
		{asker, "AD", 10, []string{"Ada Harbour", "Bo Ad_a"}},
		{asker, "ad", 1, []string{"Ada Harbour"}},
		{asker, "harb ada", 10, []string{"Ada Harbour"}},
		{asker, "ad_", 10, []string{"Bo Ad_a"}},
		{asker, "yd", 10, []string{}},
		{asker, " ", 10, []string{}},
		{annotations.Asker{}, "ada", 10, []string{}},
	} {
		people, err := s.UsersNamed(t.Context(), c.asker, c.text, c.limit)
		if err != nil {
			t.Fatal(err)
		}
		names := []string{}
		for _, p := range people {
			names = append(names, p.Name)
		}
		if diff := cmp.Diff(c.want, names); diff != "" {
			t.Errorf("colleagues %q (-want +got):\n%s", c.text, diff)
		}
	}
}
