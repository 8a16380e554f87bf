"""The blueprints of the application, one for each noun of the addresses."""

from register.web import (
    desk_access,
    desk_figures,
    desk_packs,
    desk_sample,
    export_templates,
    history_verify,
    network_data,
    network_download,
    organisation_list,
    organisation_page,
    partnership_list,
    partnership_page,
    self_check,
)
from register.web.checkpoints import blueprint as checkpoints
from register.web.clocks_page import blueprint as clocks
from register.web.commitments import blueprint as commitments
from register.web.contacts import blueprint as contacts
from register.web.deals import blueprint as deals
from register.web.desk import blueprint as desk
from register.web.disagreements import blueprint as disagreements
from register.web.duplicates import blueprint as duplicates
from register.web.erasures import blueprint as erasures
from register.web.export_feeds import blueprint as export_feeds
from register.web.exports import blueprint as exports
from register.web.flags import blueprint as flags
from register.web.guidance import blueprint as guidance
from register.web.history import blueprint as history
from register.web.history_late import blueprint as late
from register.web.holds import blueprint as holds
from register.web.home import blueprint as home
from register.web.imports_batches import blueprint as imports
from register.web.interactions import blueprint as interactions
from register.web.members import blueprint as members
from register.web.network import blueprint as network
from register.web.network_measures import blueprint as network_measures
from register.web.network_what_if import blueprint as network_what_if
from register.web.organisations import blueprint as organisations
from register.web.participations import blueprint as participations
from register.web.partnerships import blueprint as partnerships
from register.web.people import blueprint as people
from register.web.relationships import blueprint as relationships
from register.web.rules import blueprint as rules
from register.web.saved_views import blueprint as saved_views
from register.web.search import blueprint as search
from register.web.sign_in import blueprint as sign_in
from register.web.tokens import blueprint as tokens
from register.web.watchlist import blueprint as watchlist

BLUEPRINTS = (
    sign_in,
    home,
    partnerships,
    participations,
    deals,
    members,
    organisations,
    duplicates,
    contacts,
    interactions,
    commitments,
    relationships,
    watchlist,
    flags,
    rules,
    network,
    saved_views,
    network_measures,
    network_what_if,
    history,
    late,
    imports,
    desk,
    checkpoints,
    disagreements,
    erasures,
    holds,
    people,
    tokens,
    search,
    guidance,
    clocks,
    exports,
    export_feeds,
)
VIEWS_ELSEWHERE = (
    desk_access, desk_figures, desk_packs, desk_sample, export_templates, history_verify, network_data,
    network_download, organisation_list, organisation_page, partnership_list, partnership_page, self_check,
)  # fmt: skip
"""Files that add their views to the blueprint of their noun: to be imported is all that they need."""
