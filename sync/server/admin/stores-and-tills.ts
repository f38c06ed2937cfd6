/** Stores, tills, and the codes by which tills enrol. */
import { randomUUID } from 'node:crypto';
import type { StoreId, TillId } from '../../../base/ids.ts';
import { ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import { ENROLMENT_CODE_VALID_MS, type EnrolAnswer } from '../../protocol/enrolment.ts';
import type { EnrolmentCode } from '../../protocol/console.ts';
import { storeRowSchema } from '../../protocol/feed.ts';
import { codeSelector, enrolmentCodeHash, newEnrolmentCode, shownEnrolmentCode } from '../enrolment/code.ts';
import { takePositions } from '../store/counters.ts';
import { insertEnrolmentCode } from '../store/enrolment-codes.ts';
import { findTill, insertStore, insertTill, storeExists, updateReceiptTexts } from '../store/stores.ts';
import { announceFolded } from '../announcements.ts';
import type { Setting } from './setting.ts';

const receiptTextsSchema = storeRowSchema.pick({ receiptHeader: true, receiptFooter: true, locale: true });

export type ReceiptTexts = {
  readonly receiptHeader: readonly string[];
  readonly receiptFooter: readonly string[];
  /** BCP 47. */
  readonly locale?: string;
};

export type NewStore = { readonly id?: StoreId; readonly name: string } & Partial<ReceiptTexts>;
export type NewTill = { readonly id?: TillId; readonly name: string; readonly store: StoreId };

export async function createStore(
  { database, clock }: Setting,
  { id = randomUUID() as StoreId, name, receiptHeader = [], receiptFooter = [], locale = 'en' }: NewStore, // minted here
): Promise<Result<EnrolAnswer['store'], Refusal<'store-exists' | 'invalid-request'>>> {
  const texts = receiptTextsSchema.safeParse({ receiptHeader, receiptFooter, locale });
  if (!texts.success) return invalid(texts.error.issues[0]?.path);
  const inserted = await database.begin(async (transaction) => {
    const place = { own: false, position: await takePositions(transaction, 'feed', 1), at: clock() };
    return await insertStore(transaction, { id, name, ...texts.data }, place);
  });
  return inserted ? ok({ id, name }) : refused('store-exists', `There is a store ${id} already.`);
}

export async function setReceiptTexts(
  { database }: Setting,
  store: StoreId,
  { receiptHeader, receiptFooter, locale }: ReceiptTexts,
): Promise<Result<undefined, Refusal<'unknown-store' | 'invalid-request'>>> {
  const texts = receiptTextsSchema.partial({ locale: true }).safeParse({ receiptHeader, receiptFooter, locale });
  if (!texts.success) return invalid(texts.error.issues[0]?.path);
  const { data } = texts;
  const updated = await database.begin(async (transaction) => {
    const position = await takePositions(transaction, 'feed', 1);
    await announceFolded(transaction);
    return await updateReceiptTexts(transaction, store, { ...data, locale: data.locale ?? null }, position);
  });
  return updated ? ok(undefined) : unknownStore(store);
}

export async function createTill(
  { database, clock }: Setting,
  { id = randomUUID() as TillId, name, store }: NewTill, // minted here
): Promise<Result<EnrolAnswer['till'], Refusal<'unknown-store' | 'till-exists'>>> {
  if (!(await storeExists(database, store))) return unknownStore(store);
  const inserted = await database.begin(async (transaction) =>
    insertTill(
      transaction,
      { id, name, store },
      { position: await takePositions(transaction, 'feed', 1), at: clock() },
    ),
  );
  return inserted ? ok({ id, name }) : refused('till-exists', `There is a till ${id} already.`);
}

/** The code in two groups, as people type it. A new one ends the unused ones of its till. */
export async function createEnrolmentCode(
  { database, org, clock }: Setting,
  till: TillId,
): Promise<Result<EnrolmentCode, Refusal<'unknown-till'>>> {
  if ((await findTill(database, till)) === undefined) return refused('unknown-till', `There is no till ${till}.`);
  const code = newEnrolmentCode();
  const validUntil = clock() + ENROLMENT_CODE_VALID_MS;
  const hash = enrolmentCodeHash(org.lookupKey, code);
  const selector = codeSelector(org.lookupKey, code);
  await database.begin((transaction) =>
    insertEnrolmentCode(transaction, { hash, selector, till, validUntil, at: clock() }),
  );
  return ok({ code: shownEnrolmentCode(code), validUntil });
}

function unknownStore(store: StoreId): Result<never, Refusal<'unknown-store'>> {
  return refused('unknown-store', `There is no store ${store}.`);
}

function invalid(path: readonly PropertyKey[] | undefined): Result<never, Refusal<'invalid-request'>> {
  return refused(
    'invalid-request',
    'A receipt has at most 8 lines of 80 characters above and below.',
    path?.map(String).join('.'),
  );
}
