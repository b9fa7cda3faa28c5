"""May this person…? Every such question is answered here, so that a role's reach can be read on one page."""

STAFF = frozenset({"physio", "reception", "manager"})
FRONT_DESK = frozenset({"reception", "manager"})


def _role(user: object) -> str:
    """The role of somebody signed in and active; the empty string for anybody else."""
    if getattr(user, "is_authenticated", False) and getattr(user, "is_active", False):
        return str(getattr(user, "role", ""))
    return ""


def is_staff(user: object) -> bool:
    return _role(user) in STAFF


def may_see_every_patient(user: object) -> bool:
    """The front desk answers the telephone for anybody. A physio's list is narrower, and asked apart."""
    return _role(user) in FRONT_DESK


def may_manage_the_diary(user: object) -> bool:
    return _role(user) in FRONT_DESK


def may_give_money_back(user: object) -> bool:
    """Whoever may take it. Every refund names who asked for it and why, and the day's takings show it."""
    return _role(user) in FRONT_DESK


def may_change_the_catalogue(user: object) -> bool:
    return _role(user) == "manager"


def may_treat(user: object) -> bool:
    """Physios, and the manager of a small clinic who treats too. Their own patients only: asked apart."""
    return _role(user) in {"physio", "manager"}


def may_manage_credentials(user: object) -> bool:
    return _role(user) == "manager"


def may_read_every_figure(user: object) -> bool:
    """How often something went wrong, and never with whom. Those who treat read it too: asked apart."""
    return _role(user) == "manager"
