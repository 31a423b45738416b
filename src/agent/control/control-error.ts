import type { Code } from '../../codes.ts';

/** The request cannot be carried out as it stands: an unknown instance, an address that is none. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly code: Code = 'request-invalid';
}
