import type { Window } from './window.ts';

export const lifetime: Window = { firstOn: () => null, firstAtEnd: () => null };
