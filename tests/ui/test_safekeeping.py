"""Nothing typed is lost: full disks, other programs, files that go away, two windows on one file.

The windows are processes of their own and get real keys.
"""
