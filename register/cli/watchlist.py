"""`register watchlist`: the collaborations at risk, worst first."""

import click


@click.command()
def watchlist() -> None:
    """List the collaborations at risk, worst first, with the reasons."""
