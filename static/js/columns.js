// Reads columns of whole numbers, as mapapp/draw/column_bytes.py writes them.

const KINDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

/** The head of an answer, and its columns by name as typed arrays. */
export function readColumns(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const columns = {};
  let at = 4 + length;
  for (const [name, width, count, value] of head.columns) {
    columns[name] = width ? new KINDS[width](buffer, at, count) : alike(value, count);
    at += width * count;
  }
  return { head, columns };
}

/** Fetches an answer and reads it. */
export async function fetchColumns(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(String(response.status));
  return readColumns(await response.arrayBuffer());
}

/** A column that holds one value only. */
function alike(value, count) {
  const Kind = value < 256 ? Uint8Array : Uint32Array;
  return value ? new Kind(count).fill(value) : new Kind(count);
}
