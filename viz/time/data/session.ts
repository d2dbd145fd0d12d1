import type { Source } from '../../../src/base/span.ts';
import type { Region } from '../../../src/event/location.ts';
import { fieldOf, objectOf } from '../../../src/event/location.ts';
import type { ThreadId } from '../../../src/event/location.ts';
import { choiceOf, labelOf } from '../../../src/explore/interleave/step.ts';
import type { Choice, Label } from '../../../src/explore/interleave/step.ts';
import { Departure } from '../../../src/explore/replay/departure.ts';
import { isLasso } from '../../../src/explore/replay/file.ts';
import { readReplay } from '../../../src/explore/replay/read.ts';

import type { Ground } from '../../../src/explore/walk/free-course.ts';
import { FreeCourse } from '../../../src/explore/walk/free-course.ts';
import { groundOf } from '../../../src/explore/walk/ground.ts';
import { along, atRandom, onward } from '../../../src/explore/walk/schedule.ts';
import type { Schedule } from '../../../src/explore/walk/schedule.ts';
import { codeOf } from '../../../src/explore/walk/segment.ts';
import { treeOf } from '../../../src/explore/walk/tree.ts';
import type { TreeNode } from '../../../src/explore/walk/tree.ts';
import { Walk } from '../../../src/explore/walk/walk.ts';
import { alongLasso, alongReplay } from '../../../src/explore/walk/witness.ts';
import { objectNames } from '../../../src/runtime/object-names.ts';
import type { Reduce } from '../../../src/semantics/rules.ts';
import { reductions } from '../../../src/semantics/rules.ts';
import { loadWritten } from '../../work/load.ts';
import { readingsOf } from '../../work/readings.ts';
import { Refused } from '../../work/refused.ts';
import type { Moves, ScheduleAsked, TimeCommand, TimeOpen } from '../calls.ts';
import { spanOf } from './thread.ts';

/** Silent steps of a thread at once. */
const FUEL = 20_000;
/** Small steps that one command makes at most. */
const MOST_STEPS = 20_000;
/** Events before where the walk is that its tree shows. */
const TREE_BEFORE = 4;

/** A walk that the page is on. */
export class Session {
  readonly number: number;
  readonly source: Source;
  readonly reduce: Reduce;
  readonly ground: Ground;
  readonly walk: Walk;
  readonly objects = new Map<number, string>();
  kind: ScheduleAsked['kind'];
  start = 0;
  stopped: string | null = null;
  #schedule: Schedule;
  #treeFrom = 0;

  constructor(number: number, { program: written, readings: said, schedule, moves, position }: TimeOpen) {
    this.number = number;
    const readings = readingsOf(said);
    const loaded = loadWritten(written, readings);
    if (!loaded.ok) throw new Refused('The program is not accepted: what is wrong is told beside it.');
    const { program } = loaded.value;
    this.source = program.source;
    this.reduce = reductions(readings);
    this.ground = groundOf(program, readings, FUEL);
    this.kind = schedule.kind;
    const { course, schedule: order } = begin(this.ground, schedule);
    this.walk = new Walk(course);
    this.#schedule = order;
    this.#setUp(schedule.kind);
    if (moves !== null) this.#again(moves);
    if (position !== null) this.walk.seek(position);
    this.stopped = null;
  }

  nameOf(region: Region): string {
    const { names } = this.ground;
    const main = this.walk.threads().find(({ id }) => id === names.main);
    if (main !== undefined)
      for (const [addr, name] of objectNames(main.now.state)) if (!this.objects.has(addr)) this.objects.set(addr, name);
    const object = objectOf(region);
    return this.objects.get(object) ?? `${UNNAMED[fieldOf(region)]}#${object % 1000}`;
  }

  threadName(id: number): string {
    return this.ground.names.info(id as ThreadId).name;
  }

  do(command: TimeCommand): void {
    const { walk } = this;
    this.stopped = null;
    switch (command.kind) {
      case 'step':
        this.#stepOf(command.thread as ThreadId, command.choice);
        return;
      case 'event': {
        const id = command.thread as ThreadId;
        this.#while(() => this.#stepOf(id, null) && walk.last?.events.length === 0);
        return;
      }
      case 'forward':
        this.#forward();
        return;
      case 'back':
        if (walk.position > 0) walk.back();
        return;
      case 'nextEvent':
        this.#while(() => this.#forward() && walk.last?.events.length === 0);
        return;
      case 'previousEvent':
        if (walk.position > 0) walk.back();
        while (walk.position > 0 && walk.last?.events.length === 0) walk.back();
        return;
      case 'end':
        this.#while(() => this.#forward());
        return;
      case 'start':
        walk.seek(walk.position > this.start ? this.start : 0);
        return;
      case 'seek':
        walk.seek(command.position);
        return;
      case 'line':
        this.#while(() => this.#forward() && !this.#isAt(command.line));
        return;
      case 'way':
        this.#take(command.labels);
        return;
    }
  }

  /** The walk as moves, those ahead included. */
  moves(): Moves {
    const threads: string[] = [];
    const steps: [number, number, number][] = [];
    for (const { thread, label } of this.walk.steps) {
      const name = this.threadName(thread);
      if (!threads.includes(name)) threads.push(name);
      const t = threads.indexOf(name);
      const choice = CHOICES.indexOf(choiceOf(label));
      const last = steps.at(-1);
      if (last !== undefined && last[0] === t && last[1] === choice) last[2]++;
      else steps.push([t, choice, 1]);
    }
    return { threads, steps };
  }

