"""The `sanad` command, one file for each group of subcommands."""
