"""What a range of commits does, for a reviewer: to cases, to records of duties, to what is judged by.

Only names, types, roles, times and figures: none of the words that consumers or staff wrote get into a summary.
"""
