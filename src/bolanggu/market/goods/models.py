"""Places and goods: districts, booths, shops, products. Two million products fit on a small machine."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket


def _identity() -> str:
    return uuid4().hex


class District(InMarket):
    """A market district (市场区) with its floors and streets."""

    code = models.CharField(max_length=8)
    name_zh = models.CharField(max_length=64)
    name_en = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "code"], name="goods_district_code")]


class Shop(InMarket):
    """A merchant's shop: its terms across goods. Mixed batch (混批): enough pieces or enough money over the shop."""

    number = models.CharField(max_length=32)
    merchant = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=128)
    name_en = models.CharField(max_length=128)
    category = models.CharField(max_length=32, help_text="main market category, key of the lexicon")
    minimum_minor = models.BigIntegerField(default=0, help_text="least value of one order at this shop, CNY fen")
    mixed_batch_pieces = models.PositiveIntegerField(null=True, blank=True)
    mixed_batch_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="goods_shop_number"),
            models.CheckConstraint(condition=Q(minimum_minor__gte=0), name="goods_shop_minimum"),
        ]
        indexes = [models.Index(fields=["market", "category"], name="goods_shop_category")]


class Booth(InMarket):
    """A booth (商位): district, floor, street, number."""

    district = models.ForeignKey(District, on_delete=models.PROTECT)
    floor = models.SmallIntegerField()
    street = models.CharField(max_length=8)
    number = models.CharField(max_length=8)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="booths", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "district", "floor", "street", "number"], name="goods_booth_place"
            )
        ]


class Product(InMarket):
    """One kind of goods offered by one shop, with its price ladder and pack specification.

    ``tiers`` is a ladder ``[[min_qty, unit_minor], …]``: quantities rise, prices do not; its first rung is the MOQ.
    ``assumed`` names the columns that were filled by assumption, blank-separated.
    """

    code = models.CharField(max_length=40)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="products")
    title_zh = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=32)
    item = models.CharField(max_length=48, blank=True, help_text="key of the lexicon's item, empty if unknown")
    attributes = models.JSONField(default=dict)
    currency = models.CharField(max_length=3)
    tiers = models.JSONField()
    moq = models.PositiveIntegerField()
    order_multiple = models.PositiveIntegerField(default=1, help_text="pieces of an inner pack; sold in multiples")
    pieces_per_carton = models.PositiveIntegerField()
    carton_l_mm = models.PositiveIntegerField()
    carton_w_mm = models.PositiveIntegerField()
    carton_h_mm = models.PositiveIntegerField()
    carton_net_g = models.PositiveIntegerField()
    carton_gross_g = models.PositiveIntegerField()
    this_side_up = models.BooleanField(default=False)
    fragile = models.BooleanField(default=False)
    battery = models.BooleanField(default=False)
    liquid = models.BooleanField(default=False)
    brand = models.BooleanField(default=False)
    hs6 = models.CharField(max_length=6, blank=True)
    lead_days = models.PositiveSmallIntegerField(default=7)
    stock = models.PositiveIntegerField(default=0)
    assumed = models.CharField(max_length=200, blank=True)
    synthetic = models.BooleanField(default=False)
    state = models.CharField(max_length=9, default="listed", help_text="draft | listed | hidden | withdrawn")
    edition = models.PositiveIntegerField(default=0, help_text="import that stated the row last; 0 for none")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "code"], name="goods_product_code"),
            models.CheckConstraint(condition=~Q(title_zh="") | ~Q(title_en=""), name="goods_product_titled"),
            models.CheckConstraint(condition=Q(pieces_per_carton__gte=1), name="goods_product_pack"),
            models.CheckConstraint(condition=Q(moq__gte=1) & Q(order_multiple__gte=1), name="goods_product_moq"),
            models.CheckConstraint(
                condition=Q(carton_gross_g__gte=F("carton_net_g")) & Q(carton_net_g__gte=1),
                name="goods_product_weight",
            ),
            models.CheckConstraint(
                condition=Q(carton_l_mm__gte=1) & Q(carton_w_mm__gte=1) & Q(carton_h_mm__gte=1),
                name="goods_product_carton",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="goods_product_state")]


class Catalogue(InMarket):
    """Which generation of goods stands and where it came from. ``identity`` ties a search index to its database."""

    identity = models.CharField(max_length=32, default=_identity)

    generation = models.PositiveIntegerField(default=0)
    goods = models.PositiveIntegerField(default=0)
    origin = models.CharField(max_length=16, default="", help_text="empty | demo | town | city | file")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market"], name="goods_catalogue_one")]


class Alias(InMarket):
    """A wording that a person confirmed for a product; it matches at once from then on."""

    wording = models.CharField(max_length=300, help_text="folded, blanks between words")
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    buyer = models.CharField(max_length=32, blank=True, help_text="number of the buyer whose wording it is")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "wording", "buyer"], name="goods_alias_once")]


class Pending(InMarket):
    """Products from ``first_id`` to ``last_id`` may differ from the search index; written with the change itself."""

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last_id__gte=F("first_id")), name="goods_pending_range")]


class Import(InMarket):
    """One reading of a catalogue file. A killed one goes on after ``rows``, the last row that is safely in."""

    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    replace = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, help_text="the first faults, as the file's reader stated them")
    finished = models.BooleanField(default=False)
