import { StateEffect, StateField } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import type { EditorView, Tooltip, TooltipView } from '@codemirror/view';
import { hoverTooltip, keymap, showTooltip } from '@codemirror/view';
import { name, readings } from '../state/state.ts';
import { quick } from '../work/client.ts';
import type { LookAnswer } from './calls.ts';

const show = StateEffect.define<Tooltip | null>();

/** What was asked for at the cursor; gone with the next key or change. */
const asked = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return transaction.docChanged || transaction.selection !== undefined ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

/** Types, shares and orders of what the mouse points at, or of what is at the cursor when Ctrl+I is pressed. */
export function hovering(): Extension {
  return [
    hoverTooltip((view, offset) => tooltipAt(view, offset), { hideOnChange: true }),
    asked,
    keymap.of([
      {
        key: 'Mod-i',
        run: (view) => {
          void tooltipAt(view, view.state.selection.main.head).then((tooltip) => {
            view.dispatch({ effects: show.of(tooltip) });
          });
          return true;
        },
      },
    ]),
  ];
}

async function tooltipAt({ state }: EditorView, offset: number): Promise<Tooltip | null> {
  const text = state.doc.toString();
  const looked = await quick.ask('look', { name: name.peek(), text, readings: readings.peek(), offset });
  if (looked === null) return null;
  return { pos: Math.min(looked.from, state.doc.length), above: true, create: () => inWords(looked) };
}

function inWords({ name: title, rule, stack, facts }: LookAnswer): TooltipView {
  const dom = document.createElement('div');
  dom.className = 'look';
  dom.setAttribute('role', 'status');
  const line = (className: string, text: string): void => {
    const it = document.createElement('p');
    it.className = className;
    it.textContent = text;
    dom.append(it);
  };
  line('look-name', title);
  if (stack !== null) line('look-stack', `${stack.before} → ${stack.after}`);
  for (const fact of facts) line('', fact);
  if (rule !== null) line('quiet', rule);
  return { dom };
}
