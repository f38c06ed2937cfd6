/** What an operator may do, from least to most. */
export const OPERATOR_ROLES = ['cashier', 'supervisor', 'manager'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

export const CHANNELS = ['store', 'online'] as const;
export type Channel = (typeof CHANNELS)[number];
