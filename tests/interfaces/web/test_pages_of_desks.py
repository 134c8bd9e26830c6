"""Pages by noun: what each shows and does, with refusals told in words and nothing changed."""

import pytest
from tests.interfaces.conftest import AT, SSCC

from bolanggu.interfaces.web.container import shares
from bolanggu.interfaces.web.pool import filling
from bolanggu.market.consolidation.models import LineChoice, LoadPlan, PoolEntry, Share, Shipment
from bolanggu.market.customs.models import Declaration, RiskReview
from bolanggu.market.inquiries.models import InquiryLine
from bolanggu.market.orders.models import Order
from bolanggu.market.production.models import ProductionTask
from bolanggu.market.warehousing.models import Receipt

STATED = {"source": "simulated", "stated_at": AT}


def expect(trade: str) -> None:
    ProductionTask.objects.create(
        line=f"{trade}-L0001", order=f"{trade}-001", pieces=12, started_at=AT, promised_at=AT, **STATED
    )


def wait(trade: str, sscc: str, **more) -> None:
    kept = {"destination": "ESBCN", "agent": "AG", "terms": "FOB", "ready_at": AT, **STATED, **more}
    PoolEntry.objects.create(sscc=sscc, trade=trade, **kept)


def text(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


# desks


def test_a_desk_has_the_sections_of_its_grants_and_no_other(two_trades, signed_in):
    merchant = text(signed_in("merchant", "MERCHANT-A"), "/start/")
    assert "Orders to confirm" in merchant
    assert "Latest trades" not in merchant
    broker = text(signed_in("broker", "BROKER-A"), "/start/")
    assert "Declarations to send" in broker
    assert "Orders to confirm" not in broker
    officer = text(signed_in("officer", everywhere=True), "/start/")
    assert "Declarations before customs" in officer
    assert "Declarations to send" not in officer


@pytest.mark.parametrize("role", ["carrier", "planner"])
def test_a_role_without_sections_is_told_so(two_trades, signed_in, role):
    assert "no desk yet" in text(signed_in(role, "NOBODY"), "/start/")


def test_what_waits_is_counted_and_led_to(two_trades, signed_in):
    expect(two_trades.a)
    page = text(signed_in("warehouse", "STORE-A"), "/start/")
    assert f'href="/receiving/{two_trades.a}-001/"' in page
    assert "Nothing is expected." in text(signed_in("warehouse", "STORE-B"), "/start/")


# order


def test_a_merchant_confirms_and_is_told(two_trades, signed_in):
    client = signed_in("merchant", "MERCHANT-A")
    assert "Confirm the order" in text(client, f"/orders/{two_trades.a}-001/")
    answer = client.post(f"/orders/{two_trades.a}-001/confirm/", follow=True).content.decode()
    assert "The order is confirmed." in answer
    assert "Confirm the order" not in answer
    assert "The order is confirmed." not in text(client, f"/orders/{two_trades.a}-001/")


def test_an_order_that_is_not_open_says_why_and_stays(two_trades, signed_in):
    Order.objects.filter(number=f"{two_trades.a}-001").update(state="draft")
    client = signed_in("merchant", "MERCHANT-A")
    answer = client.post(f"/orders/{two_trades.a}-001/confirm/", follow=True).content.decode()
    assert 'role="alert"' in answer
    assert "draft" in answer
    assert Order.objects.get(number=f"{two_trades.a}-001").state == "draft"


def test_a_buyer_has_no_button_to_confirm(two_trades, signed_in):
    assert "Confirm the order" not in text(signed_in("buyer", "BUYER-A"), f"/orders/{two_trades.a}-001/")


# receiving and cartons


def test_a_count_is_kept_line_by_line(two_trades, signed_in):
    expect(two_trades.a)
    client, line = signed_in("warehouse", "STORE-A"), f"{two_trades.a}-L0001"
    path = f"/receiving/{two_trades.a}-001/"
    assert client.post(path, {f"received-{line}": "12", f"rejected-{line}": "2"}).status_code == 302
    kept = Receipt.objects.get(line=line)
    assert (kept.received, kept.accepted, kept.rejected, kept.warehouse) == (12, 10, 2, "STORE-A")
    assert "counted" in text(client, path)


@pytest.mark.parametrize(
    ("received", "rejected"), [("ten", ""), ("-1", ""), ("5", "6"), ("1.5", ""), ("9" * 10, ""), ("٣٫٥", "")]
)
def test_a_count_that_cannot_be_is_refused_and_nothing_kept(two_trades, signed_in, received, rejected):
    expect(two_trades.a)
    client, line = signed_in("warehouse", "STORE-A"), f"{two_trades.a}-L0001"
    answer = client.post(
        f"/receiving/{two_trades.a}-001/", {f"received-{line}": received, f"rejected-{line}": rejected}
    )
    assert answer.status_code == 422
    assert not Receipt.objects.exists()


def test_a_line_left_empty_is_not_counted(two_trades, signed_in):
    expect(two_trades.a)
    answer = signed_in("warehouse", "STORE-A").post(f"/receiving/{two_trades.a}-001/", {})
    assert answer.status_code == 422
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("code", ["{}", "00{}", "(00){}", "( 00 ) {} "])
def test_a_scanned_label_opens_its_carton_however_it_is_written(two_trades, signed_in, code):
    client = signed_in("warehouse", "STORE-A")
    assert client.get("/scan/", {"code": code.format(SSCC["A"])}).headers["Location"] == f"/cartons/{SSCC['A']}/"


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("BLGU0000013", "/containers/TAAAAAAAAAA-B01/"),
        ("taaaaaaaaaa-b01", "/containers/TAAAAAAAAAA-B01/"),
        ("TAAAAAAAAAA-001", "/receiving/TAAAAAAAAAA-001/"),
    ],
)
def test_a_scanned_container_or_order_opens(two_trades, signed_in, code, path):
    Share.objects.filter(plan__number=f"{two_trades.b}-B01").delete()
    LoadPlan.objects.get(number=f"{two_trades.b}-B01").equipment.delete()
    assert signed_in("warehouse", "STORE-A").get("/scan/", {"code": code}).headers["Location"] == path


