import type { Source, Span } from '../../../src/base/span.ts';
import { NOWHERE } from '../../../src/base/span.ts';
import type { Request } from '../../../src/event/request.ts';
import { choiceOf } from '../../../src/explore/interleave/step.ts';
import type { ThreadNames } from '../../../src/explore/thread-names.ts';
import { isSilent } from '../../../src/explore/walk/small-steps.ts';
import type { SmallScript } from '../../../src/explore/walk/segment.ts';
import { codeOf } from '../../../src/explore/walk/segment.ts';
import type { Walk, WalkThread } from '../../../src/explore/walk/walk.ts';
import type { FrameState, State } from '../../../src/semantics/config.ts';
import type { Reduce } from '../../../src/semantics/rules.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { printValue } from '../../../src/syntax/print-values.ts';
import { scriptLog } from '../../../src/runtime/script-state.ts';
import type { FrameView, Place, ShownValue, ThreadState, ThreadView } from '../calls.ts';
import { sameValue, shownValue } from './values.ts';

/** What threads are told with. */
export interface Told {
  readonly source: Source;
  readonly names: ThreadNames;
  readonly reduce: Reduce;
  readonly objects: ReadonlyMap<number, string>;
  /** How a place of the shared state is called. */
  readonly placeOf: (at: { readonly region: number; readonly offset: number }) => string;
}

export function threadView(told: Told, walk: Walk, thread: WalkThread, before: WalkThread | null): ThreadView {
  const { id, now, status } = thread;
  const state = codeOf(now.state)?.state ?? null;
  const old = before === null ? null : (codeOf(before.now.state)?.state ?? null);
  const isOver = status === 'ended' || status === 'trapped' || status === 'cut';
  const at = isOver ? null : spanOf(told, thread);
  const rule = state === null ? null : (told.reduce(state)?.id ?? null);
  const text = at === null ? '' : nextText(told, at, now.request, state);
  return {
    id,
    name: told.names.info(id).name,
    ...standing(told, walk, thread),
    place: at === null ? null : placeAt(told.source, at),
    next: isOver || text === '' ? null : { text, rule, isAccess: !isSilent(now.request) },
    choices: walk.choices(id).map((label) => ({ label, text: CHOICES[choiceOf(label)] })),
    frames: isOver || state === null ? [] : framesOf(state, before === null ? state : old),
    results: resultsOf(now.state),
    threadLocals:
      state === null
        ? []
        : [...state.context].map(([addr, value]) => {
            return shownValue(
              value,
              told.objects.get(addr) ?? 'thread-local',
              old !== null && !sameValue(old.context.get(addr), value),
            );
          }),
  };
}

const CHOICES = {
  go: 'go on',
  fail: 'fail to grow',
  doze: 'sleep, and wake by itself later',
  timeout: 'let the time run out',
  spurious: 'wake by itself',
} as const;

function standing(told: Told, walk: Walk, thread: WalkThread): { state: ThreadState; stateText: string } {
  const { id, status, now, silent } = thread;
  const { request } = now;
  switch (status) {
    case 'ended':
      return { state: 'ended', stateText: 'has ended' };
    case 'trapped':
      return { state: 'trapped', stateText: `trapped: ${walk.course.crashOf(id) ?? ''}` };
    case 'cut':
      return { state: 'trapped', stateText: 'ended by another’s trap' };
    case 'waiting':
    case 'dozing':
    case 'roused':
      return {
        state: 'waiting',
        stateText: request.kind === 'wait' ? `sleeps at ${told.placeOf(request.queue)}` : 'sleeps',
      };
    case 'parked':
      return walk.choices(id).length > 0
        ? { state: 'asking', stateText: 'what it waits for has changed' }
        : { state: 'spinning', stateText: 'spins: nothing that it reads has changed' };
    case 'running':
      if (silent > 0) return { state: 'running', stateText: 'computes' };
      if (request.kind === 'join' && walk.choices(id).length === 0)
        return { state: 'joining', stateText: `waits for the end of ${told.names.info(request.thread).name}` };
      if (walk.choices(id).length === 0)
        return {
          state: 'waiting',
          stateText: walk.course.turn() === null ? 'goes no further here' : 'waits for its turn',
        };
      return { state: 'asking', stateText: ASKS[request.kind] ?? 'asks' };
  }
}

const ASKS: Readonly<Partial<Record<Request['kind'], string>>> = {
  access: 'is about to access shared state',
  grow: 'is about to grow',
  wait: 'is about to wait',
  notify: 'is about to wake others',
  fence: 'is at a fence',
  fork: 'is about to begin a thread',
  join: 'is about to go on',
  alloc: 'is about to instantiate',
  new: 'is about to make an object',
  host: 'is about to call the host',
  trap: 'is about to trap',
};

