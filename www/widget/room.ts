// Follows how much room a survey has. That changes when somebody zooms or turns a phone, or when the page's layout
// changes.

/**
 * Calls `fit` whenever the survey in `root` has another width, with the width and whether the focus is in the survey.
 * Stops when the function that it returns is called.
 */
export function followRoom(root: HTMLElement, fit: (width: number, inUse: boolean) => void): () => void {
  const panel = root.firstElementChild as HTMLElement;
  let timer: ReturnType<typeof setTimeout>;
  let before = 0;
  const tell = (): void => {
    // A panel that isn't displayed has no width.
    if (panel.offsetWidth) fit((before = panel.offsetWidth), !!(root.getRootNode() as ShadowRoot).activeElement);
  };
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    // Called later: if an observer changes what it observes, the browser reports an error on the page.
    if (panel.offsetWidth != before) timer = setTimeout(tell);
  });
  observer.observe(panel);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
