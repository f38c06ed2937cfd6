import type { OwnProfile } from '../store/own-profiles.ts';
import type { StoredMember } from '../store/members.ts';

/** What a till knows of a person: enough to greet and to look them up. */
export type Profile = {
  readonly displayName: string | null;
  readonly birthday: { readonly month: number; readonly day: number } | null;
  readonly segments: readonly string[];
  readonly joined: string;
  readonly blocked: boolean;
  readonly phoneHash: string | null;
  readonly emailHash: string | null;
};

/** An account that nobody has claimed, opened at this till. */
export const NOBODY: Profile = {
  displayName: null,
  birthday: null,
  segments: [],
  joined: '',
  blocked: false,
  phoneHash: null,
  emailHash: null,
};

/** Head office's word on a member stands above the till's own, which is only there until the feed brings the row. */
export function rowProfile(row: StoredMember): Profile {
  return { ...shared(row), blocked: row.blocked === 1 };
}

export function ownProfile(own: OwnProfile): Profile {
  return { ...shared(own), blocked: false };
}

function shared(stored: OwnProfile | StoredMember): Omit<Profile, 'blocked'> {
  const { displayName, birthdayMonth: month, birthdayDay: day, segments, joined, phoneHash, emailHash } = stored;
  return {
    displayName,
    birthday: month === null || day === null ? null : { month, day },
    segments: JSON.parse(segments) as string[], // written from a parsed list
    joined,
    phoneHash,
    emailHash,
  };
}
