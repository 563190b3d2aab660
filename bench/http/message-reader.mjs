/**
 * Cuts a stream of bytes into HTTP/1.1 messages (RFC 9112), requests or responses. It exists so that neither the load nor
 * the subgraphs cost more than the gateways they measure; it knows what the servers of this benchmark send and no more:
 * bodies with a length or in chunks, no trailers, no upgrades.
 */

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const NO_BYTES = Buffer.alloc(0);

/**
 * @param onMessage called with `{ head, pieces, length }`: the start line and headers as text, the body as a list of
 *   Buffers and its bytes in all
 * @returns a function that takes the next bytes; it throws Error for what is not HTTP
 */
export function createMessageReader(onMessage) {
  let pending = NO_BYTES;
  let current;

  function readHead() {
    const end = pending.indexOf(END_OF_HEAD);
    if (end === -1) {
      return false;
    }
    const head = pending.latin1Slice(0, end);
    pending = pending.subarray(end + END_OF_HEAD.length);
    current = { head, pieces: [], length: 0, remaining: readBodyLength(head) };
    return true;
  }

  function readKnownLength() {
    const piece = pending.length <= current.remaining ? pending : pending.subarray(0, current.remaining);
    pending = pending.subarray(piece.length);
    current.remaining -= piece.length;
    addPiece(piece);
    return current.remaining === 0;
  }

  /** One chunk after the other; the last has no bytes. */
  function readChunks() {
    for (;;) {
      const lineEnd = pending.indexOf("\r\n");
      if (lineEnd === -1) {
        return false;
      }
      const size = Number.parseInt(pending.latin1Slice(0, lineEnd), 16);
      if (Number.isNaN(size)) {
        throw new Error("A chunk has no size.");
      }
      const start = lineEnd + 2;
      if (pending.length < start + size + 2) {
        return false;
      }
      addPiece(pending.subarray(start, start + size));
      pending = pending.subarray(start + size + 2);
      if (size === 0) {
        return true;
      }
    }
  }

  function addPiece(piece) {
    current.pieces.push(piece);
    current.length += piece.length;
  }

  return (bytes) => {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    while (current !== undefined || pending.length > 0) {
      if (current === undefined && !readHead()) {
        return;
      }
      if (!(current.remaining === undefined ? readChunks() : readKnownLength())) {
        return;
      }
      const message = current;
      current = undefined;
      onMessage(message);
    }
  };
}

/** In bytes; undefined for a body in chunks. */
function readBodyLength(head) {
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (length !== undefined) {
    return Number(length);
  }
  return /\r\ntransfer-encoding: *chunked/i.test(head) ? undefined : 0;
}
