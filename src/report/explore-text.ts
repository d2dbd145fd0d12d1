import pc from 'picocolors';
import type { Outcome } from '../explore/result.ts';
import { findingLines } from './finding-text.ts';
import type { FindingTextOptions } from './finding-text.ts';
import { count } from './prose.ts';
import { sampleLines } from './sample-text.ts';
import type { ConditionReport, TestReport } from './test-report.ts';

/** More observations than this that never vary are summarised, and so are more races or failing assertions. */
const FEW = 12;

type Colors = ReturnType<typeof pc.createColors>;

/**
 * What `weft explore` prints of one test, in the manner of herd: every outcome with its number of executions, observations
 * that never vary once apart, then the condition, races, deadlocks, assertions and how much was explored.
 */
export function exploreText(test: TestReport, options: FindingTextOptions): string {
  const c = pc.createColors(options.color);
  return [
    `${c.bold(`Test ${test.name}`)} (${test.result.model})`,
    ...statesLines(test.result.outcomes),
    ...(test.condition === null ? [] : conditionLines(test.name, test.condition, c)),
    ...flagLines(test, c),
    ...raceLines(test, c),
    ...deadlockLines(test, c),
    ...nonTerminationLines(test, c),
    ...assertionLines(test, c),
    ...findingLines(test, options),
    effortLine(test),
    ...sampleLines(test.result.method),
    ...incompleteLines(test, c),
    ...loopLines(test),
  ].join('\n');
}

function statesLines(outcomes: readonly Outcome[]): string[] {
  const constant = constantValues(outcomes);
  const keys = varyingKeys(outcomes, constant);
  const cells = outcomes.map((outcome) => keys.map((key) => cell(key, outcome)));
  const widths = keys.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const executionsWidth = Math.max(0, ...outcomes.map((outcome) => String(outcome.executions).length));
  const lines = [`States ${outcomes.length}`];
  for (const [i, outcome] of outcomes.entries()) {
    const row = (cells[i] ?? [])
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join(' ')
      .trimEnd();
    const values = row !== '' ? row : constant.size > 0 ? '(no observation varies)' : '(nothing observed)';
    const run = outcome.run === undefined ? '' : `  (run ${outcome.run})`;
    lines.push(`  ${String(outcome.executions).padStart(executionsWidth)} : ${values}${run}`);
  }
  return [...lines, ...constantLines(constant)];
}

/** Observations that every outcome has, with the same value. */
function constantValues(outcomes: readonly Outcome[]): ReadonlyMap<string, string> {
  const [first, ...rest] = outcomes;
  if (first === undefined) return new Map();
  return new Map(
    [...first.values].filter(([key, value]) => rest.every((outcome) => outcome.values.get(key) === value)),
  );
}

function varyingKeys(outcomes: readonly Outcome[], constant: ReadonlyMap<string, string>): string[] {
  const keys = new Set(outcomes.flatMap((outcome) => [...outcome.values.keys()]));
  return [...keys].filter((key) => !constant.has(key));
}

function cell(key: string, outcome: Outcome): string {
  const value = outcome.values.get(key);
  return value === undefined ? '' : `${key} = ${value};`;
}

