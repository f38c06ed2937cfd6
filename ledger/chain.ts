/**
 * The hash chain of a stream: h(n) = SHA-256("LOY1" | h(n-1) | bytes(n)); h(0) binds it to one incarnation and its key. A signed head
 * covers everything before it. The hash function is passed in, since this folder has no I/O.
 */
import type { HashHex, IncarnationId, OrgId, TillId } from '../base/ids.ts';

/** SHA-256 over the concatenation of its parts; text counts as UTF-8. */
export type Sha256 = (...parts: readonly (string | Uint8Array)[]) => HashHex;

const DOMAIN = 'LOY1';

export type StreamIdentity = {
  readonly org: OrgId;
  readonly till: TillId;
  readonly inc: IncarnationId;
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string;
};

/** The head before the first entry. Its parts are joined by a character that none of them can hold. */
export function genesisHead(sha256: Sha256, stream: StreamIdentity): HashHex {
  return sha256([DOMAIN, stream.org, stream.till, stream.inc, stream.publicKey].join('|'));
}

/** The head after the entry with these bytes. `head` goes in as hex text, 64 characters. */
export function nextHead(sha256: Sha256, head: HashHex, bytes: string | Uint8Array): HashHex {
  return sha256(DOMAIN, head, bytes);
}

/** What is signed for a head: the same key signs tokens, and neither can be taken for the other. */
export function headToSign(head: HashHex): string {
  return `${DOMAIN} head ${head}`;
}
