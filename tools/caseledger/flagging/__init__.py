"""Issues of a forge in step with what is overdue: one for each case, opened, kept up and closed by whichever run comes.

Runs are late, overlap, and are stopped in the middle, so nothing is remembered between them. What an issue already says
stands in the issue itself, in a marker; each run compares that with what is true, and writes the difference.
"""
