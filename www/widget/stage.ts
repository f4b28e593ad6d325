// Places a survey: in the page's own flow, or above the page in the top layer, if the browser has one.

// The displays that cover all of the page, which waits for them.
const MODAL = /modal|kiosk/;

/**
 * Raises a survey above the page, unless it is displayed in the page's flow. The function that it returns takes the
 * survey down again. After a modal one, the browser puts the focus back where it was.
 */
export function raise(root: HTMLElement): () => void {
  const panel = root.querySelector<HTMLElement>("[data-display]");
  const display = panel?.dataset.display ?? "inline";
  if (/inline|page/.test(display)) return () => {};
  const modal = MODAL.test(display);
  const stage = document.createElement(modal ? "dialog" : "div");
  stage.className = "stage";
  // The style sheet places the stage by these attributes.
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
  // An older browser lacks `showPopover`; there only the style sheet places the survey.
  stage.setAttribute("popover", "manual");
  // The page may have taken the survey away as soon as it came.
  if (stage.isConnected) stage.showPopover?.();
}

/** Opens a dialog: the browser keeps the focus in it, and everything else out of reach. */
function showModal(dialog: HTMLDialogElement): void {
  dialog.setAttribute("aria-labelledby", "survey");
  // The dialog itself takes the focus, since a focus ring around an answer might look like a recommendation.
  dialog.tabIndex = -1;
  if (!dialog.isConnected) return;
  dialog.showModal();
  dialog.focus();
  // In a part of the page that isn't displayed, the dialog would block the page without being seen.
  if (!dialog.getClientRects().length) return dialog.close();
  dialog.onclose = () => {
    // Escape or a phone's back gesture closed the dialog. A kiosk's survey stays.
    if (dialog.dataset.display == "kiosk") dialog.showModal();
    else dialog.querySelector<HTMLElement>("[part=close]")?.click();
  };
}

/** Tells the style sheet how much an on-screen keyboard covers, until `signal` is aborted. */
function heedKeyboard(stage: HTMLElement, signal: AbortSignal): void {
  const view = visualViewport;
  if (!view) return;
  const measure = (): boolean => {
    const above = view.offsetTop;
    const below = innerHeight - above - view.height;
    // Scroll bars are smaller than a keyboard. And somebody who pinches to zoom sees less of the page, though nothing
    // covers it.
    const covered = below > 40 && view.scale < 1.05;
    stage.style.setProperty("--_above", `${covered ? above : 0}px`);
    stage.style.setProperty("--_below", `${covered ? below : 0}px`);
    return stage.toggleAttribute("data-covered", covered);
  };
  const reveal = (): void => {
    if (!measure()) return;
    // The field that the keyboard opened for may be out of sight now.
    (stage.getRootNode() as ShadowRoot).activeElement?.scrollIntoView({ block: "nearest" });
  };
  measure();
  view.addEventListener("resize", reveal, { signal });
  view.addEventListener("scroll", measure, { signal });
}
