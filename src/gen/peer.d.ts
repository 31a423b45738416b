import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace isthmus. */
export namespace isthmus {

    /** Namespace v1. */
    namespace v1 {

        /** Represents a Peer */
        class Peer extends $protobuf.rpc.Service {

            /**
             * Constructs a new Peer service.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             */
            constructor(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean);

            /**
             * Creates new Peer service using the specified rpc implementation.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             * @returns RPC service. Useful where requests and/or responses are streamed.
             */
            static create(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean): Peer;

            /** Calls Exchange. */
            exchange: isthmus.v1.Peer.Exchange;
        }

        namespace Peer {

            /**
             * Callback as used by {@link isthmus.v1.Peer#exchange}.
             * @param error Error, if any
             * @param [response] SealedFrame
             */
            type ExchangeCallback = (error: (Error|null), response?: isthmus.v1.SealedFrame) => void;

            /** Calls Exchange. */
            type Exchange = {
              (request: isthmus.v1.ISealedFrame, callback: isthmus.v1.Peer.ExchangeCallback): void;
              (request: isthmus.v1.ISealedFrame): Promise<isthmus.v1.SealedFrame>;
              readonly name: "Exchange";
              readonly path: "/isthmus.v1.Peer/Exchange";
              readonly requestType: "SealedFrame";
              readonly responseType: "SealedFrame";
              readonly requestStream: true;
              readonly responseStream: true;
            };
        }

        /**
         * Properties of a SealedFrame.
         * @deprecated Use isthmus.v1.SealedFrame.$Properties instead.
         */
        interface ISealedFrame extends isthmus.v1.SealedFrame.$Properties {
        }

        /** Represents a SealedFrame. */
        class SealedFrame {

            /**
             * Constructs a new SealedFrame.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.SealedFrame.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SealedFrame frame. */
            frame: Uint8Array;

            /**
             * Creates a new SealedFrame instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SealedFrame instance
             */
            static create(properties: isthmus.v1.SealedFrame.$Shape): isthmus.v1.SealedFrame & isthmus.v1.SealedFrame.$Shape;
            static create(properties?: isthmus.v1.SealedFrame.$Properties): isthmus.v1.SealedFrame;

            /**
             * Encodes the specified SealedFrame message. Does not implicitly {@link isthmus.v1.SealedFrame.verify|verify} messages.
             * @param message SealedFrame message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.SealedFrame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SealedFrame message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.SealedFrame & isthmus.v1.SealedFrame.$Shape} SealedFrame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.SealedFrame & isthmus.v1.SealedFrame.$Shape;
        }

        namespace SealedFrame {

            /** Properties of a SealedFrame. */
            interface $Properties {

                /** SealedFrame frame */
                frame?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SealedFrame. */
            type $Shape = isthmus.v1.SealedFrame.$Properties;
        }
    }
}
