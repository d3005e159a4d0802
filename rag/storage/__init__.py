"""Where the library is kept: its tables, transactions and versions, and the form of what its mirrors hold."""
