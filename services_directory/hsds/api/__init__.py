"""The open, read-only API of HSDS 3.0: `routes.router`."""
