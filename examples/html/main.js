import { configure } from "puls-survey";

configure({ origin: "https://surveys.example.com" });

const output = document.querySelector("output");
document.addEventListener("puls-released", ({ detail }) => {
  output.value = `Sent for ${detail.wave}`;
});
