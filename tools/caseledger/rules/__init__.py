"""Rules beyond the schema: one module each, with its code, its meaning and its `check`.

`of_cases`, `of_files` and `of_records` say which are asked of what. Whoever asks loads no others, so that
`append` is quick.
"""
