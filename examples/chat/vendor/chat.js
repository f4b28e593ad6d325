// Stands for a chat vendor's script: it shows a conversation in a corner of the page, and tells the page by an event of its
// own when the conversation is over.

const chat = document.createElement("aside");
chat.className = "chat";
chat.innerHTML = `
  <header>Agnes, support</header>
  <p class="theirs">Hello! What can I do for you?</p>
  <form><input aria-label="Message" placeholder="Write a message"><button>Send</button></form>
  <button class="end">End the conversation</button>`;
document.body.append(chat);

const say = (text, className) => {
  const line = Object.assign(document.createElement("p"), { textContent: text, className });
  chat.querySelector("form").before(line);
};

chat.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = chat.querySelector("input");
  if (input.value) say(input.value, "ours");
  input.value = "";
});

chat.querySelector(".end").addEventListener("click", () => {
  chat.remove();
  dispatchEvent(new CustomEvent("chat:conversation-closed", { detail: { agent: "a17" } }));
});
