package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

const (
	// drainTime is how long requests under way may take to end when the server
	// stops. What is left of ten seconds is for the index and the store.
	drainTime = 8 * time.Second
	// operatorsDrainTime is the same for operators, whose profiles can be had again.
	operatorsDrainTime = time.Second
)

// serve answers on listener until ctx ends, then takes no more requests and lets
// those under way end within drain; those that do not are cut off. It returns
// why it ended.
func serve(ctx context.Context, listener net.Listener, handler http.Handler, drain time.Duration) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute, // unless the handler says otherwise, as that of package api does
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	slog.Info("requests under way may end", "address", listener.Addr().String(), "within", drain)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		slog.Warn("requests were cut off", "address", listener.Addr().String(), "after", drain)
		return errors.Join(ctx.Err(), closing(server))
	}
	return ctx.Err()
}

func closing(server *http.Server) error {
	if err := server.Close(); err != nil {
		return fmt.Errorf("closing connections: %w", err)
	}
	return nil
}
