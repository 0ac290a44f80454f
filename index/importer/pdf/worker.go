package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
	"unicode/utf8"
)

// command is the first argument of a worker, and marker the variable of its
// environment that keeps it from starting workers of its own.
const (
	command = "read-pdf"
	marker  = "GLOSSATOR_PDF_WORKER"
)

// Timeout is how long a worker may take over one file, and over compiling the
// sandbox where no cache has it.
const Timeout = 2 * time.Minute

// ready says that this program called Main, so that it can be its own worker.
var ready bool

// Main must be the first call of a program that is to Read: if the program was
// started as a worker, it works and ends in here; otherwise Main returns at
// once.
func Main() {
	if len(os.Args) == 2 && os.Args[1] == command && os.Getenv(marker) != "" {
		os.Exit(work(os.Stdin, os.Stdout))
	}
	ready = true
}

// An answer is what a worker writes, as JSON.
type answer struct {
	Refused string `json:"refused,omitempty"` // the name of the reason, in reasons
	Detail  string `json:"detail,omitempty"`
	Pages   []Page `json:"pages,omitempty"`
}

var reasons = map[string]error{"encrypted": ErrEncrypted, "damaged": ErrDamaged, "large": ErrTooLarge}

// work reads a file and writes the answer. It returns the status that the
// process ends with.
func work(in io.Reader, out io.Writer) int {
	data, err := io.ReadAll(in)
	if err != nil {
		return 1
	}
	var said answer
	engine, err := start(context.Background())
	if err == nil {
		said.Pages, err = extract(engine, data)
	}
	if err != nil {
		said = answer{Detail: err.Error()}
		for name, reason := range reasons {
			if errors.Is(err, reason) {
				said.Refused = name
			}
		}
		if said.Refused == "" {
			said.Refused = "failed"
		}
	}
	if err := json.NewEncoder(out).Encode(said); err != nil {
		return 1
	}
	return 0
}

// working has a place for each worker that may run at once: one, as each may
// fill its memory.
var working = make(chan struct{}, 1)

// Read returns the pages of a file. It waits until no other file is read.
func Read(data []byte) ([]Page, error) {
	if !ready {
		return nil, fmt.Errorf("%w: this program cannot start a worker for it", ErrWorker)
	}
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWorker, err)
	}
	working <- struct{}{}
	defer func() { <-working }()
	ctx, cancel := context.WithTimeout(context.Background(), Timeout)
	defer cancel()
	return ask(ctx, exec.CommandContext(ctx, program, command), data) //nolint:gosec // the program is this one
}

// ask has a worker read a file. The worker ends with ctx.
func ask(ctx context.Context, worker *exec.Cmd, data []byte) ([]Page, error) {
	worker.Env = append(keptEnvironment(), marker+"=1")
	worker.Stdin = bytes.NewReader(data)
	worker.WaitDelay = time.Second
	out, err := worker.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWorker, err)
	}
	if err := worker.Start(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWorker, err)
	}
	pages, err := listen(out)
	if errors.Is(err, ErrTooLarge) {
		_ = worker.Process.Kill() // it would wait for somebody to listen
	}
	ended := worker.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%w: it took more than %s", ErrWorker, Timeout)
	case err != nil && ended == nil, errors.Is(err, ErrTooLarge):
		return nil, err
	case ended != nil:
		return nil, fmt.Errorf("%w: it ended in a crash (%w)", ErrWorker, ended)
	}
	return pages, nil
}

// keptEnvironment is what a worker gets to know of the environment: where the
// user's cache folder is.
func keptEnvironment() []string {
	var kept []string
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "LocalAppData"} {
		if value, set := os.LookupEnv(name); set {
			kept = append(kept, name+"="+value)
		}
	}
	return kept
}

// listen reads the answer of a worker, who is not believed: a page with numbers
// that cannot be reckoned with, or texts that are none, counts as broken.
func listen(out io.Reader) ([]Page, error) {
	bounded := &io.LimitedReader{R: out, N: maxAnswer}
	var said answer
	err := json.NewDecoder(bounded).Decode(&said)
	if bounded.N <= 0 {
		return nil, fmt.Errorf("%w: more than %d MB of text", ErrTooLarge, maxAnswer>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: the answer breaks off (%w)", ErrWorker, err)
	}
	if said.Refused != "" {
		reason := reasons[said.Refused]
		if reason == nil {
			reason = ErrWorker
		}
		return nil, refusal(reason, said.Detail)
	}
	runs := 0
	if len(said.Pages) > MaxPages {
		return nil, fmt.Errorf("%w: %d pages, but %d is the most", ErrTooLarge, len(said.Pages), MaxPages)
	}
	for i := range said.Pages {
		page := &said.Pages[i]
		kept := page.Runs[:0]
		for _, r := range page.Runs {
			if r.reckonable() && r.Text != "" && utf8.ValidString(r.Text) {
				kept = append(kept, r)
			} else {
				page.Broken = true
			}
		}
		page.Runs = kept
		if runs += len(kept); runs > maxRuns {
			return nil, fmt.Errorf("%w: more than %d stretches of text", ErrTooLarge, maxRuns)
		}
	}
	return said.Pages, nil
}

// refusal wraps a reason with what the worker said of it.
func refusal(reason error, detail string) error {
	const most = 200
	detail = strings.TrimPrefix(strings.ToValidUTF8(detail, ""), reason.Error()+": ")
	if detail == "" || detail == reason.Error() || len(detail) > most {
		return reason
	}
	return fmt.Errorf("%w: %s", reason, detail)
}
