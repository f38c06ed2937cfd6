/**
 * Which machine this is, as far as it says: the system's own id, and its network cards that were made and not made up. Hashed, since it
 * travels into a file. A disk image that was cloned onto another machine keeps the first and not the second.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { networkInterfaces, platform } from 'node:os';
import { sha256 } from '../../../base/node/hash.ts';

export type MachineIdentity = {
  /** Null where the system has none that can be read. */
  readonly id: string | null;
  readonly cards: readonly string[];
};

/** Not the same where the ids differ, or where not one network card is. What is not known says nothing. */
export function isSameMachine(left: MachineIdentity, right: MachineIdentity): boolean {
  if (left.id !== null && right.id !== null && left.id !== right.id) return false;
  return left.cards.length === 0 || right.cards.length === 0 || left.cards.some((card) => right.cards.includes(card));
}

export function thisMachine(): MachineIdentity {
  const id = systemId();
  const addresses = Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ mac }) => mac));
  return {
    id: id === undefined ? null : hashed(id),
    cards: [...new Set(addresses.filter(isMadeCard))].toSorted().map(hashed),
  };
}

/** Virtual interfaces get addresses by chance, with the second bit set, and other ones after a restart. */
function isMadeCard(mac: string): boolean {
  const first = Number.parseInt(mac.slice(0, 2), 16);
  return mac !== '00:00:00:00:00:00' && (first & 2) === 0;
}

function systemId(): string | undefined {
  try {
    switch (platform()) {
      case 'linux':
        return readFileSync('/etc/machine-id', 'utf8').trim();
      case 'win32':
        return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(
          execFileSync('reg', ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid'], {
            encoding: 'utf8',
          }),
        )?.[1];
      case 'darwin':
        return /"IOPlatformUUID" = "([^"]+)"/.exec(
          execFileSync('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], { encoding: 'utf8' }),
        )?.[1];
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

function hashed(text: string): string {
  return sha256(`loyaltill machine ${text}`).slice(0, 32);
}
