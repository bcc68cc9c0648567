// Reads columns of whole numbers, as mapapp/draw/column_bytes.py writes them.

const KINDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

/** The head of an answer, and its columns by name as typed arrays, each put together when it is first wanted. */
export function readColumns(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const columns = {};
  let at = 4 + length;
  for (const [name, width, count] of head.columns) {
    const planes = new Uint8Array(buffer, at, width * count);
    later(columns, name, () => joined(planes, width, count));
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

/** A property that is worked out when it is first read; it can be copied unread. */
function later(object, name, work) {
  const configurable = true;
  const get = function () {
    const value = work();
    Object.defineProperty(this, name, { value });
    return value;
  };
  Object.defineProperty(object, name, { get, configurable });
}

/** The bytes of each value lie in planes, the lowest first. */
function joined(planes, width, count) {
  if (width === 1) return planes;
  const values = new KINDS[width](planes.subarray(0, count));
  for (let plane = 1; plane < width; plane += 1) {
    const start = plane * count;
    const shift = 8 * plane;
    for (let n = 0; n < count; n += 1) values[n] |= planes[start + n] << shift;
  }
  return values;
}
