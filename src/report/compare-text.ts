import { executionColumns } from './bounded-text.ts';
import type { Comparison, Difference, OneSide } from '../model/bounded/compare.ts';
import { writeTest } from '../litmus/write-test.ts';

/** A difference as a litmus test with both models' verdicts. */
export function differenceTest({ allows, forbids }: OneSide, difference: Difference, number: number): string {
  const source = 'weft compare';
  return writeTest(difference, {
    name: `${allows.name} ${forbids.name} ${number}`,
    comment: [`${allows.name} allows it, ${forbids.name} forbids it by ${difference.axiom}.`],
    verdicts: [
      { model: allows.name, verdict: 'allowed', source, reason: 'found by enumeration' },
      { model: forbids.name, verdict: 'forbidden', source, reason: `${difference.axiom}: found by enumeration` },
    ],
  });
}

export function compareJson(comparison: Comparison): unknown {
  const { sides, events, executions, unspoken, reason, complete } = comparison;
  return {
    models: sides.map(({ allows }) => allows.name),
    events,
    executions,
    unspoken,
    reason,
    complete,
    sides: sides.map((side) => ({
      allows: side.allows.name,
      forbids: side.forbids.name,
      events: side.differences[0]?.events ?? null,
      found: side.found,
      differences: side.differences.map((difference, i) => ({
        axiom: difference.axiom,
        program: executionColumns(difference),
        wast: differenceTest(side, difference, i + 1),
      })),
    })),
  };
}

export function compareText(comparison: Comparison): string {
  return [...comparison.sides.map((side) => sideText(side, comparison)), summary(comparison)].join('\n\n');
}

function sideText(side: OneSide, { events }: Comparison): string {
  const { allows, forbids, found, differences } = side;
  const title = `${allows.name} allows, ${forbids.name} forbids`;
  const [first] = differences;
  if (first === undefined) return `${title}: nothing with up to ${events} events`;
  const shown = differences.length < found ? `, ${differences.length} of them shown` : '';
  const count = `${found} ${found === 1 ? 'execution' : 'executions'} of ${first.events} events and none smaller${shown}`;
  const each = differences.map((difference, i) =>
    [
      `-- ${i + 1}. forbidden by ${difference.axiom}`,
      '',
      indent(executionColumns(difference)),
      '',
      differenceTest(side, difference, i + 1).trimEnd(),
    ].join('\n'),
  );
  return [`${title}: ${count}`, ...each].join('\n\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

function summary({ sides, events, executions, unspoken, reason, complete }: Comparison): string {
  const [a, b] = sides;
  const differ = sides.some(({ found }) => found > 0);
  const answer = differ
    ? `${a.allows.name} and ${b.allows.name} differ.`
    : `${a.allows.name} and ${b.allows.name} are the same on all executions of up to ${events} events.`;
  const passed = unspoken === 0 ? '' : ` ${unspoken} passed over: ${reason ?? ''}.`;
  const incomplete = complete
    ? ''
    : ` Incomplete: the search was given up before all of ${events + 1} events were seen.`;
  return `${answer} ${executions} executions judged up to symmetry.${passed}${incomplete}`;
}
