"""Where the library and its mirrors are kept: tables, transactions, versions, copies, repair."""
