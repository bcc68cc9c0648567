"""The command line: thin commands over the journeys. Imports stay inside: --help is fast."""

from __future__ import annotations

import click

from mapapp.cli import catalogue, chain, ledger, serving, sheet, targets, year
from mapapp.cli.command import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """链图：产业链招商地图。"""


for _command in (
    serving.serve,
    serving.prepare,
    serving.load_sample_command,
    ledger.import_command,
    ledger.import_sites_command,
    chain.gaps,
    year.milestones,
    year.stats,
    year.bulletin,
    year.weekly,
    chain.critical_gaps_command,
    targets.targets,
    chain.picture,
    chain.what_if_command,
    chain.feasibility,
    targets.register,
    targets.match_report_command,
    catalogue.tag_command,
    catalogue.check_catalogue_command,
    catalogue.catalogue_counts_command,
    catalogue.catalogue,
    sheet.sheet,
):
    main.add_command(_command)
