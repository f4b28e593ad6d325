// Where a survey stands: in the page's own flow, or above the page in the top layer, where the browser has one.

// What a survey covers all of the page for, the page waits for.
const MODAL = /modal|kiosk/;

/**
 * Raises a survey that isn't meant to stand in the page's flow. The function it returns takes it down again; after a
 * modal one the focus is back where it was before.
 */
export function raise(root: HTMLElement): () => void {
  const panel = root.querySelector<HTMLElement>("[data-display]");
  const display = panel?.dataset.display ?? "inline";
  if (/inline|page/.test(display)) return () => {};
  const modal = MODAL.test(display);
  const stage = document.createElement(modal ? "dialog" : "div");
  stage.className = "stage";
  // The style sheet places it by these.
  Object.assign(stage.dataset, panel!.dataset);
  root.replaceWith(stage);
  stage.append(root);
  modal ? showModal(stage as HTMLDialogElement) : showPopover(stage);
  const lowered = new AbortController();
  heedKeyboard(stage, lowered.signal);
  return () => {
    lowered.abort();
    stage.onclose = null;
    (stage as Partial<HTMLDialogElement>).close?.();
    stage.remove();
  };
}

function showPopover(stage: HTMLElement): void {
  // An older browser lacks the function; there the style sheet alone gives the survey its place.
  stage.setAttribute("popover", "manual");
  // A page may have taken the survey off in the very moment in which it came.
  if (stage.isConnected) stage.showPopover?.();
}

/** Opens a dialogue: the browser keeps the focus in it, and everything else out of reach. */
function showModal(dialog: HTMLDialogElement): void {
  dialog.setAttribute("aria-labelledby", "survey");
  // The dialogue itself takes the focus: an answer with a ring around it might seem to be recommended.
  dialog.tabIndex = -1;
  if (!dialog.isConnected) return;
  dialog.showModal();
  dialog.focus();
  // In a part of the page that isn't displayed it would bring the page to a halt, unseen.
  if (!dialog.getClientRects().length) return dialog.close();
  dialog.onclose = () => {
    // By Escape, or by a phone's way back. A shared device's survey stays.
    if (dialog.dataset.display == "kiosk") dialog.showModal();
    else dialog.querySelector<HTMLElement>("[part=close]")?.click();
  };
}

/** Tells the style sheet, until `signal` is aborted, what an on-screen keyboard leaves no room for. */
function heedKeyboard(stage: HTMLElement, signal: AbortSignal): void {
  const view = visualViewport;
  if (!view) return;
  const measure = (): boolean => {
    const above = view.offsetTop;
    const below = innerHeight - above - view.height;
    // Scroll bars take less than a keyboard; and who zooms in with two fingers sees less, but nothing covers it.
    const covered = below > 40 && view.scale < 1.05;
    stage.style.setProperty("--_above", `${covered ? above : 0}px`);
    stage.style.setProperty("--_below", `${covered ? below : 0}px`);
    return stage.toggleAttribute("data-covered", covered);
  };
  const reveal = (): void => {
    if (!measure()) return;
    // Less room may have put the field that the keyboard came for out of sight.
    (stage.getRootNode() as ShadowRoot).activeElement?.scrollIntoView({ block: "nearest" });
  };
  measure();
  view.addEventListener("resize", reveal, { signal });
  view.addEventListener("scroll", measure, { signal });
}
