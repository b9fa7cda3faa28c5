"""Why a record was not kept, and what to do now."""

from django.utils.translation import gettext as _

from accounts.models import BodyRegion
from booking.actions.clinical import record_refusals as why


def in_words(refusal: why.RecordRefused) -> str:
    match refusal:
        case why.NeedlesMissing() if refusal.came_out > refusal.went_in:
            words = {"went_in": refusal.went_in, "came_out": refusal.came_out}
            return _("%(went_in)d went in, %(came_out)d came out. Count both again.") % words
        case why.NeedlesMissing():
            words = {"went_in": refusal.went_in, "came_out": refusal.came_out}
            return (
                _(
                    "%(went_in)d went in, %(came_out)d came out. Look for the other before they dress, in "
                    "the skin, the clothes and the couch. If it stays missing, say why below: it is reported."
                )
                % words
            )
        case why.NeedlesNotCounted():
            return _("Count the needles that went in and those that came out.")
        case why.ConsentMissing():
            return _("%(technique)s needs a signed consent. It is not signed, or was taken back.") % {
                "technique": refusal.treatment.name
            }
        case why.NoCredential():
            names = ", ".join(str(BodyRegion(region).label) for region in refusal.regions)
            return _("On that day you had no valid credential for %(technique)s here: %(regions)s.") % {
                "technique": refusal.treatment.name,
                "regions": names,
            }
        case why.RegionMissing():
            return _("Say where on the body %(technique)s was done.") % {"technique": refusal.treatment.name}
        case why.NothingRecorded():
            return _("Tick what was done, or write a note.")
        case why.AlreadyLocked():
            return _("It was signed a moment ago, in another window. Add to it instead.")
        case why.NotBegun():
            return _("The patient is not checked in. Check them in first.")
    return _("This can’t be kept. Open the visit again from today.")
