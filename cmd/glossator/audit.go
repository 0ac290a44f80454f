package main

import (
	"context"
	"fmt"
	"os"
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
