import { disagreements, hasUnknown, litmusJson, litmusText } from '../../report/litmus-report.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import { EXIT, UsageError, worst } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { untilInterrupted } from '../file-pool.ts';
import { expandPaths } from '../input.ts';
import type { LitmusSpec } from '../litmus-job.ts';
import { judgeLitmus } from '../litmus-pool.ts';
import { TEST_FILES } from '../load-tests.ts';
import { modelNamed } from '../models.ts';
import { printJson, printNote, printText, textOptions } from '../output.ts';

interface LitmusOptions {
  readonly models: string;
  readonly json?: boolean;
  readonly format: 'table' | 'herd';
  readonly verbose?: boolean;
  readonly reading?: Readings;
  readonly maxExecutions: number;
}

/** Judges litmus tests under several models and says where their authors' verdicts differ. Files without a test are passed over. */
export async function litmus(paths: readonly string[], options: LitmusOptions): Promise<ExitCode> {
  if (options.json === true && options.format === 'herd')
    throw new UsageError('--json and --format herd exclude each other');
  const models = options.models.split(',').map((name) => name.trim());
  const names = models.map((name) => modelNamed(name).name);
  if (options.format === 'herd' && models.length > 1)
    throw new UsageError('a log in herd’s form is of one model; give --models one name');
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new UsageError(`--models names ${twice} twice`);
  const spec: LitmusSpec = {
    models,
    readings: options.reading ?? DEFAULT_READINGS,
    maxExecutions: options.maxExecutions,
    herd: options.format === 'herd',
  };
  const files = expandPaths(paths, TEST_FILES);
  const done = await untilInterrupted((signal) => judgeLitmus(files, spec, signal));
  const reports = [...done.values()].flatMap((file) => file.reports);
  const errors = [...done].flatMap(([file, one]) => one.errors.map((error) => ({ file, ...error })));
  const broken = [...done.values()].map(({ code }) => code).reduce(worst, EXIT.holds);
  for (const { notes } of done.values()) for (const note of notes) printNote(note);
  if (reports.length === 0 && broken === EXIT.holds) throw new UsageError(`no litmus test in ${paths.join(', ')}`);
  if (options.json === true) printJson(errors.length === 0 ? litmusJson(reports) : { ...litmusJson(reports), errors });
  else if (spec.herd) printText([...done.values()].flatMap(({ herd }) => herd).join('\n'));
  else if (reports.length > 0)
    printText(litmusText(reports, names, { ...textOptions(), verbose: options.verbose === true }));
  if (broken !== EXIT.holds) return broken;
  if (disagreements(reports) > 0) return EXIT.refuted;
  return hasUnknown(reports) || done.size < files.length ? EXIT.bound : EXIT.holds;
}
