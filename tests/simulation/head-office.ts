/**
 * Head office of a simulation: what ships, over tables in memory (memory-store/), behind requests as its HTTP server passes them on. Requests are
 * answered one after another. A crash loses what was not committed; a restore brings old tables back, and only the witness remembers.
 */
import { present } from '../../base/assert.ts';
import type { IncarnationId, MemberId, StoreId, TillId, WalletId } from '../../base/ids.ts';
import { randomBase64url, sha256 } from '../../base/node/hash.ts';
import { verifier } from '../../base/node/signing.ts';
import { freeOf } from '../../ledger/allowances/grant.ts';
import { RULES } from '../../ledger/allowances/rules.ts';
import { genesisHead } from '../../ledger/chain.ts';
import { adjustMember, mergeMembers, unmergeMembers } from '../../sync/server/admin/accounts.ts';
import { enrolMembers, type NewMember } from '../../sync/server/admin/enrol-members.ts';
import { foundOrganisation } from '../../sync/server/admin/found-organisation.ts';
import { publishProgramme } from '../../sync/server/admin/publish.ts';
import type { Setting } from '../../sync/server/admin/setting.ts';
import { createStore, createTill } from '../../sync/server/admin/stores-and-tills.ts';
import { signCertificate } from '../../sync/server/enrolment/certificate.ts';
import { feedPage } from '../../sync/server/feed/page.ts';
import { businessDayOf } from '../../sync/server/programme/business-day.ts';
import { loadTerms } from '../../sync/server/programme/terms.ts';
import { foldBatch } from '../../sync/server/fold/fold-batch.ts';
import { type Acceptor, createAcceptor } from '../../sync/server/push/acceptor.ts';
import { push, type Sender } from '../../sync/server/push/push.ts';
import { acquire } from '../../sync/server/allowances/acquire.ts';
import { loadHoldings, standingIn } from '../../sync/server/allowances/standing.ts';
import { fenceIncarnations } from '../../sync/server/store/allowances.ts';
import { findIncarnation, insertIncarnation } from '../../sync/server/store/incarnations.ts';
import { findTill } from '../../sync/server/store/stores.ts';
import { type EnrolAnswer, enrolRequestSchema } from '../../sync/protocol/enrolment.ts';
import { feedQuerySchema } from '../../sync/protocol/feed.ts';
import {
  ALLOWANCES_PATH,
  ENROL_PATH,
  FEED_PATH,
  OWN_ENTRIES_PATH,
  PUSH_PATH,
  SALVAGE_PATH,
} from '../../sync/protocol/paths.ts';
import { pushRequestSchema } from '../../sync/protocol/push.ts';
import { ownEntriesQuerySchema, salvageRequestSchema } from '../../sync/protocol/salvage.ts';
import { ownEntries } from '../../sync/server/push/own-entries.ts';
import { salvage } from '../../sync/server/push/salvage.ts';
import type { Adjustment, Merge } from '../../sync/server/admin/accounts.ts';
import { allowancesRequestSchema } from '../../sync/protocol/allowances.ts';
import { type Backup, memoryDatabase, type Tables } from './memory-store/tables.ts';
import { type Office, outOf, rootOf } from './office/holdings.ts';

export type Asked = {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Whose token it is; '' without one. */
  readonly inc: string;
};
export type Answered = { readonly status: number; readonly text: string };

/** The process died at a commit; what it had committed stands. */
export class OfficeCrash extends Error {}

