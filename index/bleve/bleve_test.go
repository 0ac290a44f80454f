package bleve

import (
	"testing"

	"glossator/index"
	"glossator/index/indextest"
)

func engine(t *testing.T, dir string) index.Engine {
	t.Helper()
	x, err := Open(t.Context(), dir, Options{Database: "law"})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestLaw(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Engine { return engine(t, t.TempDir()) })
}

func TestLawReopen(t *testing.T) {
	indextest.RunReopen(t, engine)
}

func TestLawProximity(t *testing.T) {
	indextest.RunProximity(t, func(t *testing.T) index.Engine { return engine(t, t.TempDir()) })
}

func TestLawOdd(t *testing.T) {
	indextest.RunOdd(t, func(t *testing.T) index.Engine { return engine(t, t.TempDir()) })
}
