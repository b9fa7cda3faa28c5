"""What is read and signed before needling. A folder of texts, each naming the treatment it belongs to."""

import tomllib

from catalogue.models import ConsentText, Treatment
from config.demo.clinic.content import FOLDER


def write_consent_texts() -> None:
    """The texts are in force at once: signed off, in the demonstration, by an invented clinician."""
    for path in sorted((FOLDER / "consent").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        treatment = Treatment.objects.get(slug=table.pop("treatment"))
        Treatment.objects.filter(pk=treatment.pk).update(uses_needles=True)
        texts = {key: value.strip() if isinstance(value, str) else value for key, value in table.items()}
        ConsentText.objects.create(treatment=treatment, state=ConsentText.State.PUBLISHED, **texts)
