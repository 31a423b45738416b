import { z } from 'zod';
import { filePath } from './values.ts';
import { HTTP_ADDRESS_FORM, parseHttpAddress } from './http-address.ts';

/** An address with its port. */
export const httpAddress = z.string().refine((text) => parseHttpAddress(text) !== undefined, {
  error: ({ input }) => `${JSON.stringify(input)} is no address with a port; write it like ${HTTP_ADDRESS_FORM}`,
});

/** Access to the HTTP endpoint, and its certificate. */
export const http = z.strictObject({
  certificate: filePath
    .optional()
    .describe('Certificate of the HTTP endpoint, followed by those up to its authority, PEM. Default: none (no TLS)'),
  key: filePath.optional().describe('Private key of the certificate, PEM, readable by its owner only. Default: none'),
  tokenFile: filePath
    .optional()
    .describe(
      'File with the required token, readable by its owner only: sent as a bearer token, or as the password ' +
        'of any user name. Default: none',
    ),
  clientCa: filePath
    .optional()
    .describe(
      'Certificate of an authority, PEM: clients with a certificate that it signed need no token. Default: none',
    ),
  insecure: z
    .boolean()
    .default(false)
    .describe(
      'Whether an address beyond loopback is accepted without TLS, or without tokenFile and clientCa: any host that reaches ' +
        'it then reads everything',
    ),
});

export type HttpConfig = z.output<typeof http>;
