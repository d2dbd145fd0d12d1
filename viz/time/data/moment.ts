import { known } from '../../../src/base/assert.ts';
import type { ThreadId } from '../../../src/event/location.ts';
import { codeOf } from '../../../src/explore/walk/segment.ts';
import type { WalkThread } from '../../../src/explore/walk/walk.ts';
import { EXECUTION_RULES } from '../../../src/semantics/rules.ts';
import type { LastStep, Moment, Tick } from '../calls.ts';
import { eventText } from './events.ts';
import { readingOf } from './readings.ts';
import type { Session } from './session.ts';
import { placeText, sharedRows } from './shared.ts';
import { codeText, placeAt, spanOf, threadView } from './thread.ts';
import type { Told } from './thread.ts';

/** Events that the scrubber has ticks for. */
const MOST_TICKS = 2_000;

/** All that the page shows of where the walk is. */
export function momentOf(session: Session): Moment {
  const { walk, ground, source, reduce } = session;
  const nameOf = session.nameOf.bind(session);
  nameOf(0 as Parameters<typeof nameOf>[0]);
  const told: Told = {
    source,
    names: ground.names,
    reduce,
    objects: session.objects,
    placeOf: ({ region, offset }) => placeText({ region, offset, size: 1 } as Parameters<typeof placeText>[0], nameOf),
  };
  const threads = walk.threads();
  const { last } = walk;
  const before = last === null ? null : walk.before(last.thread);
  const { execution, order } = walk.course.history();
  const all = walk.steps.flatMap(({ events }) => events);
  const shared = sharedRows(execution, order, walk.course.isFree ? all : execution.events, last?.events ?? [], {
    nameOf,
    threadName: (id) => session.threadName(id),
    threads: threads.map(({ id }) => id),
  });
  return {
    position: walk.position,
    length: walk.length,
    start: session.start,
    threads: threads.map((thread) => threadView(told, walk, thread, thread.id === last?.thread ? before : null)),
    shared: shared.rows,
    more: shared.more,
    queues: queuesOf(session, threads, told),
    ticks: ticksOf(session),
    last: lastStep(session, before),
    ending: endingOf(session, threads, told),
    isFree: walk.course.isFree,
    stopped: session.stopped,
  };
}

function queuesOf(session: Session, threads: readonly WalkThread[], { placeOf }: Told): Moment['queues'] {
  const { execution, order } = session.walk.course.history();
  const queues = new Map<string, { when: number; name: string }[]>();
  for (const { id, status, now } of threads) {
    if ((status !== 'waiting' && status !== 'dozing') || now.request.kind !== 'wait') continue;
    const place = placeOf(now.request.queue);
    const when = order.findLastIndex((event) => execution.events[event]?.thread === id);
    queues.set(place, [...(queues.get(place) ?? []), { when, name: session.threadName(id) }]);
  }
  return [...queues].map(([place, waiting]) => ({
    place,
    waiting: waiting.toSorted((a, b) => a.when - b.when).map(({ name }) => name),
  }));
}

function ticksOf(session: Session): Tick[] {
  const { walk, source } = session;
  const ticks: Tick[] = [];
  for (const [i, step] of walk.steps.entries()) {
    for (const event of step.events) {
      ticks.push({
        at: i + 1,
        thread: step.thread,
        name: session.threadName(
          event.thread === step.thread ? step.thread : ownerOf(session, event.thread, step.thread),
        ),
        text: eventText(event, session.nameOf.bind(session)),
        kind: event.kind,
        place: placeAt(source, event.site.at),
      });
      if (ticks.length >= MOST_TICKS) return ticks;
    }
  }
  return ticks;
}

/** Fresh objects are told of who made them; who is woken is told itself. */
function ownerOf({ walk }: Session, of: ThreadId, maker: ThreadId): ThreadId {
  return walk.threads().some(({ id }) => id === of) ? of : maker;
}

function lastStep(session: Session, before: WalkThread | null): LastStep | null {
  const { walk, source, reduce } = session;
  const { last } = walk;
  if (last === null || before === null) return null;
  const old = codeOf(before.now.state);
  const rule = old === null ? null : (reduce(old.state)?.id ?? null);
  const at = spanOf(session, before);
  const site = 'site' in before.now.request ? before.now.request.site.text : '';
  const text = at === null ? site : old === null ? site : codeText(source, reduce, old.state, at);
  return {
    thread: last.thread,
    name: session.threadName(last.thread),
    rule,
    source: EXECUTION_RULES.find(({ id }) => id === rule)?.source ?? null,
    reading: rule === null ? '' : readingOf(rule),
    text,
    events: last.events.map((event) => {
      const who = ownerOf(session, event.thread, last.thread);
      const what = eventText(event, session.nameOf.bind(session));
      return who === last.thread ? what : `${session.threadName(who)} ${what}`;
    }),
    place: at === null ? null : placeAt(source, at),
  };
}

function endingOf(session: Session, threads: readonly WalkThread[], told: Told): Moment['ending'] {
  const { walk } = session;
  if (walk.course.bound !== null) return { kind: 'bound', text: `It goes no further: ${walk.course.bound}.` };
  if (threads.some(({ id }) => walk.choices(id).length > 0)) return null;
  const trapped = threads.find(({ status }) => status === 'trapped');
  const views = threads.map((thread) => threadView(told, walk, thread, null));
  const open = views.filter(({ state }) => state !== 'ended' && state !== 'trapped');
  if (open.length === 0 && trapped !== undefined) {
    const { name, stateText } = known(
      views.find(({ id }) => id === trapped.id),
      'thread',
    );
    return { kind: 'trap', text: `The end: ${name} ${stateText}.` };
  }
  if (open.length === 0) return { kind: 'end', text: 'The end: all threads have ended.' };
  const what = open.map(({ name, stateText }) => `${name} ${stateText}`).join('; ');
  const spins = open.some(({ state }) => state === 'spinning');
  return spins
    ? { kind: 'spin', text: `It never ends: ${what}.` }
    : { kind: 'deadlock', text: `Deadlock: ${what}. Nobody is left who could change that.` };
}
