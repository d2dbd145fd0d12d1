import { useState } from 'preact/hooks';
import { selection } from '../state/state.ts';
import type { Curve } from '../../src/report/draw/geometry.ts';
import { straight } from '../../src/report/draw/geometry.ts';
import type { EdgeKind } from '../../src/report/draw/figure.ts';
import { edgeStrokes } from '../../src/report/draw/svg-edge.ts';
import { EDGES } from '../../src/report/draw/theme.ts';
import type { Relation } from './calls.ts';
import { chosen, data, own, ownWanted, relations, scaffold, shown } from './state.ts';

const SAMPLE = 30;

/** The relations, each with a sample of its edges, switched on and off. */
export function Legend() {
  const all = relations.value;
  const plain = all.filter(({ definition }) => definition === null);
  const model = selection.value?.model ?? '';
  return (
    <fieldset class="graph-legend">
      <legend class="unseen">Relations that are shown</legend>
      {plain.map((relation) => (
        <Choice key={relation.id} relation={relation} />
      ))}
      {data.value?.hasScaffold === true ? (
        <label class="graph-choice">
          <input
            type="checkbox"
            checked={scaffold.value}
            onChange={(event) => (scaffold.value = event.currentTarget.checked)}
          />
          <span class="graph-name">main</span> <span class="quiet">forks and joins</span>
        </label>
      ) : null}
      <Own model={model} relations={all.filter(({ definition }) => definition !== null)} />
    </fieldset>
  );
}

function Choice({ relation }: { readonly relation: Relation }) {
  const { id, name, meaning, kind, edges, definition } = relation;
  const isShown = shown.value.has(id);
  return (
    <label
      class="graph-choice"
      data-relation={id}
      title={definition === null ? countText(edges) : `${countText(edges)}; ${name} = ${definition}`}
    >
      <input
        type="checkbox"
        checked={isShown}
        onChange={(event) => (chosen.value = { ...chosen.value, [id]: event.currentTarget.checked })}
      />
      <Sample kind={kind} />
      <span class="graph-name">{name}</span>
      <span class="quiet">{definition === null ? meaning : clip(definition)}</span>
    </label>
  );
}

function countText(edges: number | null): string {
  if (edges === null) return 'drawn once it is switched on';
  return edges === 1 ? '1 edge' : `${edges} edges`;
}

const MOST = 56;

function clip(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}

/** The relations of the model's file, which are made once somebody looks. */
function Own({ model, relations: all }: { readonly model: string; readonly relations: readonly Relation[] }) {
  const [isOpen, setOpen] = useState(ownWanted.peek());
  return (
    <details
      class="graph-own"
      open={isOpen}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        if (event.currentTarget.open) ownWanted.value = true;
      }}
    >
      <summary>Relations of {model}.cat</summary>
      {own.value === null ? <p class="quiet">Reading the model …</p> : null}
      {own.value !== null && all.length === 0 ? <p class="quiet">None of them has an edge here.</p> : null}
      {all.map((relation) => (
        <Choice key={relation.id} relation={relation} />
      ))}
    </details>
  );
}

export function Sample({ kind }: { readonly kind: EdgeKind }) {
  const style = EDGES[kind];
  const curve: Curve = { start: [1, 7], pieces: [straight([1, 7], [SAMPLE - 1 - style.headLength, 7])] };
  const paints = { edge: 'var(--edge)', paper: 'var(--graph-paper)', none: 'none' };
  return (
    <svg class="graph-sample" data-kind={kind} width={SAMPLE} height={14} aria-hidden="true">
      {edgeStrokes(curve, [SAMPLE - 1, 7], style).map((stroke, i) => (
        <path
          key={i}
          d={stroke.d}
          fill={paints[stroke.fill]}
          stroke={paints[stroke.stroke]}
          stroke-width={stroke.stroke === 'none' ? undefined : stroke.width}
          stroke-dasharray={stroke.dash ?? undefined}
          stroke-linecap={stroke.round ? 'round' : undefined}
        />
      ))}
    </svg>
  );
}
