/** Branded ids: plain strings at run time that the compiler keeps apart. Schemas at the edges make them; nothing else casts. */
declare const brand: unique symbol;
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

export type OrgId = Brand<string, 'OrgId'>;
export type StoreId = Brand<string, 'StoreId'>;
export type TillId = Brand<string, 'TillId'>;
/** One life of a till's stream, minted by head office at each enrolment. */
export type IncarnationId = Brand<string, 'IncarnationId'>;
export type MemberId = Brand<string, 'MemberId'>;
/** A card's number in normal form; see `ledger/card.ts`. */
export type CardCode = Brand<string, 'CardCode'>;
/** UUIDv7 of a ledger entry, for receipts and support. */
export type EntryId = Brand<string, 'EntryId'>;
/** Given by the caller of a command: the same id twice gives the same answer and one entry. */
export type CommandId = Brand<string, 'CommandId'>;
export type SaleId = Brand<string, 'SaleId'>;
export type OperatorId = Brand<string, 'OperatorId'>;
export type ProgrammeId = Brand<string, 'ProgrammeId'>;
export type WalletId = Brand<string, 'WalletId'>;
export type RuleId = Brand<string, 'RuleId'>;
export type RewardId = Brand<string, 'RewardId'>;
/** Lower-case hex of 32 bytes. */
export type HashHex = Brand<string, 'HashHex'>;
