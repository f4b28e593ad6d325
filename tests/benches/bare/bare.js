// The yardstick of the measurement: the NPS survey by hand, for a page that needs nothing else. One file with
// everything in it, no framework, no WASM, no other survey, and no privacy: what is posted is the answer.
{
  const origin = new URL(document.currentScript.src).origin;
  const style = `
    :host { all: initial; color-scheme: light dark; }
    section { position: fixed; inset-block-end: 20px; inset-inline-end: 20px; width: min(420px, calc(100vw - 40px));
      box-sizing: border-box; display: grid; gap: 20px; padding: 20px; font: 16px/1.5 system-ui, sans-serif;
      color: light-dark(#1c2124, #eef1f2); background: light-dark(#fff, #1c1f21); border: 1px solid light-dark(#d3dade, #454d51);
      border-radius: 16px; box-shadow: 0 16px 40px -8px rgb(0 0 0 / 24%); }
    h2 { margin: 0; font-size: 19px; font-weight: 600; line-height: 1.35; }
    .scale { display: grid; grid-template-columns: repeat(auto-fit, minmax(29px, 1fr)); gap: 4px; }
    .ends { display: flex; justify-content: space-between; font-size: 13px; }
    button { min-height: 44px; padding: 0; font: inherit; color: inherit; border: 1px solid light-dark(#d3dade, #454d51);
      border-radius: 10px; background: light-dark(#f4f6f7, #272b2e); cursor: pointer; }
    button[aria-checked="true"], .send { color: light-dark(#fff, #04302b); background: light-dark(#0f766e, #5eead4); }
    .send { justify-self: end; padding: 0 20px; border-radius: 22px; }
    .send:disabled { opacity: 0.5; }`;

  const host = document.createElement("bare-survey");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>${style}</style>
    <section role="dialog" aria-label="Would you recommend us?">
      <h2 id="question">How likely are you to recommend us to a friend or colleague?</h2>
      <div class="scale" role="radiogroup" aria-labelledby="question">${Array.from(
        { length: 11 },
        (_, score) =>
          `<button type="button" role="radio" aria-checked="false" tabindex="${score ? -1 : 0}">${score}</button>`,
      ).join("")}</div>
      <div class="ends" aria-hidden="true"><span>Not at all likely</span><span>Extremely likely</span></div>
      <button type="button" class="send" disabled>Send</button>
    </section>`;

  const scores = [...root.querySelectorAll("[role=radio]")];
  const send = root.querySelector(".send");
  let chosen;
  const choose = (score) => {
    chosen = score;
    scores.forEach((button, at) => button.setAttribute("aria-checked", at == score));
    send.disabled = false;
  };
  scores.forEach((button, score) => button.addEventListener("click", () => choose(score)));
  root.querySelector(".scale").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: 10, ArrowUp: 10 }[event.key];
    if (!step) return;
    event.preventDefault();
    const from = scores.indexOf(event.target);
    const to = scores[(from + step) % 11];
    event.target.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
  send.addEventListener("click", () => {
    const body = JSON.stringify({ recommend: chosen });
    fetch(`${origin}/answers`, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {});
    root.querySelector("section").innerHTML = "<h2>Thank you!</h2>";
  });
  document.body.append(host);
}
