// Generated code decodes 64-bit fields to numbers, as its declarations say, and not to objects of the "long" package.
import protobuf from 'protobufjs/minimal.js';

protobuf.util.Long = null;
protobuf.configure();

export default protobuf;