  /** The tree of interleavings around where the walk is; null where the order is fixed. */
  tree(most: number): { readonly nodes: readonly TreeNode[]; readonly made: number; readonly from: number } | null {
    const { walk } = this;
    if (!walk.course.isFree) return null;
    const labels = this.#answers();
    const made = walk.last?.answers ?? 0;
    const first = walk.steps[this.start - 1]?.answers ?? 0;
    const from = made < first ? made : Math.max(first, made - TREE_BEFORE);
    this.#treeFrom = from;
    return { nodes: treeOf(this.ground, { labels, from, made }, most), made, from };
  }

  #answers(): Label[] {
    return this.walk.steps.flatMap(({ isAnswer, label }) => (isAnswer ? [label] : []));
  }

  /** Goes where threads first have something to do beside each other; a walk along a schedule is walked to its end before. */
  #setUp(kind: ScheduleAsked['kind']): void {
    const { walk } = this;
    const { main } = this.ground.names;
    if (kind === 'mine') {
      const run = (id: ThreadId): void =>
        this.#while(() => {
          const { now } = walk.thread(id);
          if (codeOf(now.state) !== null || now.request.kind === 'join' || now.request.kind === 'trap') return false;
          const [label] = walk.choices(id);
          if (label === undefined) return false;
          walk.step(label);
          return true;
        });
      run(main);
      for (const { id } of walk.threads()) if (id !== main) run(id);
      this.start = walk.position;
      return;
    }
    this.#while(() => this.#forward());
    const first = walk.steps.findIndex(({ thread }) => thread !== main);
    this.start = Math.max(0, first);
    this.nameOf(0 as Region);
    walk.seek(this.start);
  }

  #again({ threads, steps }: Moves): void {
    const { walk } = this;
    walk.seek(0);
    for (const [t, choice, times] of steps) {
      for (let n = 0; n < Math.min(times, MOST_STEPS); n++) {
        const thread = walk.threads().find(({ id }) => this.threadName(id) === threads[t]);
        const label = thread === undefined ? undefined : labelOf(thread.id, CHOICES[choice] ?? 'go');
        if (thread === undefined || label === undefined || !walk.choices(thread.id).includes(label)) return;
        walk.step(label);
      }
    }
  }

  /** One step along the schedule, or of what was walked before. */
  #forward(): boolean {
    const { walk } = this;
    if (walk.position < walk.length) {
      walk.forward();
      return true;
    }
    const label = this.#schedule(walk);
    if (label === null) return false;
    walk.step(label);
    return true;
  }

  #stepOf(id: ThreadId, choice: Label | null): boolean {
    const { walk } = this;
    const choices = walk.threads().some((thread) => thread.id === id) ? walk.choices(id) : [];
    const ahead = walk.steps[walk.position];
    const label = choice ?? (ahead?.thread === id ? ahead.label : choices[0]);
    if (label === undefined || !choices.includes(label)) {
      this.stopped = `${this.threadName(id)} cannot go on now.`;
      return false;
    }
    if (walk.course.isFree && ahead?.label !== label) {
      this.kind = 'mine';
      this.#schedule = onward;
    }
    walk.step(label);
    return true;
  }

  /** Takes the answers after the tree's root. */
  #take(labels: readonly number[]): void {
    const { walk } = this;
    const known = this.#answers();
    const plan = [...known.slice(0, this.#treeFrom), ...labels];
    let common = 0;
    while (common < plan.length && plan[common] === known[common]) common++;
    const at = walk.steps.findIndex(({ answers }) => answers === common);
    walk.seek(common === 0 ? 0 : at + 1);
    if (common === plan.length) return;
    this.kind = 'mine';
    this.#schedule = along(plan);
    this.#while(() => (walk.last?.answers ?? 0) < plan.length && this.#ahead());
    this.#schedule = onward;
  }

  #ahead(): boolean {
    const label = this.#schedule(this.walk);
    if (label === null) return false;
    this.walk.step(label);
    return true;
  }

  #isAt(line: number): boolean {
    return this.walk.threads().some((thread) => {
      const at = spanOf(this, thread);
      return at !== null && this.source.position(at.start).line === line;
    });
  }

  #while(goOn: () => boolean): void {
    for (let n = 0; n < MOST_STEPS; n++) if (!goOn()) return;
    this.stopped = `Stopped after ${MOST_STEPS.toLocaleString('en')} steps.`;
  }
}

const CHOICES: readonly Choice[] = ['go', 'fail', 'doze', 'timeout', 'spurious'];
const UNNAMED = {
  data: 'memory',
  length: 'object',
  elem: 'table',
  val: 'global',
  fields: 'struct',
  queue: 'waitqueue',
};

function begin(ground: Ground, asked: ScheduleAsked): { course: Walk['course']; schedule: Schedule } {
  switch (asked.kind) {
    case 'mine':
      return { course: new FreeCourse(ground), schedule: onward };
    case 'random':
      return { course: new FreeCourse(ground), schedule: atRandom(asked.seed) };
    case 'replay': {
      const file = readReplay(asked.text);
      if (!file.ok) throw new Refused(`This is no execution: ${file.error}.`);
      try {
        return isLasso(file.value) ? alongLasso(ground, file.value) : alongReplay(ground, file.value);
      } catch (error) {
        if (error instanceof Departure) throw new Refused(`The program does not do that: ${error.message}.`);
        throw error;
      }
    }
  }
}
