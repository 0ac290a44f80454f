package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/user"
	"strconv"
	"text/tabwriter"
	"time"

	"glossator/annotations/store"
	"glossator/api"
)

type auditCommand struct {
	CSV  bool   `name:"csv" help:"Write all of it as CSV, newest first."`
	Last int    `help:"How many entries to print, the newest." default:"50"`
	Deed string `help:"Only this deed, such as \"sign-in failed\"."`
	Who  string `help:"Only what this account did."`
}

// Run prints the audit log. Whoever may read the data folder may read it.
func (c auditCommand) Run(ctx context.Context, line *commandLine) error {
	filter := store.AuditFilter{Deed: c.Deed, Who: c.Who}
	return withStore(ctx, line.Data, func(s *store.Store) error {
		if c.CSV {
			recordTaking(ctx, s, "glossator audit --csv")
			return api.WriteAudit(ctx, os.Stdout, s, operator, filter)
		}
		entries, err := s.Audit(ctx, operator, filter, c.Last)
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		fmt.Fprintln(out, "AT\tWHO\tDEED\tTO\tFROM\tDETAIL")
		for _, e := range entries {
			at := time.UnixMilli(e.At).UTC().Format(time.DateTime)
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", at, e.Who, e.Deed, e.Subject, e.Address, e.Detail)
		}
		return out.Flush()
	})
}

// recordTaking writes into the audit log what is taken out of a data folder by a
// command, and under which account of the system. Where nothing can be written,
// as on a disk that fails, it is taken all the same.
func recordTaking(ctx context.Context, s *store.Store, what string) {
	if err := s.RecordExport(ctx, operator, what+", by "+systemAccount()); err != nil {
		slog.Warn("what is taken out is not in the audit log", "reason", err)
	}
}

// systemAccount names the account of the system that gives a command and, if it
// was given by sudo, who used that.
func systemAccount() string {
	name := "account " + strconv.Itoa(os.Getuid())
	if who, err := user.Current(); err == nil {
		name = who.Username
	}
	if by := os.Getenv("SUDO_USER"); by != "" {
		name = by + " as " + name
	}
	return name
}

// auditing says how long the audit log is kept.
type auditing struct {
	AuditDays int `help:"Remove entries of the audit log that are older than so many days; 0 keeps them for ever." default:"0" env:"GLOSSATOR_AUDIT_DAYS"`
}

// Validate refuses a time that is none.
func (c auditing) Validate() error {
	if c.AuditDays < 0 {
		return fmt.Errorf("--audit-days is 0 or more, not %d", c.AuditDays)
	}
	return nil
}

// shortenAudit removes old entries each day until ctx ends.
func (c auditing) shortenAudit(ctx context.Context, s *store.Store) error {
	return again(ctx, "the audit log is not shortened", time.Hour, func() error {
		if err := s.ShortenAudit(ctx, time.Now().AddDate(0, 0, -c.AuditDays)); err != nil {
			return err
		}
		return sleep(ctx, 24*time.Hour)
	})
}
