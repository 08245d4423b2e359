"""What a third party needs to check one case with Git and sha256sum alone: facts, and commands that show them."""