/** Where in the text the thread is. */
export function spanOf({ reduce }: Pick<Told, 'reduce'>, { now: { state: script, request } }: WalkThread): Span | null {
  const state = codeOf(script)?.state ?? null;
  if (!isSilent(request) && 'site' in request && request.site.at !== NOWHERE) return request.site.at;
  const own = state === null ? null : spanIn(reduce, state);
  if (own !== null && own !== NOWHERE) return own;
  return script.kind === 'script' ? (scriptLog(script).current?.at ?? null) : null;
}

function spanIn(reduce: Reduce, z: State): Span | null {
  const instr = reduce(z)?.instr;
  if (instr !== undefined && instr !== null) return instr.at;
  if (z.admin !== null) {
    if (z.admin.kind === 'invoke' && z.admin.func.it.kind === 'wasm') return z.admin.func.it.code.at;
    return 'site' in z.admin ? z.admin.site.at : null;
  }
  const label = z.frame?.labels.at(-1);
  if (label === undefined || z.frame === null) return null;
  if (z.frame.labels.length === 1) {
    const { at } = z.frame.func.it.code;
    return { start: at.end - 1, end: at.end };
  }
  return label.code.it.at(-1)?.at ?? null;
}

const MOST_TEXT = 60;

function nextText({ source, reduce }: Told, at: Span, request: Request, state: State | null): string {
  if (state === null) return !isSilent(request) && 'site' in request ? request.site.text : '';
  return codeText(source, reduce, state, at);
}

/** The instruction as it stands in the program; what has none is named. */
export function codeText(source: Source, reduce: Reduce, z: State, at: Span): string {
  if (z.admin?.kind === 'invoke')
    return `enter ${z.admin.func.it.kind === 'wasm' ? funcName(z.admin.func.it) : z.admin.func.it.name}`;
  const reduction = reduce(z);
  if (reduction !== null && reduction.instr === null) {
    if (reduction.id === 'Step/frame') return 'end of the function';
    if (reduction.id === 'Step/label') return 'end of the block';
    return reduction.id.replace('Step/', '');
  }
  const { instr } = reduction ?? { instr: null };
  if (instr !== null && instr !== undefined && instr.kind !== 'plain') return instr.kind;
  const text = source.text.slice(at.start, at.end).replaceAll(/\s+/g, ' ');
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
}

export function placeAt(source: Source, at: Span): Place | null {
  return at === NOWHERE ? null : source.position(at.start);
}

type Func = FrameState['func']['it'];

function funcName({ code, module, index }: Func): string {
  if (code.id !== null) return `$${code.id.replace(/^\$/, '')}`;
  for (const [name, value] of module.exports)
    if (
      value.kind === 'func' &&
      value.func.kind === 'wasm' &&
      value.func.index === index &&
      value.func.module === module
    )
      return `"${name}"`;
  return `function ${index}`;
}

function framesOf(z: State, old: State | null): FrameView[] {
  if (z.frame === null) return [];
  const frames: FrameView[] = [frameView(z.frame, sameDepth(z, old) ? (old?.frame ?? null) : null, old !== null)];
  for (let callers = z.callers; callers !== null; callers = callers.rest)
    frames.push(frameView(callers.frame, callers.frame, true));
  return frames;
}

function sameDepth(a: State, b: State | null): boolean {
  return b !== null && b.frame !== null && (a.callers?.depth ?? 0) === (b.callers?.depth ?? 0);
}

function frameView({ func, locals, labels }: FrameState, old: FrameState | null, marks: boolean): FrameView {
  const { code } = func.it;
  const names = [...code.params, ...code.locals.map(({ id }) => id)];
  return {
    func: funcName(func.it),
    locals: locals.map((value, i) =>
      shownValue(value, localName(names[i], i), marks && !sameValue(old?.locals[i], value)),
    ),
    labels: labels.map((label, l) => ({
      text: l === 0 ? 'function' : label.target === 'start' ? 'loop' : label.handler === null ? 'block' : 'try',
      stack: stackOf(label.values, old?.labels[l]?.values ?? [], marks),
    })),
  };
}

function localName(name: string | null | undefined, i: number): string {
  return name === null || name === undefined ? String(i) : `$${name.replace(/^\$/, '')}`;
}

function stackOf(values: readonly Value[], old: readonly Value[], marks: boolean): ShownValue[] {
  return values.map((value, i) => shownValue(value, null, marks && !sameValue(old[i], value)));
}

/** What the actions that are over came to. */
function resultsOf(script: SmallScript): string[] {
  return scriptLog(script).actions.map(({ result }) => {
    switch (result.kind) {
      case 'return':
        return result.values.length === 0 ? 'returned' : `returned ${result.values.map(printValue).join(', ')}`;
      case 'trap':
        return `trapped: ${result.reason}`;
      case 'exception':
        return 'threw an exception';
    }
  });
}
