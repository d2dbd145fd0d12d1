import { command } from './asking.ts';
import type { TreeNodeView } from './calls.ts';
import { tree, treeIsOpen, treeSize } from './state.ts';

const WIDTH = 224;
const HEIGHT = 30;
const PAD = 8;

/** What may come: the tree of interleavings from a few events before where the walk is. */
export function Tree() {
  const it = tree.value;
  return (
    <details
      class="time-tree no-print"
      open={treeIsOpen.value}
      onToggle={({ currentTarget }) => {
        treeIsOpen.value = currentTarget.open;
      }}
    >
      <summary>
        <h2>What may come</h2>
      </summary>
      {it?.none !== undefined && it.none !== null && <p class="quiet">{it.none}</p>}
      {it !== null && it.nodes.length > 0 && <Nodes nodes={it.nodes} before={it.before} />}
    </details>
  );
}

function Nodes({ nodes, before }: { nodes: readonly TreeNodeView[]; before: number }) {
  const rows = rowsOf(nodes);
  const hidden = nodes.reduce((sum, node) => sum + node.hidden, 0);
  const same = nodes.filter((node) => node.same !== null).length;
  const width = (Math.max(...nodes.map(({ depth }) => depth)) + 1) * WIDTH;
  const height = (Math.max(...rows.values()) + 1) * HEIGHT;
  const at = (node: TreeNodeView): readonly [x: number, y: number] => [
    node.depth * WIDTH,
    (rows.get(node.id) ?? 0) * HEIGHT,
  ];
  return (
    <>
      <p class="quiet">
        {before > 0 && `${before} ${before === 1 ? 'step' : 'steps'} came before. `}
        Each event leads to all that may follow.
        {same > 0 &&
          ` ${same} grey ${same === 1 ? 'branch differs' : 'branches differ'} from one that is shown in the order of independent steps only: the search leaves such out.`}
      </p>
      <div class="time-scroll time-canvas" tabIndex={0} role="region" aria-label="Tree of interleavings">
        <div style={{ width: `${width}px`, height: `${height + PAD}px` }}>
          <svg width={width} height={height} aria-hidden="true">
            {nodes.map((node) => {
              const parent = nodes[node.parent ?? -1];
              if (parent === undefined) return null;
              const [[x1, y1], [x2, y2]] = [at(parent), at(node)];
              const from = x1 + WIDTH - 18;
              const [a, b] = [y1 + HEIGHT / 2, y2 + HEIGHT / 2];
              const middle = (from + x2) / 2;
              return (
                <path
                  key={node.id}
                  class="time-branch"
                  data-way={node.way}
                  data-same={node.same === null ? undefined : ''}
                  d={`M${from} ${a}C${middle} ${a} ${middle} ${b} ${x2} ${b}`}
                />
              );
            })}
          </svg>
          {nodes.map((node) => {
            const [x, y] = at(node);
            return <Node key={node.id} it={node} x={x} y={y} equal={nodes[node.same ?? -1]} />;
          })}
        </div>
      </div>
      {hidden > 0 && (
        <p>
          {hidden} more {hidden === 1 ? 'branch is' : 'branches are'} not shown.{' '}
          <button
            type="button"
            onClick={() => {
              treeSize.value *= 2;
            }}
          >
            Unfold more
          </button>
        </p>
      )}
    </>
  );
}

function Node({ it, x, y, equal }: { it: TreeNodeView; x: number; y: number; equal: TreeNodeView | undefined }) {
  const remarks = [
    ...(it.isHere ? ['the walk is here'] : []),
    ...(equal === undefined ? [] : [`the same steps in another order as ${equal.name} ${equal.text}`]),
    ...(it.end === null ? [] : [it.end === 'ended' ? 'the end' : 'nobody can go on']),
  ];
  return (
    <button
      type="button"
      class="time-node"
      data-way={it.way}
      data-same={it.same === null ? undefined : ''}
      aria-current={it.isHere ? 'step' : undefined}
      title={[`${it.name} ${it.text}`, ...remarks].join(' — ')}
      style={{ left: `${x}px`, top: `${y}px`, width: `${WIDTH - 18}px`, '--thread': `var(--thread-${it.thread % 8})` }}
      onClick={() => void command({ kind: 'way', labels: it.labels })}
    >
      {it.name !== '' && <b>{it.name}</b>} <span>{it.text}</span>
      {it.same !== null && <i aria-label="same as another"> ≡</i>}
      {it.end !== null && <i> {it.end === 'ended' ? '■' : '⊘'}</i>}
      {remarks.length > 0 && <span class="unseen">{remarks.join(', ')}</span>}
    </button>
  );
}

/** Each leaf has a row; what has branches is beside its first. */
function rowsOf(nodes: readonly TreeNodeView[]): ReadonlyMap<number, number> {
  const children = new Map<number, number[]>();
  for (const { id, parent } of nodes) if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), id]);
  const rows = new Map<number, number>();
  let next = 0;
  const place = (id: number): void => {
    rows.set(id, next);
    (children.get(id) ?? []).forEach((child, i) => {
      if (i > 0) next++;
      place(child);
    });
  };
  place(0);
  return rows;
}
