// Command glossator searches and annotates international agreements. It is the
// only package that knows every other: it joins finding (index) with adding
// (annotations) and puts both behind HTTP (api).
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"glossator/index/importer/pdf"
)

type commandLine struct {
	Data   string `help:"Folder with everything Glossator keeps; made if missing." default:"data" env:"GLOSSATOR_DATA" type:"path"`
	Config string `help:"File of settings in YAML, such as \"listen: 127.0.0.1:80\": what a flag or the environment says counts before it." env:"GLOSSATOR_CONFIG" type:"path" placeholder:"FILE"`
	logging

	Serve     serveCommand     `cmd:"" default:"withargs" help:"Start the server (the default)."`
	Import    importCommand    `cmd:"" help:"Import files and folders of agreements and commentary."`
	Export    exportCommand    `cmd:"" help:"Write annotations, a codebook or everything in open formats."`
	User      userCommand      `cmd:"" help:"Manage accounts."`
	Token     tokenCommand     `cmd:"" help:"Manage tokens for the API."`
	Audit     auditCommand     `cmd:"" help:"Print who did what that matters: sign-ins, roles, links, deletions, exports, tokens."`
	Fetch     fetchCommand     `cmd:"" help:"Bring the official texts of known instruments from where they are published."`
	Documents documentsCommand `cmd:"" help:"List the documents, and change what is known of them."`
	Synonyms  synonymsCommand  `cmd:"" help:"Print the synonyms that a search also looks for, or write them."`
	Backup    backupCommand    `cmd:"" help:"Write everything that is kept into one file, also while the server runs."`
	Restore   restoreCommand   `cmd:"" help:"Make a data folder of a backup."`
	Check     checkCommand     `cmd:"" help:"Look whether everything that is kept is sound, and the index with it."`
	Repair    repairCommand    `cmd:"" help:"Mend what check finds, as far as it can be mended, and say what cannot; stop the server first."`
	Settings  configCommand    `cmd:"" name:"config" help:"Print the settings in force and where each comes from."`
	Version   versionCommand   `cmd:"" help:"Print the version, and the commit that was built."`
}

func main() {
	pdf.Main() // does not return in a worker that reads a PDF file
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	var line commandLine
	k := kong.Parse(&line,
		kong.Name("glossator"),
		kong.Description("Full-text search and annotation of international agreements and the commentary on them."),
		kong.UsageOnError(),
		kong.Resolvers(&settingsFile{}),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	k.FatalIfErrorf(k.Run(&line))
}
