"""What axe finds wrong with a page."""

from playwright.sync_api import Page

from tests.browser.conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ASK = """
async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const where = (rule) => rule.nodes.map((node) => node.target.join(" ")).join(" | ");
  return found.violations.map((rule) => `${rule.id}: ${where(rule)}`);
}
"""


def violations(page: Page) -> list[str]:
    """Each rule that the page breaks, with the elements that do."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(ASK)
    return found
