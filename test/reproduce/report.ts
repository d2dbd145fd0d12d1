import Table from 'cli-table3';
import type { Reproduction } from './claim.ts';

/** The table of claims: source, claim, its verdict, Weft's, the time; notes below each group; a line of totals. */
export function reproductionText(judged: readonly Reproduction[], complete: boolean): string {
  const groups = [...new Set(judged.map(({ group }) => group))];
  return [...groups.map((group) => groupText(group, judged)), totalText(judged, complete)].join('\n\n');
}

function groupText(group: string, judged: readonly Reproduction[]): string {
  const table = new Table({
    head: ['source', 'claim', 'claimed', 'Weft', 'time'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'left', 'left', 'right'],
  });
  const rows = judged.filter((row) => row.group === group);
  for (const { source, text, claimed, answer, agrees, milliseconds } of rows) {
    table.push([source, text, claimed, agrees ? answer : `${answer}  ✗`, seconds(milliseconds)]);
  }
  const notes = rows.flatMap((row) => row.notes ?? []).map((note) => `  ${note}`);
  return [group, table.toString(), ...notes].join('\n');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function totalText(judged: readonly Reproduction[], complete: boolean): string {
  const agreeing = judged.filter(({ agrees }) => agrees).length;
  const time = judged.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const end = complete ? '' : ', interrupted before the end';
  const missing = judged.filter(({ incomplete }) => incomplete === true).length;
  const bounds = missing === 0 ? '' : `, ${missing} of them incomplete`;
  return `${judged.length} claims, ${agreeing} agree, ${judged.length - agreeing} disagree${bounds}, ${seconds(time)}${end}`;
}

export function reproductionJson(judged: readonly Reproduction[], complete: boolean): unknown {
  return { complete, claims: judged, disagreements: judged.filter(({ agrees }) => !agrees).length };
}
