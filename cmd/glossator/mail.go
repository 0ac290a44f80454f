package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"

	"github.com/prometheus/client_golang/prometheus"

	"glossator/api"
	"glossator/mail"
)

// mailing says which server takes letters.
type mailing struct {
	SMTPAddress      string `name:"smtp-address" help:"Mail server that takes letters, HOST:PORT; without it none are sent." env:"GLOSSATOR_SMTP_ADDRESS" placeholder:"HOST:PORT"`
	SMTPUser         string `name:"smtp-user" help:"Account at the mail server, if it asks for one." env:"GLOSSATOR_SMTP_USER" placeholder:"NAME"`
	SMTPPasswordFile string `name:"smtp-password-file" help:"File with the password of that account." env:"GLOSSATOR_SMTP_PASSWORD_FILE" type:"path" placeholder:"FILE"`
	SMTPFrom         string `name:"smtp-from" help:"Address that letters come from, such as \"Glossator <glossator@example.org>\"." env:"GLOSSATOR_SMTP_FROM" placeholder:"ADDRESS"`
	SMTPTLS          string `name:"smtp-tls" help:"How the mail server speaks TLS: starttls, which it must offer unless it is on this machine, or implicit, from the first byte." enum:"starttls,implicit" default:"starttls" env:"GLOSSATOR_SMTP_TLS"`
}

// errMail means that the settings of mail do not go together.
var errMail = errors.New("mail is not set up")

// Validate refuses settings that do not go together.
func (m mailing) Validate() error {
	switch {
	case (m.SMTPAddress == "") != (m.SMTPFrom == ""):
		return fmt.Errorf("%w: --smtp-address and --smtp-from need each other", errMail)
	case (m.SMTPUser == "") != (m.SMTPPasswordFile == ""):
		return fmt.Errorf("%w: --smtp-user and --smtp-password-file need each other", errMail)
	}
	return nil
}

// letters returns what sends letters with links to a site, nil if no server is
// named.
func (m mailing) letters(site *url.URL, metrics prometheus.Registerer) (*api.Letters, error) {
	if m.SMTPAddress == "" {
		return nil, nil //nolint:nilnil // api.Config's word for "none"
	}
	password, err := secretIn(m.SMTPPasswordFile)
	if err != nil {
		return nil, err
	}
	post, err := mail.New(mail.Config{
		Address: m.SMTPAddress, User: m.SMTPUser, Password: password, From: m.SMTPFrom, Implicit: m.SMTPTLS == "implicit",
	})
	if err != nil {
		return nil, err
	}
	return api.NewLetters(post, site, slog.Default(), metrics)
}
