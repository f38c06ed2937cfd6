import { z } from 'zod';

/** A message that head office sends to members who agreed to its channel. */
export const notifySchema = z.strictObject({
  on: z.enum(['earned', 'redeemed', 'tier', 'expiring', 'badge']),
  channel: z.enum(['sms', 'email']),
  template: z.string().min(1).max(10_000),
});
