/** Shown until the room has more. */
export function Time() {
  return <p class="quiet">Choose an outcome to step through an execution of it.</p>;
}
