package annotations

import "testing"

func TestScopes(t *testing.T) {
	admin := Asker{User: "ada", Role: Administrator}
	for _, test := range []struct {
		asker                        Asker
		write, own, imports, manages bool
	}{
		{Asker{}, true, false, false, false},
		{admin, true, true, true, true},
		{admin.Within(ScopeRead), false, false, false, false},
		{admin.Within(ScopeAnnotate), true, false, false, false},
		{admin.Within(ScopeEverything), true, true, true, true},
		{Asker{User: "bo", Role: Member}.Within(ScopeEverything), true, true, false, false},
	} {
		a := test.asker
		if a.MayWrite() != test.write || a.MayManageOwn() != test.own || a.MayImport() != test.imports || a.MayManage() != test.manages {
			t.Errorf("%+v: writes %v, own %v, imports %v, manages %v", a, a.MayWrite(), a.MayManageOwn(), a.MayImport(), a.MayManage())
		}
	}
}
