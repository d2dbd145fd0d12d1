import { executionColumns } from './bounded-text.ts';
import type { Model } from '../model/model.ts';
import type { Comparison, Difference, OneSide } from '../model/bounded/compare.ts';
import { writeTest } from '../litmus/write-test.ts';

/** What each model is called: its name, or what it was asked for by. */
export type Labels = ReadonlyMap<Model, string>;

function labelled(labels: Labels, model: Model): string {
  return labels.get(model) ?? model.name;
}

/** A difference as a litmus test with both models' verdicts. */
export function differenceTest(side: OneSide, difference: Difference, number: number, labels: Labels): string {
  const [allows, forbids] = [labelled(labels, side.allows), labelled(labels, side.forbids)];
  const source = 'weft compare';
  return writeTest(difference, {
    name: `${allows} ${forbids} ${number}`,
    comment: [`${allows} allows it, ${forbids} forbids it by ${difference.axiom}.`],
    verdicts: [
      { model: allows, verdict: 'allowed', source, reason: 'found by enumeration' },
      { model: forbids, verdict: 'forbidden', source, reason: `${difference.axiom}: found by enumeration` },
    ],
  });
}

export function compareJson(comparison: Comparison, labels: Labels): unknown {
  const { sides, events, executions, unspoken, reason, complete } = comparison;
  return {
    models: sides.map(({ allows }) => labelled(labels, allows)),
    events,
    executions,
    unspoken,
    reason,
    complete,
    sides: sides.map((side) => ({
      allows: labelled(labels, side.allows),
      forbids: labelled(labels, side.forbids),
      events: side.differences[0]?.events ?? null,
      found: side.found,
      differences: side.differences.map((difference, i) => ({
        axiom: difference.axiom,
        program: executionColumns(difference),
        wast: differenceTest(side, difference, i + 1, labels),
      })),
    })),
  };
}

export function compareText(comparison: Comparison, labels: Labels): string {
  return [...comparison.sides.map((side) => sideText(side, comparison, labels)), summary(comparison, labels)].join(
    '\n\n',
  );
}

function sideText(side: OneSide, { events }: Comparison, labels: Labels): string {
  const { found, differences } = side;
  const title = `${labelled(labels, side.allows)} allows, ${labelled(labels, side.forbids)} forbids`;
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
      differenceTest(side, difference, i + 1, labels).trimEnd(),
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

function summary(
  { sides, events, executions, withoutIdle, unspoken, reason, complete }: Comparison,
  labels: Labels,
): string {
  const [a, b] = sides.map(({ allows }) => labelled(labels, allows));
  const differ = sides.some(({ found }) => found > 0);
  const answer = differ
    ? `${a} and ${b} differ.`
    : `${a} and ${b} are the same on all executions of up to ${events} events.`;
  const passed = unspoken === 0 ? '' : ` ${unspoken} passed over: ${reason ?? ''}.`;
  const incomplete = complete
    ? ''
    : ` Incomplete: the search was given up before all of ${events + 1} events were seen.`;
  return `${answer} ${executions} executions judged up to symmetry${withoutIdle ? ', without accesses that no conflicting one overlaps' : ''}.${passed}${incomplete}`;
}
