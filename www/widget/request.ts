import { parsed } from "./parsed";

/** Whether something in the outbox is a sealed report, kept in base64. Otherwise it is a release, which is JSON. */
const isReport = (body: string): boolean => body[0] != "{";

/** How something in the outbox is sent: a release as JSON, a sealed report as its bytes. */
export const requestFor = (body: string): RequestInit =>
  isReport(body)
    ? {
        method: "PUT",
        headers: { "content-type": "application/dap-report" },
        body: Uint8Array.from(atob(body), (char) => char.charCodeAt(0)),
      }
    : { method: "POST", headers: { "content-type": "application/json" }, body };

/**
 * Whether an answer is what a collector or a leader says when it has taken something. The status isn't enough, since
 * other servers answer with success as well.
 */
export const isReceipt = (said: string, body: string): boolean =>
  isReport(body) ? !said : parsed(said).status == "accepted";
