import type { Handler } from '../work/calls.ts';
import { Refused } from '../work/refused.ts';
import type { TimeAnswer, TimeCalls, TreeAnswer, TreeNodeView } from './calls.ts';
import { eventText } from './data/events.ts';
import { momentOf } from './data/moment.ts';
import { checkReplay } from './data/replay.ts';
import { Session } from './data/session.ts';

let latest: Session | null = null;
let opened = 0;

export const timeHandlers: { readonly [N in keyof TimeCalls]: Handler<N> } = {
  timeReplay: checkReplay,
  timeOpen(asked) {
    latest = new Session(++opened, asked);
    return answer(latest);
  },
  timeDo({ session, command }) {
    const it = recall(session);
    it.do(command);
    return answer(it);
  },
  timeTree: ({ session, most }) => treeAnswer(recall(session), most),
};

function recall(number: number): Session {
  if (latest?.number !== number) throw new Refused('Another walk was begun.');
  return latest;
}

function answer(session: Session): TimeAnswer {
  const { number, kind } = session;
  return { session: number, schedule: kind, moment: momentOf(session), moves: session.moves() };
}

function treeAnswer(session: Session, most: number): TreeAnswer {
  const tree = session.tree(most);
  if (tree === null)
    return {
      nodes: [],
      before: 0,
      none: 'No interleaving of the threads has the values of this execution, so that no other way leads on from here.',
    };
  const { nodes, made, from } = tree;
  const labels: number[][] = [];
  const views = nodes.map((node): TreeNodeView => {
    const above = node.parent === null ? [] : (labels[node.parent] ?? []);
    const own = node.label === null ? above : [...above, node.label];
    labels.push(own);
    const texts = node.events.map((event) => eventText(event, session.nameOf.bind(session)));
    return {
      id: node.id,
      parent: node.parent,
      depth: node.depth,
      thread: node.thread ?? 0,
      name: node.thread === null ? '' : session.threadName(node.thread),
      text: texts[0] ?? (node.label === null ? (from === 0 ? 'the beginning' : 'so far') : 'makes an object'),
      way: node.way,
      isHere: node.way === 'made' && node.depth === made - from,
      same: node.same,
      end: node.end,
      hidden: node.hidden,
      labels: own,
    };
  });
  return { nodes: views, before: from, none: null };
}
