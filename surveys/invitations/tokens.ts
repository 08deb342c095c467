import { createHmac, randomBytes } from 'node:crypto';
import { mintPaperCode, readPaperCode } from '../paper-codes.ts';

/** What is derived from a token. Each says nothing about the others, so the store can't join what they name. */
export interface TokenKeys {
  /** Under which the invitation knows the token. */
  lookup: string;
  /** The id of the response that the holder of the token gives. */
  response: string;
  /** The id of the holder's call-back wish. */
  callback: string;
}

/** A fresh link token: 192 random bits as 32 base64url characters. Only its hash is ever stored. */
export function mintToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Groups of a token on paper: as long, hyphens included, as any other token. */
const paperGroups = [4, 4, 4, 4, 4, 3, 3];

/** A fresh token that can be typed from paper: 130 random bits as 26 characters in groups. */
export function mintPaperToken(): string {
  return mintPaperCode(paperGroups);
}

/** A token from paper as it was minted, from what somebody typed; undefined when it can't be one. */
export function readPaperToken(typed: string): string | undefined {
  return readPaperCode(typed, paperGroups);
}

/** Whether a text has the form of a token. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{32}$/.test(text);
}

/** Derives the three ids of a token, each as 64 hex characters. */
export function tokenKeys(token: string): TokenKeys {
  return {
    lookup: lookupOf(token),
    response: derive(token, 'response'),
    callback: derive(token, 'callback'),
  };
}

/** The stored hash of a token, alone: minting thousands needs no more. */
export function lookupOf(token: string): string {
  return derive(token, 'lookup');
}

/**
 * HKDF-Expand with SHA-256, one block (RFC 5869, 2.3). The extract step is left out, as 3.3 allows for input that is
 * a random key already; it would cost a post more than all its other arithmetic.
 */
function derive(token: string, purpose: string): string {
  return createHmac('sha256', token).update(`golden-ear token ${purpose}\x01`).digest('hex');
}
