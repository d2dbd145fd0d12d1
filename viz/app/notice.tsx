import { notice } from '../state/notice.ts';

/** Why something that was asked for was not done. */
export function Notice() {
  const text = notice.value;
  return (
    <div role="alert" class="app-notice" hidden={text === null}>
      <p>{text}</p>
      <button
        type="button"
        class="plain"
        onClick={() => {
          notice.value = null;
        }}
      >
        Close
      </button>
    </div>
  );
}