export type SimulatedOffice = {
  readonly tables: Tables;
  setting(): Setting;
  answer(asked: Asked): Promise<Answered>;
  fold(): Promise<void>;
  /** Good for as often as it is used: codes are no part of what is simulated. */
  codeOf(till: TillId): string;
  enrolMembers(members: readonly NewMember[]): Promise<void>;
  publish(text: string): Promise<void>;
  merge(merge: Merge): Promise<boolean>;
  unmerge(merge: Merge): Promise<boolean>;
  adjust(adjustment: Adjustment): Promise<boolean>;
  /** It gets nothing any more, and is told. */
  fence(till: TillId): Promise<void>;
  office(): Promise<Office>;
  backup(): Backup;
  /** The same tables as then; `begin`: a new schedule begins, and nothing of the one before is known any more. */
  restore(backup: Backup, begin?: boolean): Promise<void>;
  /** It dies with the commit after so many; null: it does not. */
  crashAfter(commits: number | null): void;
};

export async function openOffice(now: () => number, tills: readonly TillId[]): Promise<SimulatedOffice> {
  let crashIn: number | null = null;
  const memory = memoryDatabase(() => {
    if (crashIn === null) return;
    crashIn -= 1;
    if (crashIn > 0) return;
    crashIn = null;
    throw new OfficeCrash('head office died');
  });
  const { database, tables } = memory;
  const org = await foundOrganisation(database, { name: 'Simulated', countryCode: '49' }, now());
  const setting: Setting = { database, org, clock: now };
  for (const till of tills) {
    const store = `s${till.slice(1)}` as StoreId; // a name of ours
    await createStore(setting, { id: store, name: store });
    await createTill(setting, { id: till, name: till, store });
  }
  const codes = new Map(tills.map((till, index) => [till, `AAAAAAAAA${index + 2}`]));
  let acceptor = createAcceptor(database);
  const office = async (): Promise<Office> => {
    const terms = await loadTerms(database);
    const today = businessDayOf(terms, now()).date;
    return { tables, today, programme: terms.on(today) };
  };
  const freeIn = async (member: MemberId, wallet: WalletId): Promise<number> => {
    const { byRoot, rootOf: lead } = await loadHoldings(database, [member]);
    const holding = byRoot.get(lead(member));
    return holding === undefined ? 0 : freeOf(standingIn(holding, wallet, (await office()).today));
  };
  const fold = async (): Promise<void> => {
    while ((await foldBatch(database, org, now())) > 0);
  };
  /** As its admin does: on what was accepted before, and folded after. */
  const folded = async (change: () => Promise<{ readonly ok: boolean }>): Promise<boolean> => {
    await fold();
    const { ok } = await change();
    await fold();
    return ok;
  };
  const must = async (change: () => Promise<{ readonly ok: boolean }>): Promise<void> => {
    const done = await change();
    if (!done.ok) throw new Error(JSON.stringify(done));
  };
  return {
    tables,
    setting: () => setting,
    answer: (asked) =>
      asked.path === ENROL_PATH ? enrol(setting, codes, asked) : answer(setting, acceptor, asked, fold),
    fold,
    codeOf: (till) => present(codes.get(till), 'a till of the simulation'),
    enrolMembers: async (members) => {
      await must(() => enrolMembers(setting, members));
      await fold();
    },
    publish: (text) => must(() => publishProgramme(setting, text)),
    merge: (merge) => folded(() => mergeMembers(setting, merge)),
    unmerge: async (merge) => {
      await fold();
      const now = await office();
      // What is out may rest on lots that would go back.
      const root = rootOf(tables, merge.into);
      if (RULES.E2 && now.programme?.wallets.some(({ id }) => outOf(now, root, id).length > 0)) return false;
      return await folded(() => unmergeMembers(setting, merge));
    },
    adjust: async (adjustment) => {
      await fold();
      const free = await freeIn(adjustment.member, adjustment.wallet);
      if (RULES.E2 && -adjustment.amount > free) return false;
      return await folded(() => adjustMember(setting, adjustment));
    },
    fence: async (till) => void (await fenceIncarnations(database, till, now())),
    office,
    backup: memory.backup,
    restore: async (backup) => {
      crashIn = null;
      memory.restore(backup);
      acceptor = createAcceptor(database);
    },
    crashAfter: (commits) => {
      crashIn = commits;
    },
  };
}

