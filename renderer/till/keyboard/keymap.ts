/** The till's keys, once: the listener obeys them, the help shows them. Pure. */
export type KeyCommand = 'search' | 'catalogue' | 'rewards' | 'basket' | 'recent' | 'confirm' | 'back' | 'help';

export const KEYS: Readonly<Record<KeyCommand, string>> = {
  search: 'F2',
  catalogue: 'F3',
  rewards: 'F4',
  basket: 'F6',
  recent: 'F8',
  confirm: 'F9',
  back: 'Escape',
  help: '?',
};

export type PressedKey = {
  readonly key: string;
  readonly modified: boolean;
  readonly repeat: boolean;
  /** The focus is in a field that takes text. */
  readonly typing: boolean;
  /** Something lies over the page and has the keys to itself. */
  readonly covered: boolean;
};

/** `?` is a character where text is typed; a held key gives its command once; Ctrl, Alt and Meta belong to the system. */
export function keyCommand({ key, modified, repeat, typing, covered }: PressedKey): KeyCommand | undefined {
  if (modified || repeat || covered) return undefined;
  for (const command of COMMANDS) {
    if (KEYS[command] === key) return command === 'help' && typing ? undefined : command;
  }
  return undefined;
}

const COMMANDS = Object.keys(KEYS) as KeyCommand[]; // the keys of the object above
