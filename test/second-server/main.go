// Command second-server runs FerretDB with its SQLite backend on a free loopback port, for the tests.
//
// The only argument is the directory for its files. It prints its connection string as one line and ends
// when its standard input does, so that it never outlives the process that started it.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if err := serve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(directory string) error {
	server, err := ferretdb.New(&ferretdb.Config{
		Listener: ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Logger:   slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Handler:  "sqlite",
		// What the tests store need not outlive a power cut. One writes at a time, and a bulk that looks through all
		// documents for each of its updates takes longer than the ten seconds for which others wait by themselves.
		SQLiteURL: "file:" + directory + "/?_pragma=synchronous(off)&_pragma=busy_timeout(120000)",
	})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	go func() { fmt.Println(server.MongoDBURI()) }()
	return server.Run(ctx)
}
