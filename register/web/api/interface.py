"""The interface put on the application: its views, whose token counts, and how its answers end."""

from flask import Flask
from flask_wtf import CSRFProtect

from register.web.api import document, interactions, network, organisations, partnerships, relationships, watchlist
from register.web.api.access import check_scope
from register.web.api.asked import spare

BLUEPRINTS = (
    organisations.blueprint,
    partnerships.blueprint,
    relationships.blueprint,
    interactions.blueprint,
    watchlist.blueprint,
    network.blueprint,
)

for blueprint in BLUEPRINTS:
    blueprint.before_request(check_scope)
    blueprint.after_request(spare)


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Give the application what programs read and write.

    Its requests carry a token in a header that no other site can make a browser send, so they need no form token.
    """
    app.config.update(API_TITLE="Partnership register", API_VERSION=document.VERSION, OPENAPI_VERSION="3.1.0")
    api = document.DescribedApi(app, spec_kwargs={"info": {"description": document.ABOUT}})
    app.extensions["register api"] = api
    document.describe(api)
    for blueprint in BLUEPRINTS:
        csrf.exempt(blueprint)
        api.register_blueprint(blueprint)
    app.register_blueprint(document.blueprint)
