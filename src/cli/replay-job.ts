import { ByteSource, Source } from '../base/span.ts';
import { makeExec } from '../exec/executor.ts';
import type { LassoFile, ReplayFile } from '../explore/replay/file.ts';
import { digestOf, isLasso } from '../explore/replay/file.ts';
import { replayLasso } from '../explore/replay/lasso.ts';
import { readReplay } from '../explore/replay/read.ts';
import type { Replayed } from '../explore/replay/replay.ts';
import { replay } from '../explore/replay/replay.ts';
import type { Readings } from '../syntax/readings.ts';
import { EXIT, UsageError } from './exit.ts';
import type { ExitCode } from './exit.ts';
import { loadTests } from './load-tests.ts';
import { modelNamed } from './models.ts';

/** A file and the replay of one of its executions. */
export interface ReplaySpec {
  readonly path: string;
  readonly text: string;
  readonly bytes: Uint8Array | null;
  readonly invoke: string | null;
  readonly maxSteps: number;
  readonly replayPath: string;
  readonly replay: string;
}

export interface ReplayJson {
  readonly same: boolean;
  readonly model: string;
  /** Whether the program is not what it was when the file was written. */
  readonly changed: boolean;
  readonly expected: OutcomeJson | null;
  readonly found: OutcomeJson | null;
  /** Where the program departs from the file, or the file is refuted. */
  readonly departs: {
    readonly why: string;
    readonly event: number | null;
    readonly line: number | null;
    readonly column: number | null;
    readonly instruction: string | null;
  } | null;
}

type OutcomeJson = { readonly values: Readonly<Record<string, string>>; readonly deadlock: boolean };

export interface ReplayDone {
  readonly text: string;
  readonly json: ReplayJson;
  readonly code: ExitCode;
}

/** Runs the execution of a replay file. */
export function replayJob(spec: ReplaySpec): ReplayDone {
  const read = readReplay(spec.replay);
  if (!read.ok) throw new UsageError(`cannot replay ${spec.replayPath}: ${read.error}`);
  const file = read.value;
  const source = spec.bytes === null ? new Source(spec.path, spec.text) : new ByteSource(spec.path, spec.bytes);
  const readings = file.readings as unknown as Readings;
  const loaded = loadTests(source, readings, spec.invoke);
  if (!loaded.ok) throw new UsageError(`cannot replay ${spec.replayPath}: ${spec.path} is not valid any more`);
  const test = loaded.value.find(({ name }) => name === file.program.name);
  const changed = file.program.digest !== digestOf(spec.bytes ?? spec.text);
  if (test === undefined)
    throw new UsageError(`cannot replay ${spec.replayPath}: it is of another program, ${file.program.name}`);
  const { program, show } = test;
  const executor = makeExec({ readings, fuel: spec.maxSteps });
  const replayed = isLasso(file)
    ? replayLasso(program, executor, readings, file)
    : replay(program, executor, modelNamed(file.model), readings, file, show);
  const json = jsonOf(file, replayed, changed, program.source);
  return { text: textOf(spec, file, json, program.source), json, code: json.same ? EXIT.holds : EXIT.refuted };
}

function jsonOf(file: ReplayFile | LassoFile, replayed: Replayed, changed: boolean, source: Source): ReplayJson {
  const base = { model: file.model, changed, expected: isLasso(file) ? null : file.outcome };
  if (replayed.kind === 'done') {
    const { same, found } = replayed;
    const shown = found === null ? null : { values: Object.fromEntries(found.values), deadlock: found.deadlock };
    return { same, ...base, found: shown, departs: null };
  }
  const { why, event, site } = replayed;
  const place = site === null ? { line: null, column: null } : source.position(site.at.start);
  return {
    same: false,
    ...base,
    found: null,
    departs: { why, event, line: place.line, column: place.column, instruction: site?.text ?? null },
  };
}

function textOf(spec: ReplaySpec, file: ReplayFile | LassoFile, json: ReplayJson, source: Source): string {
  const { same, changed, departs } = json;
  const lines = [`Replay of ${file.program.name} (${file.model})`];
  if (file.finding !== null) lines.push(`${file.finding.kind}: ${file.finding.text}`);
  if (changed) lines.push(`${spec.path} has changed since ${spec.replayPath} was written`);
  if (departs !== null) {
    const planned = departs.event === null ? '' : plannedText(file, departs.event);
    const at =
      departs.line === null ? '' : ` [${source.name}:${departs.line}:${departs.column} ${departs.instruction}]`;
    return [...lines, `Departs${planned}: ${departs.why}${at}`].join('\n');
  }
  if (isLasso(file)) {
    const count = (steps: readonly unknown[]): string => `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
    lines.push(`  after ${count(file.prefix)}, ${count(file.cycle)} lead back to the same state, for ever`);
    return [...lines, 'Same'].join('\n');
  }
  lines.push(...outcomeLines(json.found));
  if (!same) lines.push('instead of', ...outcomeLines(json.expected));
  return [...lines, same ? 'Same' : 'Different'].join('\n');
}

/** What the file has there. */
function plannedText(file: ReplayFile | LassoFile, number: number): string {
  if (isLasso(file)) {
    const step = [...file.prefix, ...file.cycle][number];
    return step === undefined ? '' : ` at step ${number}, ${step.thread} ${step.instruction} (${step.at})`;
  }
  const event = file.events[number];
  if (event === undefined) return '';
  return ` at event ${number}, ${file.threads[event.thread]?.name} ${event.instruction} (${event.at})`;
}

function outcomeLines(outcome: OutcomeJson | null): string[] {
  if (outcome === null) return ['  (the beginning of an execution)'];
  const values = Object.entries(outcome.values).map(([key, value]) => `  ${key} = ${value}`);
  return values.length === 0 ? ['  (nothing observed)'] : values;
}
