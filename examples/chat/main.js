import { configure, puls } from "puls-survey";

configure({ origin: "https://surveys.example.com" });

// The chat says who helped; only names that the survey's definition lists are ever sent.
addEventListener("chat:conversation-closed", ({ detail }) => {
  puls("open", "support-chat", { segment: { agent: detail.agent } });
});

puls("on", "completed", () => {
  document.querySelector("h1").textContent = "Thank you for telling us";
});
