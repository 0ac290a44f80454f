package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// small is a file with one page that says "Oil", without a cross-reference
// table, as a damaged file is.
const small = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n" +
	"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n" +
	"4 0 obj\n<</Length 34>>\nstream\nBT /F 10 Tf 20 50 Td (Oil) Tj ET  \nendstream\nendobj\n" +
	"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Courier>>\nendobj\ntrailer\n<</Root 1 0 R>>\n"

// misbehaviours are what a worker may do instead of its work, by its first
// argument.
var misbehaviours = map[string]func(){
	"hangs":     func() { time.Sleep(time.Hour) },
	"crashes":   func() { panic("a fault") },
	"says-less": func() { fmt.Print(`{"pages": [{"runs": [`) },
	"says-lies": func() {
		fmt.Print(`{"pages": [{"runs": [{"text": "x", "left": 1e300, "right": 2, "size": 1}]}]}`)
	},
	"says-more":  func() { fmt.Print(`{"detail": "`); _, _ = io.Copy(os.Stdout, endless{}) },
	"is-unknown": func() { fmt.Print(`{"refused": "bored", "detail": "it is late"}`) },
}

// endless is text without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && misbehaviours[os.Args[1]] != nil {
		misbehaviours[os.Args[1]]()
		return
	}
	Main()
	os.Exit(m.Run())
}

func TestRead(t *testing.T) {
	pages, err := Read([]byte(small))
	if err != nil || len(pages) != 1 || len(pages[0].Runs) != 1 {
		t.Fatalf("%+v, %v", pages, err)
	}
	r := pages[0].Runs[0]
	if r.Text != "Oil" || r.Left != 20 || r.Right != 38 || r.Base != 50 || r.Size != 10 || pages[0].Width != 200 {
		t.Errorf("%+v on %+v", r, pages[0])
	}
}

// TestHostile holds that a file that is no PDF, or a trap, is refused or read,
// and that the next one is read.
func TestHostile(t *testing.T) {
	flipped := []byte(small)
	for i := 40; i < len(flipped); i += 17 {
		flipped[i] ^= 1 << (i % 8)
	}
	for _, test := range []struct {
		name, data string
		want       error // nil if what comes out does not matter
	}{
		{"nothing", "", ErrDamaged},
		{"a header", "%PDF-1.7\n", ErrDamaged},
		{"zeros", "%PDF-1.7\n" + strings.Repeat("\x00", 1<<20), ErrDamaged},
		{"truncated", small[:len(small)/2], nil},
		{"flipped bits", string(flipped), nil},
		{"a tree of pages that holds itself", strings.Replace(small, "/Kids[3 0 R]", "/Kids[2 0 R 2 0 R 2 0 R]", 1), nil},
		{"two thousand million pages", strings.Replace(small, "/Count 1", "/Count 2000000000", 1), nil},
		{"more pages than are read", strings.Replace(small, "[3 0 R]/Count 1", "["+strings.Repeat("3 0 R ", MaxPages+1)+"]/Count 5001", 1), ErrTooLarge},
		{"a giant page", strings.Replace(small, "[0 0 200 100]", "[0 0 1e38 1e38]", 1), nil},
		{"a page far away", strings.Replace(small, "[0 0 200 100]", "[-1e9 -1e9 200 100]", 1), nil},
		{"contents in themselves", strings.Replace(small, "<</Length 34>>", "<</Length 4 0 R>>", 1), nil},
		{"a password", strings.Replace(small, "trailer\n<<", "trailer\n<</Encrypt<</Filter/Standard/V 1/R 2/O("+strings.Repeat("o", 32)+")/U("+strings.Repeat("u", 32)+")/P -4>>/ID[(a)(a)]", 1), ErrEncrypted},
	} {
		pages, err := Read([]byte(test.data))
		if test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: got %d pages, %v, want %v", test.name, len(pages), err, test.want)
		}
		if err != nil && len(pages) > 0 {
			t.Errorf("%s: refused, but with %d pages", test.name, len(pages))
		}
		t.Logf("%s: %d pages, %v", test.name, len(pages), err)
	}
	if _, err := Read([]byte(small)); err != nil {
		t.Errorf("after all this: %v", err)
	}
}

// TestMisbehaviour holds that whatever a worker does refuses the file, and
// nothing else.
func TestMisbehaviour(t *testing.T) {
	for name, says := range map[string]string{
		"hangs": "took more than", "crashes": "crash", "says-less": "breaks off", "says-more": "256 MB", "is-unknown": "it is late",
	} {
		ctx, cancel := context.WithCancel(t.Context())
		if name == "hangs" {
			cancel()
			ctx, cancel = context.WithTimeout(t.Context(), 100*time.Millisecond)
		}
		pages, err := ask(ctx, exec.CommandContext(ctx, os.Args[0], name), []byte(small))
		if err == nil || !strings.Contains(err.Error(), says) || pages != nil {
			t.Errorf("%s: %d pages, %v", name, len(pages), err)
		}
		cancel()
	}
	pages, err := ask(t.Context(), exec.CommandContext(t.Context(), os.Args[0], "says-lies"), nil)
	if err != nil || !pages[0].Broken || len(pages[0].Runs) > 0 {
		t.Errorf("lies: %+v, %v", pages, err)
	}
}

// FuzzListen holds that whatever a worker says is refused or can be laid out.
func FuzzListen(f *testing.F) {
	f.Add(`{"pages": [{"width": 200, "height": 100, "runs": [{"text": "Oil", "left": 20, "right": 38, "base": 50, "size": 10}]}]}`)
	f.Add(`{"refused": "damaged", "detail": "it does not hold together as PDF: 3"}`)
	f.Add(`{"pages": [{"height": 1e9, "runs": [{"text": "\ud800", "left": 1e300}, {"text": "1", "size": 5e-324}]}]}`)
	f.Fuzz(func(t *testing.T, said string) {
		pages, err := listen(strings.NewReader(said))
		if err == nil {
			checkLayout(t, pages)
		}
	})
}
