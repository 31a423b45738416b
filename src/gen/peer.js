/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "./runtime.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["isthmus-peer"] || ($protobuf.roots["isthmus-peer"] = {});

export const isthmus = $root.isthmus = (() => {

    /**
     * Namespace isthmus.
     * @exports isthmus
     * @namespace
     */
    const isthmus = {};

    isthmus.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof isthmus
         * @namespace
         */
        const v1 = {};

        v1.Peer = (function() {

            /**
             * Constructs a new Peer service.
             * @memberof isthmus.v1
             * @classdesc Represents a Peer
             * @extends $protobuf.rpc.Service
             * @constructor
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             */
            const Peer = function(rpcImpl, requestDelimited, responseDelimited) {
                $protobuf.rpc.Service.call(this, rpcImpl, requestDelimited, responseDelimited);
            };

            $Object.defineProperty(Peer.prototype = $Object.create($protobuf.rpc.Service.prototype), "constructor", { value: Peer, writable: true, enumerable: false, configurable: true });

            /**
             * Creates new Peer service using the specified rpc implementation.
             * @function create
             * @memberof isthmus.v1.Peer
             * @static
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             * @returns {Peer} RPC service. Useful where requests and/or responses are streamed.
             */
            Peer.create = function(rpcImpl, requestDelimited, responseDelimited) {
                return new this(rpcImpl, requestDelimited, responseDelimited);
            };

            /**
             * Callback as used by {@link isthmus.v1.Peer#exchange}.
             * @memberof isthmus.v1.Peer
             * @typedef ExchangeCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.SealedFrame} [response] SealedFrame
             */

            /**
             * Calls Exchange.
             * @memberof isthmus.v1.Peer
             * @typedef Exchange
             * @type {{
             *   (request: isthmus.v1.ISealedFrame, callback: isthmus.v1.Peer.ExchangeCallback): void;
             *   (request: isthmus.v1.ISealedFrame): Promise<isthmus.v1.SealedFrame>;
             *   readonly name: "Exchange";
             *   readonly path: "/isthmus.v1.Peer/Exchange";
             *   readonly requestType: "SealedFrame";
             *   readonly responseType: "SealedFrame";
             *   readonly requestStream: true;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls Exchange.
             * @name isthmus.v1.Peer#exchange
             * @type {isthmus.v1.Peer.Exchange}
             */
            $Object.defineProperties(Peer.prototype.exchange = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Peer.prototype.exchange, $root.isthmus.v1.SealedFrame, $root.isthmus.v1.SealedFrame, request, callback);
            }, {
                name: { value: "Exchange" },
                path: { value: "/isthmus.v1.Peer/Exchange" },
                requestType: { value: "SealedFrame" },
                responseType: { value: "SealedFrame" },
                requestStream: { value: true },
                responseStream: { value: true }
            });

            return Peer;
        })();

        v1.SealedFrame = (function() {

            /**
             * Properties of a SealedFrame.
             * @typedef {Object} isthmus.v1.SealedFrame.$Properties
             * @property {Uint8Array|null} [frame] SealedFrame frame
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SealedFrame.
             * @memberof isthmus.v1
             * @interface ISealedFrame
             * @augments isthmus.v1.SealedFrame.$Properties
             * @deprecated Use isthmus.v1.SealedFrame.$Properties instead.
             */

            /**
             * Shape of a SealedFrame.
             * @typedef {isthmus.v1.SealedFrame.$Properties} isthmus.v1.SealedFrame.$Shape
             */

            /**
             * Constructs a new SealedFrame.
             * @memberof isthmus.v1
             * @classdesc Represents a SealedFrame.
             * @constructor
             * @param {isthmus.v1.SealedFrame.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SealedFrame = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SealedFrame frame.
             * @member {Uint8Array} frame
             * @memberof isthmus.v1.SealedFrame
             * @instance
             */
            SealedFrame.prototype.frame = $util.newBuffer([]);

            /**
             * Creates a new SealedFrame instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.SealedFrame
             * @static
             * @param {isthmus.v1.SealedFrame.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.SealedFrame} SealedFrame instance
             * @type {{
             *   (properties: isthmus.v1.SealedFrame.$Shape): isthmus.v1.SealedFrame & isthmus.v1.SealedFrame.$Shape;
             *   (properties?: isthmus.v1.SealedFrame.$Properties): isthmus.v1.SealedFrame;
             * }}
             */
            SealedFrame.create = function(properties) {
                return new SealedFrame(properties);
            };

            /**
             * Encodes the specified SealedFrame message. Does not implicitly {@link isthmus.v1.SealedFrame.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.SealedFrame
             * @static
             * @param {isthmus.v1.SealedFrame.$Properties} message SealedFrame message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SealedFrame.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.frame != null && $Object.hasOwnProperty.call(message, "frame") && message.frame.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.frame);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SealedFrame message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.SealedFrame
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.SealedFrame & isthmus.v1.SealedFrame.$Shape} SealedFrame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SealedFrame.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.isthmus.v1.SealedFrame();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.frame = value;
                            else
                                delete message.frame;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SealedFrame;
        })();

        return v1;
    })();

    return isthmus;
})();

export {
  $root as default
};
