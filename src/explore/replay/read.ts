import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import { isChoice } from '../interleave/step.ts';
import { digestOf } from './file.ts';
import type { LassoFile, ReplayEvent, ReplayFile, ReplayThread } from './file.ts';

/** A replay from its text, or what is wrong with it, with where in the document. */
export function readReplay(text: string): Result<ReplayFile | LassoFile, string> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return err(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(data) || data['weft'] !== 'replay') return err('it is no replay file: it lacks "weft": "replay"');
  if (data['version'] !== 1) return err(`its version is ${JSON.stringify(data['version'])}, and this program reads 1`);
  const problem = problemIn(data);
  return problem === null ? ok(data as unknown as ReplayFile | LassoFile) : err(problem);
}

type Data = Readonly<Record<string, unknown>>;

function problemIn(data: Data): string | null {
  const { program, model, readings, outcome, threads, events, order, before } = data;
  if (!isObject(program) || typeof program['name'] !== 'string' || typeof program['digest'] !== 'string')
    return '"program" lacks its name or its digest';
  if ('source' in program && !isSource(program['source'], program['digest']))
    return 'the program’s source is damaged: it is not that of which it has the digest';
  if (typeof model !== 'string') return '"model" is no name';
  if (!isObject(readings) || !Object.values(readings).every(isText)) return '"readings" is no table of names';
  if ('cycle' in data) return problemInSteps(data);
  if (outcome !== null && !isOutcome(outcome))
    return '"outcome" has no values, or does not say whether it is a deadlock';
  if (!Array.isArray(threads) || !threads.every(isThread)) return '"threads" is no list of threads';
  if (!Array.isArray(events)) return '"events" is no list';
  const bad = events.findIndex((event: unknown) => !isEvent(event, threads.length, events.length));
  if (bad >= 0) return `event ${bad} is none`;
  if (!isOrder(order, events.length)) return '"order" does not name every event once';
  if (!Array.isArray(before) || !before.every((edge: unknown) => isNumbers(edge, events.length) && edge.length === 2))
    return '"before" is no list of pairs of events';
  return null;
}

function problemInSteps({ prefix, cycle }: Data): string | null {
  for (const [name, steps] of Object.entries({ prefix, cycle })) {
    if (!Array.isArray(steps)) return `"${name}" is no list`;
    const bad = steps.findIndex((step: unknown) => !isStep(step));
    if (bad >= 0) return `step ${bad} of "${name}" is none`;
  }
  return null;
}

function isStep(data: unknown): boolean {
  return isObject(data) && [data['thread'], data['at'], data['instruction']].every(isText) && isChoice(data['choice']);
}

function isSource(data: unknown, digest: string): boolean {
  return isObject(data) && isText(data['file']) && isText(data['text']) && digestOf(data['text']) === digest;
}

function isObject(data: unknown): data is Data {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isText(data: unknown): data is string {
  return typeof data === 'string';
}

function isBelow(data: unknown, end: number): data is number {
  return typeof data === 'number' && Number.isInteger(data) && data >= 0 && data < end;
}

function isNumbers(data: unknown, end: number): data is number[] {
  return Array.isArray(data) && data.every((n: unknown) => isBelow(n, end));
}

function isOutcome(data: unknown): boolean {
  if (!isObject(data) || typeof data['deadlock'] !== 'boolean') return false;
  return isObject(data['values']) && Object.values(data['values']).every(isText);
}

function isThread(data: unknown): data is ReplayThread {
  if (!isObject(data) || !isText(data['name'])) return false;
  return data['forkedBy'] === null || isBelow(data['forkedBy'], Infinity);
}

function isEvent(data: unknown, threads: number, events: number): data is ReplayEvent {
  if (!isObject(data) || !isBelow(data['thread'], threads)) return false;
  if (!isText(data['kind']) || !isText(data['at']) || !isText(data['instruction'])) return false;
  const reads = data['reads'] ?? [];
  return Array.isArray(reads) && reads.every((read: unknown) => isRead(read, events));
}

function isRead(data: unknown, events: number): boolean {
  if (!isObject(data) || !Array.isArray(data['from']) || !Array.isArray(data['units'])) return false;
  if (!data['units'].every((unit: unknown) => typeof unit === 'number')) return false;
  const runs = data['from'] as unknown[];
  const isRun = (run: unknown): run is [number, number] =>
    Array.isArray(run) && run.length === 2 && isBelow(run[0], events) && isBelow(run[1], Infinity);
  if (!runs.every(isRun)) return false;
  return runs.reduce((sum, [, count]) => sum + count, 0) === data['units'].length;
}

function isOrder(data: unknown, events: number): boolean {
  return isNumbers(data, events) && data.length === events && new Set(data).size === events;
}
