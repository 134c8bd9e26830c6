"""Routes of the blueprint's pages."""

from __future__ import annotations

from django.urls import path

from bolanggu.interfaces.web.blueprint import downloads, index_views, views

urlpatterns = [
    path("blueprint/", views.whole, name="blueprint"),
    path("blueprint/reforms/", views.reforms, name="blueprint_reforms"),
    path("blueprint/index/", index_views.classes, name="blueprint_index"),
    path("blueprint/index.csv", downloads.index_csv, name="blueprint_index_csv"),
    path("blueprint/index.sdmx.csv", downloads.index_sdmx, name="blueprint_index_sdmx"),
    path("blueprint/observations.csv", downloads.observations_csv, name="blueprint_csv"),
    path("blueprint/observations.sdmx.csv", downloads.observations_sdmx, name="blueprint_sdmx"),
    path("blueprint/documents/<str:key>/", views.document, name="blueprint_document"),
    path("blueprint/indicators/<str:code>/", views.indicator, name="blueprint_indicator"),
    path("blueprint/indicators/<str:code>/embed/", views.embed, name="blueprint_embed"),
    path("blueprint/indicators/<str:code>/records/<str:period>/", views.records_of, name="blueprint_records"),
    path("blueprint/<str:code>/", views.box, name="blueprint_box"),
]
