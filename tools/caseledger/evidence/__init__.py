"""Evidence: files from outside are looked at, put into a store, named by a case, and hashed again and again."""
