import { expect, it } from 'vitest';
import { keyCommand, KEYS, type PressedKey } from './keymap.ts';

const FREE: Omit<PressedKey, 'key'> = { modified: false, repeat: false, typing: false, covered: false };

it('gives every command its own key', () => {
  expect(new Set(Object.values(KEYS)).size).toBe(Object.keys(KEYS).length);
  for (const [command, key] of Object.entries(KEYS)) expect(keyCommand({ ...FREE, key })).toBe(command);
});

it.each([
  ['a question mark in a text', { key: '?', typing: true }],
  ['a key held down', { key: 'F9', repeat: true }],
  ['a shortcut of the system', { key: 'F4', modified: true }],
  ['a key while a dialog is open', { key: 'F9', covered: true }],
  ['any other key', { key: 'a' }],
])('gives no command for %s', (_name, pressed) => expect(keyCommand({ ...FREE, ...pressed })).toBeUndefined());

it('takes function keys also while somebody types', () => {
  expect(keyCommand({ ...FREE, key: 'F9', typing: true })).toBe('confirm');
});
