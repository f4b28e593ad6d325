import { configure } from "puls-survey";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { Rating } from "./rating";

configure({ origin: "https://surveys.example.com" });

function Conversation() {
  const [over, setOver] = useState(true);
  const [sent, setSent] = useState("");
  return (
    <main>
      <h1>Your conversation with Agnes</h1>
      {over && <Rating agent="a17" onSent={setSent} />}
      <button type="button" onClick={() => setOver(!over)}>
        {over ? "Go on" : "End it"}
      </button>
      <output>{sent}</output>
    </main>
  );
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Conversation />
  </StrictMode>,
);
