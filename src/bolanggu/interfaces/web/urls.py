"""Routes of pages and of the API."""

from __future__ import annotations

from django.urls import path

from bolanggu.interfaces.api.routes import api
from bolanggu.interfaces.web.account import looks
from bolanggu.interfaces.web.account import views as account
from bolanggu.interfaces.web.acts import views as acts
from bolanggu.interfaces.web.blueprint.urls import urlpatterns as blueprint
from bolanggu.interfaces.web.carton import views as carton
from bolanggu.interfaces.web.container import views as container
from bolanggu.interfaces.web.declaration import steps
from bolanggu.interfaces.web.declaration import views as declaration
from bolanggu.interfaces.web.desks import views as desks
from bolanggu.interfaces.web.goods import views as goods
from bolanggu.interfaces.web.lists import views as lists
from bolanggu.interfaces.web.market import views as market
from bolanggu.interfaces.web.money import views as money
from bolanggu.interfaces.web.order import views as order
from bolanggu.interfaces.web.people import views as people
from bolanggu.interfaces.web.pool import views as pool
from bolanggu.interfaces.web.receiving import views as receiving
from bolanggu.interfaces.web.stowage.urls import urlpatterns as stowage
from bolanggu.interfaces.web.trace import views as trace
from bolanggu.interfaces.web.trades import paper_list, papers, progress
from bolanggu.interfaces.web.trades import views as trades
from bolanggu.interfaces.web.way import views as way

urlpatterns = [
    path("", market.today, name="market"),
    path("sign-in/", account.sign_in, name="sign_in"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("first/<str:uid>/<str:token>/", account.first_password, name="first_password"),
    path("role/", account.choose_role, name="choose_role"),
    path("language/", account.choose_language, name="choose_language"),
    path("light/", account.choose_light, name="choose_light"),
    path("account/", account.account, name="account"),
    path("account/looks/", looks.listed, name="looks"),
    path("start/", desks.today, name="start"),
    path("trades/", trades.listed, name="trades"),
    path("trades/new/", trades.hand_in_list, name="new_trade"),
    path("trades/<str:number>/", trades.one, name="trade"),
    path("trades/<str:number>/progress/", progress.part, name="trade_progress"),
    path("trades/<str:number>/map.svg", trades.map_picture, name="trade_map"),
    path("trades/<str:number>/list/", lists.one, name="list"),
    path("trades/<str:number>/changes/", acts.listed, name="acts"),
    path("trades/<str:number>/changes/<str:name>/", acts.one, name="act"),
    path("trades/<str:number>/papers/", paper_list.listed, name="papers"),
    path("trades/<str:number>/papers/<str:paper>/", papers.download, name="paper"),
    path("orders/", order.listed, name="orders"),
    path("orders/<str:number>/", order.one, name="order"),
    path("orders/<str:number>/confirm/", order.confirm, name="order_confirm"),
    path("scan/", carton.scan, name="scan"),
    path("cartons/<str:sscc>/", carton.one, name="carton"),
    path("cartons/<str:sscc>/label.svg", carton.label, name="carton_label"),
    path("receiving/", receiving.listed, name="receiving"),
    path("receiving/<str:number>/", receiving.one, name="receive"),
    path("pool/", pool.listed, name="pool"),
    path("pool/<str:destination>/", pool.one, name="pool_of"),
    path("containers/<str:number>/", container.one, name="container"),
    path("containers/<str:number>/picture.svg", container.picture, name="container_picture"),
    path("containers/<str:number>/layers/<int:height>.svg", container.layer, name="container_layer"),
    path("declarations/", declaration.listed, name="declarations"),
    path("declarations/<str:number>/", declaration.one, name="declaration"),
    *(
        path(f"declarations/<str:number>/{one.name}/", steps.view_of(one), name=f"declaration_{one.name}")
        for one in (*steps.STEPS, steps.REVIEW)
    ),
    path("people/", people.listed, name="people"),
    path("people/grants/<int:pk>/take/", people.take, name="grant_take"),
    path("money/", money.board, name="money"),
    path("money/<str:number>/", money.of_trade, name="money_of"),
    path("prove/", paper_list.prove, name="prove"),
    path("goods/", goods.search, name="goods"),
    path("goods/<str:code>/", goods.one, name="product"),
    path("trace/", trace.walk, name="trace"),
    path("ways/", way.search, name="ways"),
    *stowage,
    *blueprint,
    path("api/v1/", api.urls),
]

handler400 = "bolanggu.interfaces.web.refusals.bad_request"
handler403 = "bolanggu.interfaces.web.refusals.forbidden"
handler404 = "bolanggu.interfaces.web.refusals.not_found"
handler500 = "bolanggu.interfaces.web.refusals.broken"
