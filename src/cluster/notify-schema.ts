import { z } from 'zod';
import { isCode } from '../codes.ts';
import { described, filePath, name, someTime } from './values.ts';

/** The section `notify` of the cluster file: notifications of events as they occur. */

/** Keys common to all kinds of targets. */
const common = {
  severity: z
    .enum(['info', 'warning', 'error'])
    .default('warning')
    .describe('Lowest severity of the events that are sent'),
  codes: z
    .array(z.string().refine(isCode, 'not a code of an event; docs/codes.md lists them'))
    .min(1)
    .max(64)
    .optional()
    .describe('Codes of the events that are sent, whatever their severity. Default: all of the severity'),
  timeout: someTime
    .refine((ms) => ms <= 60_000, 'too long; 60s is the most')
    .prefault('10s')
    .describe('Maximum time of one attempt'),
  retries: z
    .number()
    .int()
    .min(0)
    .max(20)
    .default(8)
    .meta(described('Further attempts for an event, 1 s to 60 s apart; then it is lost, and counted', 'attempts')),
  queue: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .meta(described('Maximum events that wait; of more the oldest is lost, and counted', 'events')),
};

const exec = z.strictObject({
  kind: z.literal('exec').describe('A command of the site; the event is a JSON line on its standard input'),
  command: z
    .array(z.string().min(1))
    .min(1)
    .max(32)
    .refine(([program = '']) => program.startsWith('/'), 'the program needs its full path, such as /usr/local/bin/page')
    .describe('Program and arguments; exit status 0 means that the event was delivered'),
  ...common,
});

const webhook = z.strictObject({
  kind: z.literal('webhook').describe('An HTTP server; the event is the body of a POST, as JSON'),
  url: z
    .string()
    .refine(isHttpUrl, 'not a URL of HTTP without a password in it; write it like https://HOST/PATH')
    .describe('URL; any status from 200 to 299 means that the event was delivered. Redirections are not followed'),
  tokenFile: filePath
    .optional()
    .describe('File with a bearer token, readable by its owner only; read for each attempt. Default: none'),
  ca: filePath
    .optional()
    .describe('Certificates of the authority of the server, PEM; read for each attempt. Default: those of the system'),
  ...common,
});

/** Maximum number of targets, which work independently. */
const MAX_TARGETS = 8;

export const notify = z
  .record(name, z.discriminatedUnion('kind', [exec, webhook]))
  .refine((targets) => Object.keys(targets).length <= MAX_TARGETS, `at most ${MAX_TARGETS} are possible`);

export type NotifyTarget = z.output<typeof notify>[string];

/** A password in a URL would be visible wherever the file is shown. */
function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
