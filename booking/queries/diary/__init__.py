"""The diary: everybody's column over some days, in three statements."""

from booking.queries.diary.read import Column, Diary, DiaryVisit, Shut, read_diary

__all__ = ["Column", "Diary", "DiaryVisit", "Shut", "read_diary"]
