// How much room a survey has where it stands. That changes when somebody zooms, or turns a phone, or when the page moves.

/**
 * Tells `fit` how wide the survey in `root` is whenever that is another width, and whether the focus is in it, until the
 * function that it returns is called.
 */
export function followRoom(root: HTMLElement, fit: (width: number, inUse: boolean) => void): () => void {
  const panel = root.firstElementChild as HTMLElement;
  let timer: ReturnType<typeof setTimeout>;
  let before = 0;
  const tell = (): void => {
    // One that isn't displayed has none.
    if (panel.offsetWidth) fit((before = panel.offsetWidth), !!(root.getRootNode() as ShadowRoot).activeElement);
  };
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    // Later, since an observer that changes what it observes is an error on the page.
    if (panel.offsetWidth != before) timer = setTimeout(tell);
  });
  observer.observe(panel);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
