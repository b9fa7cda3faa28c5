from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Exclusion constraints compare a practitioner by equality and a span by overlap in one index."""

    initial = True
    dependencies = []
    operations = [BtreeGistExtension()]
