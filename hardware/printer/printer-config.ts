import { z } from 'zod';
import { PRINTER_PROFILES, type PrinterProfileId } from './escpos/profile.ts';
import { filePrinter } from './file-printer.ts';
import type { Printer } from './printer.ts';
import { tcpPrinter } from './tcp-printer.ts';
import { virtualPrinter, type VirtualPrinter } from './virtual-printer.ts';

/** What a till's configuration says of its printer. Times in milliseconds. */
const profileIds = Object.keys(PRINTER_PROFILES) as [PrinterProfileId, ...PrinterProfileId[]]; // keys of a constant with entries
const id = z.string().min(1).max(64);
const stallTimeoutMs = z.int().min(100).max(60_000).default(10_000);

export const tcpPrinterConfigSchema = z.strictObject({
  kind: z.literal('tcp'),
  id,
  profile: z.enum(profileIds).default('generic-80'),
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535).default(9100),
  connectTimeoutMs: z.int().min(100).max(30_000).default(3_000),
  stallTimeoutMs,
  lingerMs: z.int().min(0).max(30_000).default(3_000),
});

export const filePrinterConfigSchema = z.strictObject({
  kind: z.literal('file'),
  id,
  profile: z.enum(profileIds).default('generic-80'),
  path: z
    .string()
    .min(1)
    .max(1_024)
    .refine((path) => !path.includes('\0'), 'no path'),
  stallTimeoutMs,
});

export const virtualPrinterConfigSchema = z.strictObject({
  kind: z.literal('virtual'),
  id,
  profile: z.enum(profileIds).default('generic-80'),
  keepJobsMax: z.int().min(1).max(1_000).default(20),
});

export const printerConfigSchema = z.discriminatedUnion('kind', [
  tcpPrinterConfigSchema,
  filePrinterConfigSchema,
  virtualPrinterConfigSchema,
]);
export type PrinterConfig = z.infer<typeof printerConfigSchema>;

/** Opens nothing yet: every job connects by itself. */
export function makePrinter(config: PrinterConfig): Printer | VirtualPrinter {
  switch (config.kind) {
    case 'tcp':
      return tcpPrinter(config);
    case 'file':
      return filePrinter(config);
    case 'virtual':
      return virtualPrinter(config);
    default:
      return config satisfies never;
  }
}
