import type { TranslatorCounters } from './counters.ts';
import { Nat64Translator } from './nat64/nat64-translator.ts';
import type { TranslatorOptions } from './options.ts';
import { SiitTranslator } from './siit/siit-translator.ts';
import type { PacketSink, Translator } from './translator.ts';

/** The translator for these options. @throws RangeError if they violate the contract of options.ts */
export function createTranslator(
  options: TranslatorOptions,
  sink: PacketSink,
  counters: TranslatorCounters,
): Translator {
  if (options.kind === 'nat64') return new Nat64Translator(options, sink, counters);
  return new SiitTranslator(options, sink, counters);
}
