import { availableParallelism } from 'node:os';
import { known } from '../../base/assert.ts';
import type { Strategy } from '../../explore/explore.ts';
import { objectionTo } from '../../explore/explore.ts';
import { STACK_BOUND } from '../../explore/bounds.ts';
import { EXIT, UsageError, worst } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { exploreJob } from '../explore-job.ts';
import { readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import type { ExploreDone, ExploreSpec, FoundInParts } from '../explore-job.ts';
import { expandPaths, readSource } from '../input.ts';
import { replayJob } from '../replay-job.ts';
import { EXPLORED_FILES } from '../load-tests.ts';
import { inWorker, interruptible, runLongJob } from '../long-job.ts';
import type { LongJob } from '../long-job.ts';
import { modelNamed } from '../models.ts';
import { exploreInParts } from '../part-pool.ts';
import type { ScheduleOptions } from '../schedule-options.ts';
import { scheduleSpec } from '../schedule-options.ts';
import { searchSpec } from '../search-job.ts';
import { announceStates } from '../states-checkpoint.ts';
import type { SearchOptions } from '../search-job.ts';
import { printJson, printText, writeOutput } from '../output.ts';

export interface ExploreCommandOptions extends SearchOptions, ScheduleOptions {
  readonly strategy: Strategy;
  readonly invoke?: string;
  readonly unroll?: number;
  readonly format: 'text' | 'herd';
  readonly verbose?: boolean;
  readonly draw?: boolean;
  readonly tikz?: string;
  readonly finding?: number;
  readonly saveReplay?: string;
  readonly replay?: string;
  readonly jobs?: number;
  readonly checkpoint?: string;
  /** Milliseconds. */
  readonly checkpointEvery: number;
}

const EXPLORATION: LongJob<ExploreSpec, ExploreDone> = {
  job: exploreJob,
  worker: 'explore-worker.cjs',
  wasTooDeep: ({ tests }) => tests.some(({ bound }) => bound === STACK_BOUND),
};

export async function explore(paths: readonly string[], options: ExploreCommandOptions): Promise<ExitCode> {
  const model = modelNamed(options.model);
  const objection = objectionTo(options.strategy, model);
  if (objection !== null) throw new UsageError(`--strategy ${options.strategy} ${objection}`);
  const files = expandPaths(paths, EXPLORED_FILES);
  if (options.json === true && options.format === 'herd')
    throw new UsageError('--json and --format herd exclude each other');
  if (options.draw === true && (options.json === true || options.format === 'herd'))
    throw new UsageError('--draw is for the text that people read; it excludes --json and --format herd');
  if (options.replay !== undefined) return replayOne(files, options, options.replay);
  const draws =
    options.svg !== undefined || options.dot !== undefined || options.tikz !== undefined || options.draw === true;
  if (draws && files.length > 1)
    throw new UsageError('--draw, --svg, --dot and --tikz draw one file’s execution; give one file');
  if (options.saveReplay !== undefined && files.length > 1)
    throw new UsageError('--save-replay saves one file’s execution; give one file');
  const chooses = options.outcome !== undefined || options.finding !== undefined;
  if (chooses && !draws && options.saveReplay === undefined)
    throw new UsageError(
      `--${options.outcome === undefined ? 'finding' : 'outcome'} says what --draw, --svg, --dot or --tikz draws, and --save-replay saves; give one of them`,
    );
  if (options.outcome !== undefined && options.finding !== undefined)
    throw new UsageError('--outcome and --finding exclude each other');

  checkCheckpoint(options, files.length);

  const tests: unknown[] = [];
  const errors: unknown[] = [];
  let code: ExitCode = EXIT.holds;
  await interruptible(async (stop) => {
    for (const [i, path] of files.entries()) {
      const done = await exploreOne(specOf(path, options), options, stop);
      if (done.usage !== null) throw new UsageError(done.usage);
      code = worst(code, done.code);
      tests.push(...saved(done, options));
      errors.push(...done.errors.map((error) => ({ file: path, ...error })));
      if (options.json !== true) printText(i === 0 ? done.text : `\n${done.text}`);
      if (options.svg !== undefined && done.svg !== null) writeOutput(options.svg, done.svg);
      if (options.dot !== undefined && done.dot !== null) writeOutput(options.dot, done.dot);
      if (options.tikz !== undefined && done.tikz !== null) writeOutput(options.tikz, done.tikz);
      if (Atomics.load(stop, 0) !== 0) break;
    }
  });
  if (options.json === true) printJson(errors.length === 0 ? { tests } : { tests, errors });
  return code;
}

/** What is long is explored in parts, if it can be: on several cores, or so that it can be gone on with. */
async function exploreOne(
  spec: ExploreSpec,
  { jobs = availableParallelism(), checkpoint, checkpointEvery }: ExploreCommandOptions,
  stop: Int32Array,
): Promise<ExploreDone> {
  if (checkpoint !== undefined && isOfStates(spec)) {
    announceStates(checkpoint, spec);
    const saving = { path: checkpoint, every: checkpointEvery };
    return runLongJob({ ...spec, saving }, EXPLORATION, stop);
  }
  const old = checkpoint === undefined ? null : readCheckpoint(checkpoint, spec);
  // Before there are parts, a search of states may answer.
  const saving =
    checkpoint === undefined || !beginsWithStates(spec) ? null : { path: checkpoint, every: checkpointEvery };
  if (saving !== null) announceStates(saving.path, spec);
  // Whatever ends an exploration that is to be gone on with, it is to have been in parts.
  const isKept = checkpoint !== undefined;
  if (jobs === 1 && !isKept) return runLongJob(spec, EXPLORATION, stop);
  const longer = async (): Promise<ExploreDone> => {
    const parts: FoundInParts[] = [];
    for (;;) {
      const isFirst = parts.length === 0;
      const done = isFirst && old !== null ? null : await inWorker({ ...spec, saving, parts }, EXPLORATION, stop);
      const search = done === null ? old?.search : done.long;
      if (search === undefined || search === null) return known(done, 'report');
      const found = await exploreInParts(spec, search, {
        jobs,
        known: isFirst ? (old?.progressed ?? null) : null,
        save: (progressed) => {
          if (checkpoint !== undefined) writeCheckpoint(checkpoint, spec, { search, progressed });
        },
        saving: checkpointEvery,
        stop,
      });
      parts.push({ ...search, ...found });
    }
  };
  return isKept ? longer() : runLongJob(spec, EXPLORATION, stop, longer);
}

function checkCheckpoint({ strategy, checkpoint, preemptions, delays }: ExploreCommandOptions, files: number): void {
  if (checkpoint === undefined) return;
  if (files > 1) throw new UsageError('--checkpoint is for one file’s exploration; give one file');
  if (strategy === 'interleavings')
    throw new UsageError(
      '--checkpoint is not for --strategy interleavings, of which nothing is written down; states, reads-from and auto are gone on with',
    );
  if (preemptions !== undefined || delays !== undefined)
    throw new UsageError(
      '--checkpoint is not for --preemptions and --delays, of whose searches nothing is written down',
    );
}

/** Whether what is long is a search of states. */
function isOfStates({ strategy, model }: Pick<ExploreSpec, 'strategy' | 'model'>): boolean {
  if (strategy === 'auto') return modelNamed(model).assumes.interleavings;
  return strategy === 'states' || strategy === 'reads-from';
}

/** Whether sequentially consistent executions are looked for by states, and others in parts after that. */
function beginsWithStates({ strategy, model }: ExploreSpec): boolean {
  return strategy === 'drf' || (strategy === 'auto' && modelNamed(model).assumes.drf);
}

/** Writes the replay file that was made, and says so in the finding that it is of. */
function saved({ tests, replay }: ExploreDone, { saveReplay }: ExploreCommandOptions): readonly unknown[] {
  const [first, ...rest] = tests;
  if (saveReplay === undefined || replay === null || first === undefined) return tests;
  writeOutput(saveReplay, replay.text);
  const findings = first.findings.map((finding, i) =>
    i + 1 === replay.finding ? { ...finding, replay: saveReplay } : finding,
  );
  return [{ ...first, findings }, ...rest];
}

function replayOne(files: readonly string[], options: ExploreCommandOptions, replayPath: string): ExitCode {
  const [path] = files;
  if (path === undefined || files.length > 1) throw new UsageError('--replay runs one file’s execution; give one file');
  const { text, bytes, maxSteps } = searchSpec(path, options, true);
  const replay = readSource(replayPath).text;
  const done = replayJob({ path, text, bytes, invoke: options.invoke ?? null, maxSteps, replayPath, replay });
  if (options.json === true) printJson({ replay: done.json });
  else printText(done.text);
  return done.code;
}

function specOf(path: string, options: ExploreCommandOptions): ExploreSpec {
  return {
    ...searchSpec(path, options, true),
    strategy: options.strategy,
    ...scheduleSpec(options, options.strategy, modelNamed(options.model).assumes.interleavings),
    invoke: options.invoke ?? null,
    unroll: options.unroll ?? null,
    draw: {
      svg: options.svg !== undefined,
      dot: options.dot !== undefined,
      tikz: options.tikz !== undefined,
      unicode: options.draw === true,
      outcome: options.outcome ?? null,
      finding: options.finding ?? null,
      replay: options.saveReplay !== undefined,
    },
    herd: options.format === 'herd',
    verbose: options.verbose === true,
    parts: null,
  };
}
