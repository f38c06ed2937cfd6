import { z } from 'zod';
import { nameField, someTimeField } from './fields.ts';

/** A paid membership: a sale of the sku starts it or extends a running one. */
export const membershipSchema = z.strictObject({ id: nameField(), sku: nameField(), period: someTimeField() });
export type Membership = z.output<typeof membershipSchema>;
