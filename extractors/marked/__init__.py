"""Articles as HTML with the words marked that each figure was read from: how errors are reviewed.

`page` is the door: a head, a section for each article, a foot, so that a page can be written as the articles come. `marks` names
what is to be marked, `words` has displaCy draw it, `tables` sets out the same fields beside the text, `style` is the sheet.
"""
