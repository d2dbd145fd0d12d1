import { batch } from '@preact/signals';
import type { LassoFile, ReplayFile } from '../../src/explore/replay/file.ts';
import { digestOf } from '../../src/explore/replay/file.ts';
import { readReplay } from '../../src/explore/replay/read.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { announce } from '../state/announcement.ts';
import { replayed } from '../state/replayed.ts';
import { instance, mine, models, name, readings, selection, text, view } from '../state/state.ts';
import { order } from '../time/state.ts';
import { quick } from '../work/client.ts';
import type { Written } from '../work/load.ts';
import { FIRST_STEPS } from './first-steps.ts';
import { openProgram } from './program.ts';

/** Opens a replay file: its program, model and readings, and the walk along its execution. Why it was not opened; null if it was. */
export async function openReplay(called: string, content: string): Promise<string | null> {
  const read = readReplay(content);
  if (!read.ok) return `${called} was not opened: ${read.error}.`;
  const file = read.value;
  const program = await programOf(file);
  if (program === null)
    return `${called} was not opened: it is an execution of ${file.program.name}, but not with its program. Open that first, or both together.`;
  try {
    const { against, outcome, hasModel } = await quick.ask('timeReplay', { program, text: content, mine: mine.peek() });
    if (against !== null)
      return `${called} was not opened, since its program does not do that under ${file.model}: ${against}.`;
    batch(() => show(called, file, program, hasModel ? outcome : null, hasModel));
    const what = file.finding === null ? 'an execution' : file.finding.kind;
    announce(
      hasModel
        ? `${called}: ${what} under ${file.model}.`
        : `${called}: ${what} under ${file.model}, a model that this page does not have; the program does it.`,
    );
    return null;
  } catch (error) {
    return `${called} was not opened: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function show(
  called: string,
  file: ReplayFile | LassoFile,
  program: Written,
  outcome: string | null,
  hasModel: boolean,
): void {
  const isHere = program.text === text.peek() && program.name === name.peek();
  if (!isHere) openProgram(program.name, program.text);
  instance.value = program.instance;
  const said = Object.entries(file.readings).filter(
    ([key, it]) => it !== (DEFAULT_READINGS as Record<string, string>)[key],
  );
  readings.value = Object.fromEntries(said);
  if (hasModel && !(isHere && models.peek().includes(file.model))) models.value = [file.model];
  const { name: of, digest } = file.program;
  replayed.value = {
    name: called,
    text: JSON.stringify({ ...file, program: { name: of, digest } }),
    model: file.model,
    finding: file.finding === null ? '' : `${file.finding.kind}: ${file.finding.text}`,
  };
  selection.value = outcome === null ? null : { model: file.model, outcome, number: 0, file: true };
  order.value = 'file';
  view.value = 'time';
}

/** The program that a file is of: in it, on the page, or among the examples. */
async function programOf({
  program: { name: called, digest, source },
}: ReplayFile | LassoFile): Promise<Written | null> {
  const choice = Math.max(0, Number(/\[(\d+)\]$/.exec(called)?.[1] ?? 1) - 1);
  if (source !== undefined)
    return { name: source.file, text: source.text, instance: source.file.endsWith('.bex') ? choice : 0 };
  if (digestOf(text.peek()) === digest)
    return { name: name.peek(), text: text.peek(), instance: name.peek().endsWith('.bex') ? choice : 0 };
  const { TEXTS } = await import('./texts.ts');
  const [path, example] =
    Object.entries({ ...FIRST_STEPS, ...TEXTS }).find(([, one]) => digestOf(one) === digest) ?? [];
  if (path === undefined || example === undefined) return null;
  return { name: path.split('/').at(-1) ?? path, text: example, instance: 0 };
}