@pytest.mark.parametrize("code", ["", "moon", "1" * 18, SSCC["B"], "TBBBBBBBBBB-001", "TBBBBBBBBBB-B01", "x" * 500])
def test_a_scan_of_what_is_not_ones_own_opens_nothing(two_trades, signed_in, code):
    answer = signed_in("warehouse", "STORE-A").get("/scan/", {"code": code})
    assert answer.status_code == (404 if code else 200)
    assert f"/cartons/{SSCC['B']}/" not in answer.content.decode()


def test_a_carton_shows_promised_beside_measured_and_its_label(two_trades, signed_in):
    client = signed_in("warehouse", "STORE-A")
    page = text(client, f"/cartons/{SSCC['A']}/")
    assert page.count("400") >= 2
    label = client.get(f"/cartons/{SSCC['A']}/label.svg")
    assert label.headers["Content-Type"] == "image/svg+xml"
    assert f"(00) {SSCC['A']}" in label.content.decode()


# pool and boxes


def test_a_pool_shows_own_parts_and_counts_the_rest(two_trades, signed_in):
    wait(two_trades.a, SSCC["A"])
    wait(two_trades.b, SSCC["B"])
    page = text(signed_in("buyer", "BUYER-A"), "/pool/ESBCN/")
    assert f"/trades/{two_trades.a}/" in page
    assert two_trades.b not in page
    assert "others" in page


def test_cartons_of_different_terms_do_not_share_a_pool(two_trades, signed_in):
    wait(two_trades.a, SSCC["A"])
    wait(two_trades.a, "100000000000000014", terms="CIF")
    from bolanggu.platform.accounts.grants import Actor

    buyer = Actor("b", frozenset({"buyer"}), parties=frozenset({"BUYER-A"}))
    assert [pool.terms for pool in filling.pools(buyer, "ESBCN")] == ["CIF", "FOB"]


