"""What a file that was taken out is called, whether it came from the page of exports or from that of the network."""

from register.exchange.exports import EXPORT_BY_KEY
from register.exchange.network_formats import NETWORK_FORMAT_BY_KEY

OF_NETWORK = "network-"


def export_name(key: str) -> str:
    """Return the name of a format by the key that the history holds; one of an older register by its key."""
    if key in EXPORT_BY_KEY:
        return EXPORT_BY_KEY[key].name
    made = NETWORK_FORMAT_BY_KEY.get(key.removeprefix(OF_NETWORK))
    return f"The network: {made.name}" if made else "The network: PNG" if key == f"{OF_NETWORK}png" else key
