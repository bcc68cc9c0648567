// Where a key leads in a grid, as WAI-ARIA's grid pattern has it.

/** The cell that a key moves to; null for keys that do not move. */
export function moved(event, from, { rows, columns, page }) {
  const to = { row: from.row, column: from.column };
  switch (event.key) {
    case "ArrowUp":
      to.row -= 1;
      break;
    case "ArrowDown":
      to.row += 1;
      break;
    case "ArrowLeft":
      to.column -= 1;
      break;
    case "ArrowRight":
      to.column += 1;
      break;
    case "PageUp":
      to.row -= page;
      break;
    case "PageDown":
      to.row += page;
      break;
    case "Home":
      to.column = 0;
      if (event.ctrlKey) to.row = 0;
      break;
    case "End":
      to.column = columns - 1;
      if (event.ctrlKey) to.row = rows - 1;
      break;
    default:
      return null;
  }
  to.row = Math.max(0, Math.min(rows - 1, to.row));
  to.column = Math.max(0, Math.min(columns - 1, to.column));
  return to;
}
