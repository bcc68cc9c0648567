"""Take a chain away as data: its links, edges and known enterprises as JSON."""

from chains.record import chain_json
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.export import Export


def chain_data(bureau: Bureau, chain: str) -> Export:
    """The chain with this id or name, as `python -m chains export` writes it.

    It is what the catalogue says, the same for every place: nothing of the ledger is in it.

    Raises:
        UnknownName: no such chain.
    """
    found = bureau.catalogue.chain(chain)
    name = f"{found.name}产业链-{bureau.today:%Y%m%d}"
    data = chain_json(bureau.catalogue, found).encode()
    return Export(f"{name}.json", f"chain-{found.id}.json", "application/json", data)
