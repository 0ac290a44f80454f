package main

import (
	"context"
	"fmt"

	"glossator/annotations"
	"glossator/annotations/store"
)

// operator is whoever may read and write the data folder.
var operator = annotations.Asker{Role: annotations.Administrator}

type userRoleCommand struct {
	Name string `arg:"" help:"Name of the account."`
	Role string `arg:"" help:"What it may do: ${enum}." enum:"member,editor,administrator"`
}

// Run gives a role.
func (c userRoleCommand) Run(ctx context.Context, line *commandLine) error {
	return as(ctx, line.Data, c.Name, func(s *store.Store, account annotations.Asker) error {
		if err := s.SetSiteRole(ctx, operator, account.User, c.Role); err != nil {
			return err
		}
		fmt.Printf("the account %s is %s\n", c.Name, c.Role)
		return nil
	})
}

type userDisableCommand struct {
	Name string `arg:"" help:"Name of the account."`
}

// Run disables an account.
func (c userDisableCommand) Run(ctx context.Context, line *commandLine) error {
	return as(ctx, line.Data, c.Name, func(s *store.Store, account annotations.Asker) error {
		if err := s.Disable(ctx, operator, account.User); err != nil {
			return err
		}
		fmt.Printf("disabled the account %s\n", c.Name)
		return nil
	})
}

type userEnableCommand struct {
	Name string `arg:"" help:"Name of the account."`
}

// Run enables an account.
func (c userEnableCommand) Run(ctx context.Context, line *commandLine) error {
	return as(ctx, line.Data, c.Name, func(s *store.Store, account annotations.Asker) error {
		if err := s.Enable(ctx, operator, account.User); err != nil {
			return err
		}
		fmt.Printf("enabled the account %s\n", c.Name)
		return nil
	})
}

type userInviteCommand struct {
	Role string `help:"What the account may do: ${enum}." enum:"member,editor,administrator" default:"member"`
	Days int    `help:"For how many days the link is good." default:"14"`
}

// Run makes an invitation.
func (c userInviteCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		_, token, err := s.InvitePerson(ctx, operator, c.Role, c.Days, "")
		return printEntry(token, err)
	})
}

type userResetCommand struct {
	Name string `arg:"" help:"Name of the account."`
	Days int    `help:"For how many days the link is good." default:"2"`
}

// Run makes a link for a new password.
func (c userResetCommand) Run(ctx context.Context, line *commandLine) error {
	return as(ctx, line.Data, c.Name, func(s *store.Store, account annotations.Asker) error {
		_, token, err := s.ResetLink(ctx, operator, account.User, c.Days)
		return printEntry(token, err)
	})
}

// printEntry prints the path of a link, which comes after the address that
// people use.
func printEntry(token string, err error) error {
	if err != nil {
		return err
	}
	fmt.Println("/enter/" + token)
	return nil
}
