package main

import (
	"io"
	"log/slog"
	"os"
)

// logging says how the log on standard error is written.
type logging struct {
	LogFormat string     `help:"How lines of the log are written: ${enum}." enum:"text,json" default:"text" env:"GLOSSATOR_LOG_FORMAT"`
	LogLevel  slog.Level `help:"What is logged: debug, info, warn or error, and what is graver." default:"info" env:"GLOSSATOR_LOG_LEVEL"`
}

// AfterApply makes the log that everything writes to.
func (l logging) AfterApply() error { //nolint:unparam // as kong calls it
	slog.SetDefault(slog.New(l.handler(os.Stderr)))
	return nil
}

func (l logging) handler(to io.Writer) slog.Handler {
	options := &slog.HandlerOptions{Level: l.LogLevel}
	if l.LogFormat == "json" {
		return slog.NewJSONHandler(to, options)
	}
	return slog.NewTextHandler(to, options)
}
