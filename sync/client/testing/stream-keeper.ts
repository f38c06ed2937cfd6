/** One stream as head office keeps it by the rules of the protocol: every head and signature is checked with the real code. */
import { jwtVerify } from 'jose';
import type { HashHex } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import { verifier } from '../../../base/node/signing.ts';
import { headToSign, nextHead } from '../../../ledger/chain.ts';
import { TILL_TOKEN_AUDIENCE } from '../../protocol/enrolment.ts';
import type { PushRequest } from '../../protocol/push.ts';

export type KnownStream = { readonly inc: string; readonly publicKey: string; readonly genesis: HashHex };

export type StreamKeeper = {
  readonly received: { readonly text: string; readonly hash: HashHex }[];
  readonly profiles: Map<number, string>;
  register(stream: KnownStream): void;
  admits(authorization: string, now: number): Promise<boolean>;
  /** The answer without what every answer carries. */
  push(request: PushRequest): object;
};

export function streamKeeper(): StreamKeeper {
  let known: KnownStream | undefined;
  const received: StreamKeeper['received'] = [];
  const profiles = new Map<number, string>();
  const headAt = (seq: number): HashHex | undefined => (seq === 0 ? known?.genesis : received[seq - 1]?.hash);
  const verified = (head: HashHex, signature: string): boolean =>
    verifier(known?.publicKey ?? '').verify(headToSign(head), signature);

  return {
    received,
    profiles,
    register: (stream) => {
      known = stream;
    },
    admits: async (authorization, now) => {
      const options = {
        audience: TILL_TOKEN_AUDIENCE,
        issuer: known?.inc ?? '',
        currentDate: new Date(now),
        clockTolerance: 60,
        maxTokenAge: 300,
      };
      const checked = jwtVerify(authorization.replace(/^Bearer /, ''), verifier(known?.publicKey ?? '').key, options);
      return await checked.then(
        () => true,
        () => false,
      );
    },
    push: (request) => {
      const base = request.fromSeq - 1;
      if (base > received.length) return { status: 'need-from', needFrom: received.length + 1 };
      if (headAt(base) !== request.fromHead) return { status: 'forked', seq: base };
      const links = chained(request);
      for (const { seq, head, signature } of links) {
        if (signature !== null && !verified(head, signature))
          return { status: 'broken', salvageFrom: seq, reason: 'signature' };
        if ((headAt(seq) ?? head) !== head) return { status: 'forked', seq };
      }
      const last = links.at(-1)?.head ?? request.fromHead;
      if (last !== request.toHead) return { status: 'broken', salvageFrom: request.fromSeq, reason: 'chain' };
      if (!verified(last, request.signature))
        return { status: 'broken', salvageFrom: request.fromSeq, reason: 'signature' };
      received.push(
        ...links.filter(({ seq }) => seq > received.length).map(({ text, head }) => ({ text, hash: head })),
      );
      for (const { seq, sealed } of request.profiles) profiles.set(seq, sealed);
      return { status: 'accepted', receivedSeq: received.length, receivedHead: headAt(received.length) };
    },
  };
}

type Link = { readonly seq: number; readonly text: string; readonly signature: string | null; readonly head: HashHex };

function chained({ fromSeq, fromHead, entries }: PushRequest): Link[] {
  const links: Link[] = [];
  for (const { text, signature } of entries) {
    const head = nextHead(sha256, links.at(-1)?.head ?? fromHead, text);
    links.push({ seq: fromSeq + links.length, text, signature, head });
  }
  return links;
}