const UNAUTHORISED = problem(401, 'unauthorised');

async function answer(
  setting: Setting,
  acceptor: Acceptor,
  asked: Asked,
  fold: () => Promise<void>,
): Promise<Answered> {
  const { database, org, clock } = setting;
  const sender = await senderOf(setting, asked.inc as IncarnationId); // as the token says
  if (sender === undefined) return UNAUTHORISED;
  switch (asked.path) {
    case PUSH_PATH: {
      const request = pushRequestSchema.parse(asked.body);
      const pushed = await push({ database, acceptor, org: org.id, epoch: org.epoch, clock }, sender, request);
      if (!pushed.ok) return problem(409, pushed.error.code);
      return said(pushed.value);
    }
    case FEED_PATH: {
      const query = feedQuerySchema.parse(asked.query);
      return {
        status: 200,
        text: await feedPage({ database, epoch: org.epoch, clock }, sender.incarnation.till, query),
      };
    }
    case SALVAGE_PATH: {
      const taken = await salvage(
        { database, org: org.id, epoch: org.epoch, clock },
        sender,
        salvageRequestSchema.parse(asked.body),
      );
      return taken.ok ? said(taken.value) : problem(409, taken.error.code);
    }
    case OWN_ENTRIES_PATH: {
      const query = ownEntriesQuerySchema.parse(asked.query);
      const own = await ownEntries({ database, epoch: org.epoch, clock }, sender, query);
      return own.ok ? said(own.value) : problem(409, own.error.code);
    }
    case ALLOWANCES_PATH: {
      const { wants } = allowancesRequestSchema.parse(asked.body);
      await fold();
      return said(await acquire(setting, sender.incarnation.id, wants));
    }
    default:
      return problem(404, 'not-found');
  }
}

async function enrol(
  { database, org, clock }: Setting,
  codes: ReadonlyMap<TillId, string>,
  { body }: Asked,
): Promise<Answered> {
  const { code, publicKey, software } = enrolRequestSchema.parse(body);
  const id = [...codes].find(([, of]) => of === code)?.[0];
  const till = id && (await findTill(database, id));
  if (till === undefined) return problem(409, 'wrong-code');
  const inc = randomBase64url(16) as IncarnationId; // minted here
  const receivedHead = genesisHead(sha256, { org: org.id, till: till.id, inc, publicKey });
  const row = { id: inc, till: till.id, publicKey, privateKey: null, software, protocol: 1 };
  await insertIncarnation(database, { ...row, receivedHead, enrolledAt: clock() });
  const certificate = await signCertificate(org, { store: till.store, till: till.id, inc, publicKey }, clock());
  const enrolled: EnrolAnswer = {
    protocol: 1,
    org,
    store: { id: till.store, name: till.storeName },
    till,
    inc,
    epoch: org.epoch,
    headOffice: { signingKey: org.signing.publicKey, sealingKey: org.sealing.publicKey },
    lookupKey: org.lookupKey,
    certificate,
    serverTime: clock(),
  };
  return said(enrolled);
}

const verifiers = new Map<string, Sender['verifier']>();

async function senderOf({ database }: Setting, inc: IncarnationId): Promise<Sender | undefined> {
  const incarnation = await findIncarnation(database, inc);
  if (incarnation === undefined) return undefined;
  const known = verifiers.get(incarnation.publicKey) ?? verifier(incarnation.publicKey);
  verifiers.set(incarnation.publicKey, known);
  return { incarnation, verifier: known };
}

function said(value: unknown): Answered {
  return { status: 200, text: JSON.stringify(value) };
}

function problem(status: number, code: string): Answered {
  return { status, text: JSON.stringify({ type: 'about:blank', title: code, status, code, detail: code }) };
}

export function memberId(index: number): MemberId {
  return `m${index}` as MemberId; // a name of ours
}
