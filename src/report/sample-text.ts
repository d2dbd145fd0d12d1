import type { Method } from '../explore/result.ts';
import { count } from './prose.ts';

/** What was tried at random, what it is worth, and how to see one schedule again. */
export function sampleLines({ strategy, sample }: Method): string[] {
  if (sample === undefined) return [];
  const { seed, runs, cut, distinct, threads, steps, interleavings, guarantee } = sample;
  const given = cut === 0 ? '' : `, ${cut} of them given up`;
  const how = strategy === 'pct' ? 'by priorities' : 'of equally likely steps';
  const lines = [
    `Sample ${count(runs, 'schedule')} ${how} from seed ${seed}${given}: ${count(distinct, 'different execution')}, at most ${count(threads, 'thread')} and ${count(steps, 'step')}`,
  ];
  if (interleavings !== null) lines.push(`  about ${short(interleavings)} interleavings in all`);
  if (guarantee !== null) {
    const { depth, each, all } = guarantee;
    const size = `in executions of at most ${count(guarantee.threads, 'thread')} and ${count(guarantee.steps, 'step')}`;
    lines.push(
      `  a bug of depth ${depth}, ${size}, is found by a schedule with a probability of at least ${short(each)}, by these with ${short(all)}`,
    );
  }
  if (runs > 1)
    lines.push(
      `  what a schedule shows with a probability of ${short(sample.surelySeen)} is missed by all with 0.05 at most`,
      `  --run N with the same options tries schedule N alone`,
    );
  return lines;
}

/** Three digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
