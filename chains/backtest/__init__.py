"""Does feasibility find again what it was not shown? `python -m chains.backtest --help`."""

from chains.backtest.measure import Interval, Measures
from chains.backtest.report import Report
from chains.backtest.trial import backtest

__all__ = ["Interval", "Measures", "Report", "backtest"]