def test_why_cartons_were_left_is_told(two_trades, signed_in):
    wait(two_trades.a, SSCC["A"], state="left", reason="longer than any box")
    assert "longer than any box" in text(signed_in("agent", "AGENT-A"), "/pool/ESBCN/")


def test_only_the_last_decision_on_a_line_says_why_it_waits(two_trades):
    from bolanggu.platform.accounts.grants import Actor

    wait(two_trades.a, SSCC["A"])
    shipment = Shipment.objects.create(number="SAAAAAAAAAA", destination="ESBCN", **STATED)
    later = Shipment.objects.create(number="SBBBBBBBBBB", destination="ESBCN", **STATED)

    def decide(of, line: int, reason: str, *, ships: bool = False) -> None:
        LineChoice.objects.create(
            shipment=of, trade=two_trades.a, line=f"{two_trades.a}-L{line:04d}", cartons=2, ships=ships, reason=reason,
            **STATED,
        )  # fmt: skip

    for line in (1, 2, 3):
        decide(shipment, line, "too little for a box")
    decide(later, 1, "waits for the rest")
    decide(later, 3, "ships", ships=True)
    agent = Actor("a", frozenset({"agent"}), parties=frozenset({"AGENT-A"}))
    found = {row["reason"]: (row["lines"], row["cartons"]) for row in filling.reasons(agent, "ESBCN")}
    assert found == {"waits for the rest": (1, 2), "too little for a box": (1, 2)}
    assert filling.reasons(agent, "DEHAM") == []


def test_shares_of_a_box_add_up_to_what_it_is_filled(two_trades):
    plan = LoadPlan.objects.get(number=f"{two_trades.a}-B01")
    parts = shares.shown(plan, list(plan.shares.all()))
    assert sum(part.percent for part in parts) == pytest.approx(plan.fill_percent, abs=0.01)
    assert shares.others(plan, list(plan.shares.all())) is None
    rest = shares.others(plan, [])
    assert rest is not None
    assert (rest.cartons, rest.begins) == (1, 0)


def test_a_layer_is_drawn_and_one_that_is_not_there_is_not_found(two_trades, signed_in):
    client = signed_in("buyer", "BUYER-A")
    assert client.get(f"/containers/{two_trades.a}-B01/layers/0.svg").content.startswith(b"<svg")
    assert client.get(f"/containers/{two_trades.a}-B01/layers/7.svg").status_code == 404


# lists, declarations, money, papers


def test_a_list_shows_why_a_line_has_no_goods(two_trades, signed_in):
    InquiryLine.objects.create(
        number=f"{two_trades.a}-L0002", inquiry_id=InquiryLine.objects.get(number=f"{two_trades.a}-L0001").inquiry_id,
        row=2, text="moon dust", quantity=5, state="unmatched", reason="no good fits well enough",
        candidates=[{"code": "P-A", "score": 0.38, "title": "cup"}],
    )  # fmt: skip
    client = signed_in("buyer", "BUYER-A")
    assert "no good fits well enough" in text(client, f"/trades/{two_trades.a}/list/")
    only = text(client, f"/trades/{two_trades.a}/list/?show=missing")
    assert "moon dust" in only
    assert ">cup<" not in only
    assert "38%" in only


@pytest.mark.parametrize("state", ["loaded", "declared", "inspecting", "released", "settled"])
def test_a_declaration_offers_the_steps_of_its_state_to_their_holders_only(two_trades, signed_in, state):
    Declaration.objects.filter(number=f"{two_trades.a}-D01").update(state=state)
    path = f"/declarations/{two_trades.a}-D01/"
    broker = text(signed_in("broker", "BROKER-A"), path)
    officer = text(signed_in("officer", everywhere=True), path)
    assert ("Send to customs" in broker) == (state == "loaded")
    assert ("Open an inspection" in officer) == (state == "declared")
    assert (f"{path}release/" in officer) == (state in {"declared", "inspecting"})
    assert f"{path}release/" not in broker
    assert f"{path}send/" not in officer


