import { useEffect } from 'preact/hooks';
import { mine } from '../state/state.ts';
import { complaints, modelComplaints } from './complaints.ts';
import './editor.css';
import { model, modelView } from './model.ts';
import { forgetModel, modelIsShown } from './own.ts';
import { Problems } from './problems.tsx';
import { program } from './program.ts';
import { TextBox } from './text-box.tsx';
import { current } from './view.ts';

/** The program, and what the checker says of it; beside it the user’s own model, if there is one. */
export function Editor() {
  const hasModel = mine.value !== null;
  const showsModel = hasModel && modelIsShown.value;
  return (
    <div class="editor">
      {hasModel && <Texts />}
      <div class="editor-text" hidden={showsModel}>
        <TextBox edited={program} />
        <Problems of={complaints} view={current} />
      </div>
      {hasModel && (
        <div class="editor-text" hidden={!showsModel}>
          <TextBox edited={model} />
          <Problems of={modelComplaints} view={modelView} />
        </div>
      )}
    </div>
  );
}

/** Which of the two texts is shown. */
function Texts() {
  useEffect(() => () => void (modelIsShown.value = false), []);
  return (
    <div class="editor-texts" role="group" aria-label="Text">
      {[false, true].map((isModel) => (
        <button
          key={String(isModel)}
          type="button"
          class="plain"
          aria-pressed={modelIsShown.value === isModel}
          onClick={() => {
            modelIsShown.value = isModel;
          }}
        >
          {isModel ? 'Own model' : 'Program'}
        </button>
      ))}
      {modelIsShown.value && (
        <button type="button" class="plain editor-forget" onClick={forgetModel}>
          Remove
        </button>
      )}
    </div>
  );
}
