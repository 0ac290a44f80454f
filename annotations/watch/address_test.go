package watch

import (
	"errors"
	"testing"

	"glossator/annotations/store"
	"glossator/index/query"
)

func TestQuery(t *testing.T) {
	for _, test := range []struct{ address, want string }{
		{"", ""},
		{"q=&kind=&view=kwic&page=2", ""},
		{"q=moral+xenophobic", `moral xenophobic`},
		{"q=moral+OR+xenophobic&kind=treaty", `(moral OR xenophobic) kind:"treaty"`},
		{"kind=treaty&kind=code+of+conduct&lang=en", `(kind:"treaty" OR kind:"code of conduct") lang:"en"`},
		{"q=data&year=2010..2015&party=FRA&in=coe-ets185", `data party:"FRA" in:"coe-ets185" year:2010..2015`},
		{"org=NATO&concept=content+regulation&year=2014", `org:"NATO" concept:"content regulation" year:2014`},
		{"concept=a%22b", `concept:"a\"b"`},
	} {
		got, err := Query(test.address)
		if err != nil {
			t.Errorf("%s: %v", test.address, err)
			continue
		}
		want, err := query.Parse(test.want)
		if err != nil {
			t.Fatalf("%s: %v", test.want, err)
		}
		if got.String() != want.String() {
			t.Errorf("%s asks %s; want %s", test.address, got, want)
		}
	}
}

func TestQueryRefuses(t *testing.T) {
	for _, address := range []string{"year=soon", "year=2014+OR+war", "year=2014+kind:treaty", "q=%zz", "year=2015..2010"} {
		if q, err := Query(address); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s asks %v, error %v; want ErrInvalid", address, q, err)
		}
	}
	var wrong *query.Error
	if q, err := Query("q=%22open"); !errors.As(err, &wrong) {
		t.Errorf("an open quotation asks %v, error %v; want a query.Error", q, err)
	}
}
