"""Routes of pages and of the API."""

from __future__ import annotations

from django.urls import path

from bolanggu.interfaces.api.routes import api
from bolanggu.interfaces.web.account import views as account
from bolanggu.interfaces.web.blueprint.urls import urlpatterns as blueprint
from bolanggu.interfaces.web.container import views as container
from bolanggu.interfaces.web.declaration import views as declaration
from bolanggu.interfaces.web.goods import views as goods
from bolanggu.interfaces.web.market import views as market
from bolanggu.interfaces.web.order import views as order
from bolanggu.interfaces.web.trace import views as trace
from bolanggu.interfaces.web.trades import papers, progress
from bolanggu.interfaces.web.trades import views as trades

urlpatterns = [
    path("", market.today, name="market"),
    path("sign-in/", account.sign_in, name="sign_in"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("first/<str:uid>/<str:token>/", account.first_password, name="first_password"),
    path("role/", account.choose_role, name="choose_role"),
    path("language/", account.choose_language, name="choose_language"),
    path("light/", account.choose_light, name="choose_light"),
    path("account/", account.account, name="account"),
    path("start/", trades.start, name="start"),
    path("trades/", trades.listed, name="trades"),
    path("trades/new/", trades.hand_in_list, name="new_trade"),
    path("trades/<str:number>/", trades.one, name="trade"),
    path("trades/<str:number>/progress/", progress.part, name="trade_progress"),
    path("trades/<str:number>/map.svg", trades.map_picture, name="trade_map"),
    path("trades/<str:number>/papers/<str:paper>/", papers.download, name="paper"),
    path("orders/", order.listed, name="orders"),
    path("orders/<str:number>/", order.one, name="order"),
    path("containers/<str:number>/", container.one, name="container"),
    path("containers/<str:number>/picture.svg", container.picture, name="container_picture"),
    path("declarations/<str:number>/", declaration.one, name="declaration"),
    path("goods/", goods.search, name="goods"),
    path("goods/<str:code>/", goods.one, name="product"),
    path("trace/", trace.walk, name="trace"),
    *blueprint,
    path("api/v1/", api.urls),
]

handler400 = "bolanggu.interfaces.web.refusals.bad_request"
handler403 = "bolanggu.interfaces.web.refusals.forbidden"
handler404 = "bolanggu.interfaces.web.refusals.not_found"
handler500 = "bolanggu.interfaces.web.refusals.broken"
