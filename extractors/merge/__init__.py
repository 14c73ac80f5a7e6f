"""The events of many articles to stories: one story for each disposal, whoever told it.

`merge` is the door. `facts` prepares tellings for comparison, `figures` and `times` compare what they print, `compare`
decides whether a telling belongs to a story, `cluster` does so for thousands, `reading` and `differ` say what a story
says, `links` ties stories that hold one another.
"""

from extractors.merge.door import merge

__all__ = ["merge"]
