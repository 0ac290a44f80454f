package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/term"

	"glossator/annotations/store"
)

type userCommand struct {
	Add     userAddCommand     `cmd:"" help:"Make an account; asks for the password, or reads it from standard input."`
	Passwd  userPasswdCommand  `cmd:"" help:"Set the password of an account."`
	List    userListCommand    `cmd:"" help:"List the accounts."`
	Role    userRoleCommand    `cmd:"" help:"Give an account another role."`
	Disable userDisableCommand `cmd:"" help:"Let nobody sign in as an account; what it has written stays."`
	Enable  userEnableCommand  `cmd:"" help:"Take back that an account was disabled."`
	Invite  userInviteCommand  `cmd:"" help:"Print the end of a link that makes an account, once."`
	Reset   userResetCommand   `cmd:"" help:"Print the end of a link that gives an account a new password, once."`
}

type userAddCommand struct {
	Name string `arg:"" help:"Name to sign in with."`
	Role string `help:"What the account may do: ${enum}." enum:"member,editor,administrator" default:"member"`
}

// Run makes an account.
func (c userAddCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		password, err := readPassword(os.Stdin, os.Stderr)
		if err != nil {
			return err
		}
		user, err := s.CreateUser(ctx, c.Name, password, c.Role)
		if err != nil {
			return err
		}
		fmt.Printf("made the account %s (%s)\n", user.Name, user.Role)
		return nil
	})
}

type userPasswdCommand struct {
	Name string `arg:"" help:"Name of the account."`
}

// Run sets a password.
func (c userPasswdCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		password, err := readPassword(os.Stdin, os.Stderr)
		if err != nil {
			return err
		}
		if err := s.SetPassword(ctx, c.Name, password); err != nil {
			return err
		}
		fmt.Printf("set the password of %s\n", c.Name)
		return nil
	})
}

type userListCommand struct{}

// Run lists the accounts.
func (userListCommand) Run(ctx context.Context, line *commandLine) error {
	return withStore(ctx, line.Data, func(s *store.Store) error {
		people, err := s.People(ctx, operator)
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		fmt.Fprintln(out, "NAME\tROLE\tSINCE\tLAST HERE\tDISABLED")
		for _, p := range people {
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", p.Name, p.Role, day(p.Created), dayOr(p.Used), dayOr(p.Disabled))
		}
		return out.Flush()
	})
}

func day(milliseconds int64) string { return time.UnixMilli(milliseconds).UTC().Format(time.DateOnly) }

// dayOr is day for a time that may never come or have come.
func dayOr(milliseconds int64) string {
	if milliseconds == 0 {
		return "never"
	}
	return day(milliseconds)
}

// withStore opens the store in a data folder for the length of one command.
func withStore(ctx context.Context, data string, do func(*store.Store) error) error {
	s, err := store.Open(ctx, data)
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}

// readPassword asks twice on a terminal, and takes the first line of anything
// else.
func readPassword(in *os.File, prompt io.Writer) (string, error) {
	if !term.IsTerminal(int(in.Fd())) {
		line, err := bufio.NewReader(in).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("reading the password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var entered [2]string
	for i, question := range []string{"Password: ", "Again: "} {
		fmt.Fprint(prompt, question)
		typed, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(prompt)
		if err != nil {
			return "", fmt.Errorf("reading the password: %w", err)
		}
		entered[i] = string(typed)
	}
	if entered[0] != entered[1] {
		return "", errors.New("the two passwords differ; nothing was changed")
	}
	return entered[0], nil
}
