/** How something in the outbox is sent: a release as JSON; a sealed report, which is kept in base64, as its bytes. */
export const requestFor = (body: string): RequestInit =>
  body[0] == "{"
    ? { method: "POST", headers: { "content-type": "application/json" }, body }
    : {
        method: "PUT",
        headers: { "content-type": "application/dap-report" },
        body: Uint8Array.from(atob(body), (char) => char.charCodeAt(0)),
      };
