import type { Caller } from './caller.ts';
import type { MethodName } from './changes.ts';
import { ControlError } from './control-error.ts';
import type { OwnHandlers } from './control-server.ts';
import { CONTROL, type Method } from './control-service.ts';
import { complete } from './messages.ts';

type Handler = (request: object, stopped: AbortSignal, caller: Caller) => AsyncIterable<object> | Promise<object>;

/** Executes an encoded request; yields the encoded replies, exactly one for a method without a stream. */
export async function* carryOut(
  handlers: OwnHandlers,
  name: MethodName,
  message: Uint8Array,
  stopped: AbortSignal,
  caller: Caller,
): AsyncGenerator<Uint8Array> {
  // Each method is joined with the handler of the same name, and `OwnHandlers` says that the two fit.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const method = CONTROL[name] as unknown as Method<object, object>;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const handle = handlers[name].bind(handlers) as unknown as Handler;
  const replies = handle(complete(decoded(method, message)), stopped, caller);
  if (replies instanceof Promise) yield method.responseSerialize(await replies);
  else for await (const reply of replies) yield method.responseSerialize(reply);
}

function decoded(method: Method<object, object>, message: Uint8Array): object {
  try {
    return method.requestDeserialize(Buffer.from(message));
  } catch {
    // Generated decoders report invalid messages only by throwing.
    throw new ControlError('the request cannot be read');
  }
}