def test_a_step_out_of_turn_is_told_and_changes_nothing(two_trades, signed_in):
    client = signed_in("finance", everywhere=True)
    Declaration.objects.filter(number=f"{two_trades.a}-D01").update(state="declared")
    page = client.post(f"/declarations/{two_trades.a}-D01/settle/", follow=True).content.decode()
    assert 'role="alert"' in page
    assert Declaration.objects.get(number=f"{two_trades.a}-D01").state == "declared"


def test_declarations_are_listed_by_state(two_trades, signed_in):
    client = signed_in("broker", "BROKER-A")
    assert f"{two_trades.a}-D01" in text(client, "/declarations/?state=released")
    assert f"{two_trades.a}-D01" not in text(client, "/declarations/?state=loaded")
    assert f"{two_trades.a}-D01" in text(client, "/declarations/?state=nonsense")


def test_money_shows_what_is_due_to_its_own_people(two_trades, signed_in):
    page = text(signed_in("buyer", "BUYER-A"), "/money/")
    assert f"/money/{two_trades.a}/" in page
    assert two_trades.b not in page
    assert "books agree" not in page
    assert "$22.05" in text(signed_in("buyer", "BUYER-A"), f"/money/{two_trades.a}/")


def test_a_merchant_without_payments_is_told_what_will_stand_here(two_trades, signed_in):
    assert "No money has moved yet." in text(signed_in("merchant", "MERCHANT-A"), "/money/")


def test_a_paper_that_was_never_sealed_does_not_hold(db, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post("/prove/", {"paper": SimpleUploadedFile("x.pdf", b"%PDF-1.7 nothing")})
    assert "The paper does not hold" in answer.content.decode()


def test_a_file_that_is_no_paper_is_refused_in_words(db, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post("/prove/", {"paper": SimpleUploadedFile("x.exe", b"MZ")})
    assert answer.status_code == 200
    assert "The paper does not hold" in answer.content.decode()


# changes


def test_the_form_of_an_act_is_made_from_its_fields(two_trades, signed_in):
    page = text(
        signed_in("merchant", "MERCHANT-A"), f"/trades/{two_trades.a}/changes/redate_order/?order={two_trades.a}-001"
    )
    assert f'<option value="{two_trades.a}-001" selected>' in page
    assert 'type="date"' in page


def test_an_act_that_is_not_ones_own_is_refused(two_trades, signed_in):
    client = signed_in("buyer", "BUYER-A")
    assert client.get(f"/trades/{two_trades.a}/changes/redate_order/").status_code == 403
    assert client.get(f"/trades/{two_trades.a}/changes/no_such_act/").status_code == 404


def test_an_act_with_a_missing_field_is_told_at_the_field(two_trades, signed_in):
    answer = signed_in("merchant", "MERCHANT-A").post(f"/trades/{two_trades.a}/changes/redate_order/", {"key": "k"})
    assert answer.status_code == 422
    assert answer.content.decode().count('class="error"') >= 2


# risk


def test_a_risk_signal_is_the_officers_and_is_concluded_with_what_was_found(two_trades, signed_in):
    declaration = Declaration.objects.get(number=f"{two_trades.a}-D01")
    reasons = [{"indicator": "RK-01", "reason": "price far from its kind", "evidence": []}]
    RiskReview.objects.create(declaration=declaration, score_ppm=870_000, lane="red", reasons=reasons, **STATED)
    officer = signed_in("officer", everywhere=True)
    path = f"/declarations/{declaration.number}/"
    assert "87.0%" in text(officer, "/start/")
    assert "price far from its kind" in text(officer, path)
    assert "price far from its kind" not in text(signed_in("broker", "BROKER-A"), path)
    assert 'role="alert"' in officer.post(f"{path}review/", {"outcome": "cleared"}, follow=True).content.decode()
    officer.post(f"{path}review/", {"outcome": "cleared", "note": "invoices seen"})
    review = RiskReview.objects.get(declaration=declaration)
    assert (review.outcome, review.found) == ("cleared", "invoices seen")
    assert "No signal is open." in text(officer, "/start/")
