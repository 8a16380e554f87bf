"""The forty partnerships of the example register, in one file for each kind or field."""

from register.exchange.example.partnerships.co_design import CO_DESIGN
from register.exchange.example.partnerships.commissioned_care import COMMISSIONED_CARE
from register.exchange.example.partnerships.commissioned_place import COMMISSIONED_PLACE
from register.exchange.example.partnerships.internal import INTERNAL
from register.exchange.example.partnerships.multi_agency_lives import MULTI_AGENCY_LIVES
from register.exchange.example.partnerships.multi_agency_safety import MULTI_AGENCY_SAFETY
from register.exchange.example.partnerships.shared_services import SHARED_SERVICES

OUTLINES = (
    *COMMISSIONED_CARE,
    *COMMISSIONED_PLACE,
    *SHARED_SERVICES,
    *MULTI_AGENCY_SAFETY,
    *MULTI_AGENCY_LIVES,
    *CO_DESIGN,
    *INTERNAL,
)