function constantLines(constant: ReadonlyMap<string, string>): string[] {
  if (constant.size === 0) return [];
  const entries = [...constant];
  const shown = entries.length <= FEW ? entries : entries.slice(0, FEW - 1);
  const width = Math.max(...shown.map(([key]) => key.length));
  const lines = shown.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`);
  if (shown.length < entries.length)
    lines.push(`  … and ${count(entries.length - shown.length, 'more observation')} (all are in --json)`);
  return ['Always', ...lines];
}

function conditionLines(name: string, condition: ConditionReport, c: Colors): string[] {
  const { quantifier, text, holds, positive, negative } = condition;
  const verdict = holds === null ? c.yellow('Unknown') : holds ? c.green('Ok') : c.red('No');
  const often = positive === 0 ? 'Never' : negative === 0 ? 'Always' : 'Sometimes';
  return [
    verdict,
    'Witnesses',
    `Positive: ${positive} Negative: ${negative}`,
    `Condition ${quantifier} ${text}`,
    `Observation ${name} ${often} ${positive} ${negative}`,
  ];
}

function raceLines({ result }: TestReport, c: Colors): string[] {
  if (result.races.length === 0) return [];
  const shown = result.races.length <= FEW ? result.races : result.races.slice(0, FEW - 1);
  const rows = shown.map(({ locations, events }) => [locations.join(', '), events.join('  ~  ')] as const);
  const width = Math.max(...rows.map(([location]) => location.length));
  const lines = rows.map(([location, events]) => `  ${location.padEnd(width)}  ${events}`);
  if (shown.length < result.races.length)
    lines.push(`  … and ${result.races.length - shown.length} more (all are in --json)`);
  return [c.yellow(`Races ${result.races.length}`), ...lines];
}

function flagLines({ result }: TestReport, c: Colors): string[] {
  return result.flags.map((flag) =>
    flag.undefined
      ? `${c.red(`Undefined ${flag.name}`)} (under ${result.model} the program may do anything)`
      : c.yellow(`Flag ${flag.name}`),
  );
}

function deadlockLines({ result }: TestReport, c: Colors): string[] {
  if (result.deadlocks === 0) return [];
  return [`${c.red(`Deadlocks ${result.deadlocks}`)} (executions in which some thread never ends)`];
}

function nonTerminationLines({ result, source }: TestReport, c: Colors): string[] {
  const { nonTermination: found } = result;
  if (found.length === 0) return [];
  const shown = found.length <= FEW ? found : found.slice(0, FEW - 1);
  const place = ({ thread, at, text }: ScheduledPlace): string => `${thread} ${text} (${source.where(at.start)})`;
  const lines = shown.map(({ kind, threads, places, prefix }) => {
    const what = kind === 'spin' ? 'waits for what nobody will write' : 'goes on and never ends';
    return `  ${threads.join(', ')} ${what}, after ${count(prefix.length, 'step')}: ${places.map(place).join(', ')}`;
  });
  if (shown.length < found.length) lines.push(`  … and ${found.length - shown.length} more (all are in --json)`);
  return [`${c.red(`Non-termination ${found.length}`)} (a fair schedule may go on for ever)`, ...lines];
}

type ScheduledPlace = TestReport['result']['nonTermination'][number]['places'][number];

/** Which loops a bound cut. */
function loopLines({ result, source }: TestReport): string[] {
  return result.loops.map(({ thread, at, text, rounds }) => {
    return `  ${thread}’s loop at ${text} (${source.where(at.start)}) was cut after ${count(rounds, 'round')}`;
  });
}

function assertionLines({ result, source }: TestReport, c: Colors): string[] {
  const total = result.assertions.length;
  if (total === 0) return [];
  const failing = result.assertions.filter((assertion) => assertion.holds !== 'always');
  if (failing.length === 0) return [`Assertions ${total}, ${c.green('all hold in every execution')}`];
  const shown = failing.length <= FEW ? failing : failing.slice(0, FEW - 1);
  const lines = shown.map(({ at, holds, failure }) => {
    const how = holds === 'never' ? 'never holds' : 'holds only sometimes';
    return `  ${source.name}:${source.position(at.start).line}: ${how}${failure === null ? '' : `: ${failure}`}`;
  });
  if (shown.length < failing.length) lines.push(`  … and ${failing.length - shown.length} more (all are in --json)`);
  return [`Assertions ${total}, ${c.red(`${failing.length} not in every execution`)}`, ...lines];
}

function effortLine({ result }: TestReport): string {
  const { states, drf } = result.method;
  const counts = [
    `Executions ${result.executions}`,
    ...(states === null ? [] : [`states ${states}`]),
    `blocked ${result.blocked}`,
    `duplicates ${result.duplicates}`,
  ];
  return `${counts.join(', ')}${drf ? ' (no race in any sequentially consistent execution, so there are no others)' : ''}`;
}

function incompleteLines({ result }: TestReport, c: Colors): string[] {
  if (result.complete) return [];
  return [c.yellow(`Incomplete: ${result.bound ?? 'interrupted'}; these are the outcomes so far`)];
}
