import { EditorView } from '@codemirror/view';

/** The editor in the page’s colours; they are custom properties, so that one theme serves light and dark. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--bg)', color: 'var(--text)', fontSize: '0.875rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--accent)', paddingBlock: '0.75rem 40vh' },
  '.cm-placeholder': { color: 'var(--text-quiet)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-gutters': {
    border: 'none',
    backgroundColor: 'var(--bg)',
    color: 'var(--text-quiet)',
    paddingLeft: '0.5rem',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--bg-sunken) 70%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--accent-soft)',
    outline: '1px solid var(--accent)',
  },
  '.cm-pointed': { backgroundColor: 'var(--warning-soft)', boxShadow: 'inset 3px 0 0 var(--warning)' },
  '.cm-tooltip': {
    maxWidth: '36rem',
    padding: '0.35rem 0.6rem',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--bg-raised)',
    boxShadow: 'var(--shadow)',
    color: 'var(--text)',
    fontFamily: 'var(--sans)',
    fontSize: '0.8125rem',
  },
  '.cm-tooltip-lint': { padding: '0' },
  '.cm-diagnostic': { padding: '0.4rem 0.75rem', borderLeftWidth: '3px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--danger)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warning)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--danger) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--warning) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-gutter-lint': { width: '1.1em' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0.45em 0.2em' },
  '.cm-lint-marker': { width: '0.6em', height: '0.6em' },
  '.cm-lint-marker-error': { content: 'normal', borderRadius: '50%', backgroundColor: 'var(--danger)' },
  // A triangle: colour is not the only sign.
  '.cm-lint-marker-warning': {
    content: 'normal',
    clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
    backgroundColor: 'var(--warning)',
  },
  '.cm-tooltip-section:not(:first-child)': {
    marginTop: '0.35rem',
    paddingTop: '0.35rem',
    borderTop: '1px solid var(--line)',
  },
  '.cm-panels': { borderColor: 'var(--line)', backgroundColor: 'var(--bg-raised)', color: 'var(--text)' },
  '.cm-panel.cm-search': { fontFamily: 'var(--sans)' },
  '.cm-textfield': { border: '1px solid var(--line)', backgroundColor: 'var(--bg)', color: 'var(--text)' },
  '.cm-button': { border: '1px solid var(--line)', background: 'var(--bg-raised)', color: 'var(--text)' },
  '.cm-foldPlaceholder': { border: 'none', backgroundColor: 'var(--bg-sunken)', color: 'var(--text-quiet)' },
});
