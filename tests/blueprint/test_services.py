"""The tree changes by reviewed proposals of two people; texts give sentences; nothing observed is overwritten."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from bolanggu.blueprint import selectors, services
from bolanggu.blueprint.differences import Line
from bolanggu.blueprint.models import Change, LoadedText, Node, Observation, Proposal, Target
from bolanggu.blueprint.services.accept import SamePerson
from bolanggu.blueprint.services.applying import ChangeDoesNotFit
from bolanggu.blueprint.services.assign import TargetHasNumber
from bolanggu.blueprint.services.load import TextDiffers
from bolanggu.blueprint.services.propose import TextNotLoaded
from bolanggu.blueprint.services.review import NotOpen
from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.journal.models import Entry


def kinds_of_events():
    return list(Entry.objects.filter(stream="event").order_by("sequence").values_list("kind", flat=True))


def accepted(document, first, second, at, drop=()):
    changes = services.read_changes(document)
    services.propose(by=first, at=at, number="P1", changes=changes, document=document)
    services.review(by=second, at=at, number="P1", drop=drop)
    return services.accept(by=second, at=at, number="P1")


def test_adopting_twice_changes_nothing(city, first, at):
    assert city["node"] > 60
    assert not any(services.adopt(by=first, at=at).values())


def test_only_planners_touch_the_blueprint(city, at):
    with pytest.raises(NotGranted):
        services.adopt(by=Actor("visitor", frozenset({"public"})), at=at)


def test_no_document_comes_with_its_text(city):
    assert not LoadedText.objects.exists()
    assert selectors.sentence(Node.objects.get(code="goal")) is None


def test_a_loaded_text_shows_the_sentence(city, shared, first, at):
    text = (shared / "measure/texts/000.txt").read_bytes().decode()
    services.load(by=first, at=at, text=text, name="any name")
    assert "总目标" in selectors.sentence(Node.objects.get(code="goal")).words


def test_a_key_stays_with_its_text(own_text, first, at):
    with pytest.raises(TextDiffers):
        services.load(by=first, at=at, text="另一份文字", name="x", key="own")


def test_a_text_that_is_not_loaded_proposes_nothing(city):
    with pytest.raises(TextNotLoaded):
        services.read_changes(Node.objects.get(code="goal").document)


def test_a_new_text_proposes_values_mentions_and_targets(own_text):
    found = {(line.act, line.thing, line.code) for line in services.read_changes(own_text)}
    assert ("add", "observation", "EXPORT") in found
    assert ("add", "observation", "EXPORT_GROWTH") in found
    assert ("mention", "node", "scene-trade-hub") in found
    assert any(thing == "target" for _, thing, _ in found)


def test_accepted_lines_become_the_tree(own_text, first, second, at):
    accepted(own_text, first, second, at)
    export = Observation.objects.get(indicator__code="EXPORT", document=own_text, period="2026-07")
    assert export.value == Decimal(300100000000)
    assert export.checked_by == "second planner"
    assert selectors.sentence(export).words == "3001亿元"
    assert Node.objects.get(code="scene-trade-hub").mentions.count() == 1
    assert kinds_of_events()[-3:] == ["blueprint.proposed", "blueprint.reviewed", "blueprint.accepted"]


def test_a_target_with_a_number_has_its_indicator_and_value(own_text, first, second, at):
    accepted(own_text, first, second, at)
    found = Target.objects.get(document=own_text, by="2030")
    assert (found.indicator.code, found.value) == ("EXPORT", Decimal(900000000000))
    assert Target.objects.get(document=own_text, by="2035").value is None


def test_a_dropped_line_stays_out(own_text, first, second, at):
    changes = services.read_changes(own_text)
    growth = next(n for n, line in enumerate(changes, 1) if line.code == "EXPORT_GROWTH")
    accepted(own_text, first, second, at, drop=[growth])
    assert not Observation.objects.filter(indicator__code="EXPORT_GROWTH", document=own_text).exists()


def test_reading_an_accepted_text_again_proposes_no_value_again(own_text, first, second, at):
    accepted(own_text, first, second, at)
    assert not [line for line in services.read_changes(own_text) if line.thing == "observation"]


def test_whoever_proposes_cannot_accept(own_text, first, second, at):
    services.propose(by=first, at=at, number="P1", changes=[], document=own_text)
    services.review(by=first, at=at, number="P1")
    with pytest.raises(SamePerson, match="another person"):
        services.accept(by=first, at=at, number="P1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(accepted_by="first planner")


def test_what_was_not_reviewed_cannot_be_accepted(own_text, first, second, at):
    services.propose(by=first, at=at, number="P1", changes=[], document=own_text)
    with pytest.raises(NotOpen, match="only a reviewed one"):
        services.accept(by=second, at=at, number="P1")


def test_a_refused_proposal_says_why_and_stays_closed(own_text, first, second, at):
    services.propose(by=first, at=at, number="P1", changes=[], document=own_text)
    assert services.refuse(by=second, at=at, number="P1", reason="wrong year").reason == "wrong year"
    with pytest.raises(NotOpen):
        services.review(by=second, at=at, number="P1")


def test_reviewing_an_unknown_line_is_refused(own_text, first, second, at):
    services.propose(by=first, at=at, number="P1", changes=[], document=own_text)
    with pytest.raises(NotOpen, match="no line 7"):
        services.review(by=second, at=at, number="P1", drop=[7])


def test_a_box_is_altered_only_from_what_stood(city, first, second, at):
    line = Line("alter", "node", "goal", {"label_en": "World capital"}, before={"label_en": "something else"})
    services.propose(by=first, at=at, number="P1", changes=[line])
    services.review(by=second, at=at, number="P1")
    with pytest.raises(ChangeDoesNotFit, match="changed since"):
        services.accept(by=second, at=at, number="P1")


def test_an_altered_box_is_a_further_version_and_the_change_keeps_what_stood(city, first, second, at):
    before = {"label_en": Node.objects.get(code="goal").label_en}
    line = Line("alter", "node", "goal", {"label_en": "World capital"}, before=before)
    services.propose(by=first, at=at, number="P1", changes=[line])
    services.review(by=second, at=at, number="P1")
    services.accept(by=second, at=at, number="P1")
    goal = Node.objects.get(code="goal")
    assert (goal.version, goal.label_en) == (2, "World capital")
    assert Change.objects.get().before == before


def test_a_box_with_boxes_under_it_cannot_be_withdrawn(city, first, second, at):
    services.propose(by=first, at=at, number="P1", changes=[Line("withdraw", "node", "scenes", {})])
    services.review(by=second, at=at, number="P1")
    with pytest.raises(ChangeDoesNotFit, match="boxes stand under"):
        services.accept(by=second, at=at, number="P1")


def test_an_observation_is_never_changed(city):
    for deed in (lambda: Observation.objects.update(value=1), Observation.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()


def test_every_target_of_the_documents_reads_not_assessable(city):
    assert {pace.state.value for _, pace in selectors.targets()} == {"not assessable"}


def test_a_person_gives_a_direction_its_number_and_is_named(city, first, at):
    target = services.assign(
        by=first,
        at=at,
        target="t2027-innovation-city",
        indicator="HIGH_TECH_FIRMS",
        value=Decimal(600),
        base_value=Decimal(400),
        base_period="2024",
    )
    assert (target.assigned_by, target.assigned_at) == ("first planner", at)
    found = selectors.standing_of(target)
    assert round(found.done, 2) == 0.49
    assert found.state.value == "on pace"


def test_a_number_of_the_document_is_not_replaced(city, first, at):
    Target.objects.filter(code="t2027-ai").update(indicator_id=1, value=5)
    with pytest.raises(TargetHasNumber):
        services.assign(by=first, at=at, target="t2027-ai", indicator="GDP", value=Decimal(1))


def test_a_number_without_an_indicator_is_refused_by_the_database(city):
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(code="t2027-ai").update(value=5)


def test_sources_that_disagree_stand_side_by_side(own_text, first, second, at):
    accepted(own_text, first, second, at)
    text = "2026年7月，示例市完成出口3100亿元。"
    other = services.load(by=first, at=at, text=text, name="b", kind="newspaper", key="other").document
    changes = services.read_changes(other)
    assert changes[0].note == "differs"
    services.propose(by=first, at=at, number="P2", changes=changes, document=other)
    services.review(by=second, at=at, number="P2")
    services.accept(by=second, at=at, number="P2")
    export = Observation.objects.filter(indicator__code="EXPORT").first().indicator
    point = next(one for one in selectors.series(export) if one["shown"].period == "2026-07")
    assert point["conflict"]
    assert (point["shown"].value, point["others"][0][0].value) == (Decimal(300100000000), Decimal(310000000000))


def test_rounded_figures_are_no_conflict(own_text, first, second, at):
    accepted(own_text, first, second, at)
    text = "2026年7月，示例市完成出口3000.8亿元。"
    other = services.load(by=first, at=at, text=text, name="b", key="other").document
    assert services.read_changes(other)[0].note == "agrees within rounding"


def test_the_register_says_who_copied_a_reform(city):
    reforms = {reform.code: reform for reform in selectors.reforms()}
    assert reforms["market-procurement"].copies.count() == 38
    assert reforms["powers-2006"].copies.count() == 0
