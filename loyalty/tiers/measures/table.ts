import { z } from 'zod';
import { earned } from './earned.ts';
import type { Measure } from './measure.ts';
import { spend } from './spend.ts';
import { visits } from './visits.ts';

/** The one place where measures of a ladder are registered. */
export const measureSchema = z.enum(['earned', 'spend', 'visits'], 'must be earned, spend or visits');
export type MeasureName = z.output<typeof measureSchema>;

const MEASURES: Readonly<Record<MeasureName, Measure>> = { earned, spend, visits };

export function measureNamed(name: MeasureName): Measure {
  return MEASURES[name];
}
