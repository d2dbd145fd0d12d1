import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface ModalProps {
  readonly class: string;
  /** The id of its title. */
  readonly title: string;
  /** Whether it is shown: false once it is closed, by whatever means. */
  readonly isOpen: Signal<boolean>;
  readonly children: ComponentChildren;
}

/** A dialog over the page, for as long as it is rendered. */
export function Modal({ class: className, title, isOpen, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class={className}
      aria-labelledby={title}
      onClose={() => {
        isOpen.value = false;
      }}
    >
      {children}
    </dialog>
  );
}
