package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"

	"glossator/annotations"
	"glossator/annotations/store"
)

type tokenCommand struct {
	Add    tokenAddCommand    `cmd:"" help:"Make a token; it is printed this once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens of an account."`
	Revoke tokenRevokeCommand `cmd:"" help:"Make a token useless."`
}

type tokenAddCommand struct {
	Account string `arg:"" help:"Account that the token acts for."`
	Label   string `arg:"" help:"What the token is for."`
	Scope   string `help:"What the token may do: read, annotate, or everything that the account may." enum:"read,annotate,everything" default:"everything"`
	Days    int    `help:"For how many days it is good; 0 for as long as it is not revoked." default:"365"`
}

// Run makes a token.
func (c tokenAddCommand) Run(ctx context.Context, line *commandLine) error {
	return as(ctx, line.Data, c.Account, func(s *store.Store, asker annotations.Asker) error {
		_, token, err := s.CreateToken(ctx, asker, c.Label, c.Scope, c.Days)
		if err != nil {
			return err
		}
		fmt.Println(token)
		return nil
	})
}

type tokenListCommand struct {
	Account string `arg:"" help:"Account that the tokens act for."`
}

// Run lists tokens, without what makes them work.
func (c tokenListCommand) Run(ctx context.Context, line *commandLine) error {
	return as(ctx, line.Data, c.Account, func(s *store.Store, asker annotations.Asker) error {
		tokens, err := s.Tokens(ctx, asker)
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		fmt.Fprintln(out, "ID\tFOR\tSCOPE\tMADE\tUSED\tEXPIRES\tREVOKED")
		for _, t := range tokens {
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.Name, t.Scope, day(t.Created), dayOr(t.Used), dayOr(t.Expires), dayOr(t.Revoked))
		}
		return out.Flush()
	})
}

type tokenRevokeCommand struct {
	Account string `arg:"" help:"Account that the token acts for."`
	ID      string `arg:"" help:"Id of the token, from the list."`
}

// Run revokes a token.
func (c tokenRevokeCommand) Run(ctx context.Context, line *commandLine) error {
	return as(ctx, line.Data, c.Account, func(s *store.Store, asker annotations.Asker) error {
		if err := s.RevokeToken(ctx, asker, c.ID); err != nil {
			return err
		}
		fmt.Printf("revoked the token %s\n", c.ID)
		return nil
	})
}

// as opens the store for one command in the name of an account.
func as(ctx context.Context, data, account string, do func(*store.Store, annotations.Asker) error) error {
	return withStore(ctx, data, func(s *store.Store) error {
		users, err := s.Users(ctx)
		if err != nil {
			return err
		}
		for _, user := range users {
			if annotations.NormalLabel(user.Name) == annotations.NormalLabel(account) {
				asker, err := s.AskerOf(ctx, user)
				if err != nil {
					return err
				}
				return do(s, asker)
			}
		}
		return fmt.Errorf("there is no account %q; `glossator user list` shows them", account)
	})
}
