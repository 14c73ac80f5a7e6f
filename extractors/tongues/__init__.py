"""Events of articles in other languages than English: one small reader, and a table of words for each language.

The reader knows form alone: which figure stands with which word, in which clause, behind which name. All that is language lies in
`data/lexicon/<language>.toml`. Where a sentence can be read in two ways, nothing is told: a missed sale is better than a wrong one.
"""
