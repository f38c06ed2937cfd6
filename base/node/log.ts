/** One logger for all Node processes. Card numbers, phones, addresses, names, tokens and codes never reach a log, whatever field they sit in. */
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'token',
  'code',
  'pin',
  'privateKey',
  'lookupKey',
  'card',
  'cards',
  'phone',
  'email',
  'firstName',
  'displayName',
  'birthday',
  'sealed',
  'text',
];

export function createLog(name: string, destination?: DestinationStream): Log {
  const options = {
    name,
    level: process.env['LOYALTILL_LOG'] ?? 'info',
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
