"""Routes of the stowage view, to be taken into those of the pages."""

from __future__ import annotations

from django.urls import path

from bolanggu.interfaces.web.stowage import views

urlpatterns = [
    path("containers/<str:number>/stowage/", views.one, name="stowage"),
    path("containers/<str:number>/stowage.json", views.data, name="stowage_data"),
]
