"""Fields that save themselves: each editor tells when its value was edited, and takes a value.

A text is saved when typing pauses and when the field is left. What is still being typed is
never overwritten by a board that arrives meanwhile.
"""
