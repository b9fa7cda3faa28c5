"""Why a record is not kept or not signed."""

from collections.abc import Sequence

from catalogue.models import Treatment


class RecordRefused(Exception):
    """Nothing was changed."""


class NotYourRecord(RecordRefused):
    """Whoever treated writes the record."""


class NotBegun(RecordRefused):
    """The patient has not come yet, or did not come."""


class AlreadyLocked(RecordRefused):
    """It is signed: it can only be added to."""


class NotLocked(RecordRefused):
    """It is not signed yet: it can still be changed itself."""


class NothingToAdd(RecordRefused):
    """An addition says something."""


class NothingRecorded(RecordRefused):
    """A record names a technique or says something."""


class AboutTechnique(RecordRefused):
    def __init__(self, treatment: Treatment) -> None:
        super().__init__(treatment.slug)
        self.treatment = treatment


class RegionMissing(AboutTechnique):
    """Where on the body is part of what was done."""


class NeedlesNotCounted(AboutTechnique):
    """Both numbers are written down, and one needle at least."""


class ConsentMissing(AboutTechnique):
    """Not signed, withdrawn, or signed for a version that is no longer in force."""


class NeedlesMissing(AboutTechnique):
    """Not all that went in came out, and no reason is given."""

    def __init__(self, treatment: Treatment, *, went_in: int, came_out: int) -> None:
        super().__init__(treatment)
        self.went_in, self.came_out = went_in, came_out


class NoCredential(AboutTechnique):
    """No credential of that day covers these regions."""

    def __init__(self, treatment: Treatment, *, regions: Sequence[str]) -> None:
        super().__init__(treatment)
        self.regions = regions
