// Runs in the page around a single survey before the loader, where the collector takes nothing from sandboxed frames. Such a frame has
// no origin: whoever answered there would be thanked, and their answers lost.
if (origin == "null") {
  const main = document.querySelector("main");
  main.textContent = "This survey can't be answered here, because the page around it keeps it in a sandbox.";
  Object.assign(main.style, { font: "1rem/1.5 system-ui, sans-serif", padding: "1rem" });
  console.warn(
    "Puls: this frame is sandboxed, and the collector doesn't allow the origin null. Add allow-same-origin to the frame's sandbox, or " +
      "null to the collector's --allow-origin.",
  );
  // The loader's tag comes next, and isn't read any more.
  stop();
}
