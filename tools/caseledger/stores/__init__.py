"""Where the bytes of evidence are kept: stores of one kind or another, each behind one URL of the settings.

A store puts what is not there yet, and never puts anything in the place of something: what it keeps is called after its
own SHA-256. Entries of cases name a store by its name, not by its URL, so that a store can move while what is sealed
stays as it is.
"""
