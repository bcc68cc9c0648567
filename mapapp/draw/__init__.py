"""Pictures: the Folium map and the chain. The only room that imports folium,
pygraphviz, reportlab and fontTools.

It is given geometry, numbers and constants of this project; no text of the ledger passes through
folium, which would run it (see `verbatim`).
"""
