import pc from 'picocolors';
import type { TextOptions } from './diagnostics.ts';
import { count } from './prose.ts';
import type { WastJson } from './wast-json.ts';

/** The report of `weft wast`: each failure with its place, skips by reason, and the totals as the last line. */
export function wastText(report: WastJson, options: TextOptions): string {
  const c = pc.createColors(options.color);
  const lines = report.failures.map(
    ({ file, line, kind, message }) => `${c.bold(`${file}:${line}`)}: ${c.red('failed')}: ${kind}: ${message}`,
  );
  for (const [reason, places] of byReason(report.skips)) {
    const first = places[0] ?? '';
    lines.push(
      `${c.yellow('skipped')} ${places.length}: ${reason} ${c.dim(`(${first}${places.length > 1 ? ', …' : ''})`)}`,
    );
  }
  const width = Math.max(0, ...Object.keys(report.kinds).map((kind) => kind.length));
  for (const [kind, { passed, failed, skipped }] of Object.entries(report.kinds)) {
    lines.push(`  ${kind.padEnd(width)}  ${tally(passed, failed, skipped)}`);
  }
  const verdict = report.failed > 0 ? c.red : c.green;
  lines.push(verdict(`${count(report.files, 'file')}: ${tally(report.passed, report.failed, report.skipped)}`));
  return lines.join('\n');
}

function tally(passed: number, failed: number, skipped: number): string {
  return [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', ');
}

function byReason(skips: WastJson['skips']): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { file, line, reason } of skips) places.set(reason, [...(places.get(reason) ?? []), `${file}:${line}`]);
  return places;
}
