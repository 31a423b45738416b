import type { Code } from '../../codes.ts';

/** The request cannot be executed as given: an unknown instance, an invalid address. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly code: Code = 'request-invalid';
}

/** The caller has read access only. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError';
  readonly code: Code = 'not-allowed';
}
