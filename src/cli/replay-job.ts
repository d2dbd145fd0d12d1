import { ByteSource, Source } from '../base/span.ts';
import { makeExec } from '../exec/executor.ts';
import type { ReplayFile } from '../explore/replay/file.ts';
import { digestOf } from '../explore/replay/file.ts';
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
  const { program } = test;
  const executor = makeExec({ readings, fuel: spec.maxSteps });
  const replayed = replay(program, executor, modelNamed(file.model), readings, file);
  const json = jsonOf(file, replayed, changed, program.source);
  return { text: textOf(spec, file, json, program.source), json, code: json.same ? EXIT.holds : EXIT.refuted };
}

function jsonOf(file: ReplayFile, replayed: Replayed, changed: boolean, source: Source): ReplayJson {
  const base = { model: file.model, changed, expected: file.outcome };
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

function textOf(spec: ReplaySpec, file: ReplayFile, json: ReplayJson, source: Source): string {
  const { same, changed, departs } = json;
  const lines = [`Replay of ${file.program.name} (${file.model})`];
  if (file.finding !== null) lines.push(`${file.finding.kind}: ${file.finding.text}`);
  if (changed) lines.push(`${spec.path} has changed since ${spec.replayPath} was written`);
  if (departs !== null) {
    const event = departs.event === null ? undefined : file.events[departs.event];
    const planned =
      event === undefined
        ? ''
        : ` at event ${departs.event}, ${file.threads[event.thread]?.name} ${event.instruction} (${event.at})`;
    const at =
      departs.line === null ? '' : ` [${source.name}:${departs.line}:${departs.column} ${departs.instruction}]`;
    return [...lines, `Departs${planned}: ${departs.why}${at}`].join('\n');
  }
  lines.push(...outcomeLines(json.found));
  if (!same) lines.push('instead of', ...outcomeLines(json.expected));
  return [...lines, same ? 'Same' : 'Different'].join('\n');
}

function outcomeLines(outcome: OutcomeJson | null): string[] {
  if (outcome === null) return ['  (the beginning of an execution)'];
  const values = Object.entries(outcome.values).map(([key, value]) => `  ${key} = ${value}`);
  return values.length === 0 ? ['  (nothing observed)'] : values;
}
