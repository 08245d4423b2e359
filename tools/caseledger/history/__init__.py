"""What Git says happened: commits, what each changed, and the files at a commit.

All of it is asked of the `git` program, so that it holds in a bare repository and in a pre-receive hook's quarantine,
too, and costs what the question costs. Objects are taken as they were written: no replacement, no graft, no filter, no
program named in a configuration comes between.
"""
