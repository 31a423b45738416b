import type { Code } from '../../codes.ts';

/** The request cannot be carried out as it stands: an unknown instance, an address that is none. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly code: Code = 'request-invalid';
}

/** Whoever asks may look, and not do that. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError';
  readonly code: Code = 'not-allowed';
}
