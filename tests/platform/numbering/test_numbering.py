"""Serials have no gaps and no doubles."""

import pytest
from django.db import transaction

from bolanggu.platform.numbering.services import take


@pytest.mark.django_db
def test_numbers_follow_each_other_by_name():
    assert take("sscc", 3) == 1
    assert take("sscc") == 4
    assert take("container") == 1


@pytest.mark.django_db
def test_a_rolled_back_deed_takes_no_number():
    with pytest.raises(RuntimeError), transaction.atomic():
        take("sscc", 10)
        raise RuntimeError
    assert take("sscc") == 1
