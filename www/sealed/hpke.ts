// HPKE (RFC 9180) by the browser's own cryptography: base mode, X25519, HKDF-SHA256, AES-128-GCM.

import type { Bytes, Seal } from "../contract";

const text = (text: string): Bytes => new TextEncoder().encode(text);

export function concat(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

// The prefixes of labels: that of the key encapsulation, and that of the suite.
const KEM = text("HPKE-v1KEM\0\x20");
const SUITE = text("HPKE-v1HPKE\0\x20\0\x01\0\x01");
const NOTHING = new Uint8Array();

const subtle = globalThis.crypto?.subtle;
const X25519 = { name: "X25519" };

const generate = async (): Promise<CryptoKeyPair> =>
  (await subtle.generateKey(X25519, false, ["deriveBits"])) as CryptoKeyPair;

/** Whether the browser has X25519. A page without HTTPS has no `crypto.subtle` at all. */
export const canSeal = (): Promise<boolean> =>
  generate().then(
    () => true,
    () => false,
  );

const asExtracted = (input: Bytes): Promise<CryptoKey> => subtle.importKey("raw", input, "HKDF", false, ["deriveBits"]);

/** Both steps of HKDF in one: extracts with `salt`, then does LabeledExpand. */
async function derive(from: CryptoKey, salt: Bytes, label: Bytes, context: Bytes, length: number): Promise<Bytes> {
  const info = concat(Uint8Array.of(0, length), label, context);
  return new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, from, length * 8));
}

/** LabeledExtract without a salt, which is HMAC with a key of zeros. */
async function extract(label: Bytes): Promise<Bytes> {
  const key = await subtle.importKey("raw", new Uint8Array(32), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", key, label));
}

/**
 * The key schedule's contexts, by `info`. There are only two, one for each aggregator; neither has a pre-shared key.
 */
const contexts = new Map<string, Promise<Bytes>>();

function contextOf(info: Bytes): Promise<Bytes> {
  const name = String(info);
  const known = contexts.get(name);
  if (known) return known;
  const hashes = [text("psk_id_hash"), concat(text("info_hash"), info)].map((input) => extract(concat(SUITE, input)));
  const context = Promise.all(hashes).then((hashes) => concat(Uint8Array.of(0), ...hashes));
  contexts.set(name, context);
  return context;
}

export const seal: Seal = async (key, info, bound, plaintext) => {
  const [own, recipient, context, secret] = await Promise.all([
    generate(),
    subtle.importKey("raw", key, X25519, false, []),
    contextOf(info),
    asExtracted(concat(SUITE, text("secret"))),
  ]);
  const [encapsulated, agreed] = await Promise.all([
    subtle.exportKey("raw", own.publicKey).then((key) => new Uint8Array(key)),
    subtle.deriveBits({ ...X25519, public: recipient }, own.privateKey, 256).then((bits) => new Uint8Array(bits)),
  ]);
  const prk = await asExtracted(concat(KEM, text("eae_prk"), agreed));
  const shared = await derive(prk, NOTHING, concat(KEM, text("shared_secret")), concat(encapsulated, key), 32);
  const [aes, iv] = await Promise.all([
    derive(secret, shared, concat(SUITE, text("key")), context, 16),
    derive(secret, shared, concat(SUITE, text("base_nonce")), context, 12),
  ]);
  const once = await subtle.importKey("raw", aes, "AES-GCM", false, ["encrypt"]);
  const payload = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, once, plaintext);
  return concat(encapsulated, new Uint8Array(payload));
};
