import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace isthmus. */
export namespace isthmus {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a LogBody.
         * @deprecated Use isthmus.v1.LogBody.$Properties instead.
         */
        interface ILogBody extends isthmus.v1.LogBody.$Properties {
        }

        /** Represents a LogBody. */
        class LogBody {

            /**
             * Constructs a new LogBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.LogBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LogBody batches. */
            batches: isthmus.v1.RecordBatch.$Properties[];

            /**
             * Creates a new LogBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LogBody instance
             */
            static create(properties: isthmus.v1.LogBody.$Shape): isthmus.v1.LogBody & isthmus.v1.LogBody.$Shape;
            static create(properties?: isthmus.v1.LogBody.$Properties): isthmus.v1.LogBody;

            /**
             * Encodes the specified LogBody message. Does not implicitly {@link isthmus.v1.LogBody.verify|verify} messages.
             * @param message LogBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.LogBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LogBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.LogBody & isthmus.v1.LogBody.$Shape} LogBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.LogBody & isthmus.v1.LogBody.$Shape;
        }

        namespace LogBody {

            /** Properties of a LogBody. */
            interface $Properties {

                /** LogBody batches */
                batches?: (isthmus.v1.RecordBatch.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LogBody. */
            type $Shape = isthmus.v1.LogBody.$Properties;
        }

        /**
         * Properties of a RecordBatch.
         * @deprecated Use isthmus.v1.RecordBatch.$Properties instead.
         */
        interface IRecordBatch extends isthmus.v1.RecordBatch.$Properties {
        }

        /** Represents a RecordBatch. */
        class RecordBatch {

            /**
             * Constructs a new RecordBatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.RecordBatch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RecordBatch instance. */
            instance: string;

            /** RecordBatch layout. */
            layout: number;

            /** RecordBatch records. */
            records: Uint8Array;

            /**
             * Creates a new RecordBatch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RecordBatch instance
             */
            static create(properties: isthmus.v1.RecordBatch.$Shape): isthmus.v1.RecordBatch & isthmus.v1.RecordBatch.$Shape;
            static create(properties?: isthmus.v1.RecordBatch.$Properties): isthmus.v1.RecordBatch;

            /**
             * Encodes the specified RecordBatch message. Does not implicitly {@link isthmus.v1.RecordBatch.verify|verify} messages.
             * @param message RecordBatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.RecordBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RecordBatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.RecordBatch & isthmus.v1.RecordBatch.$Shape} RecordBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.RecordBatch & isthmus.v1.RecordBatch.$Shape;
        }

        namespace RecordBatch {

            /** Properties of a RecordBatch. */
            interface $Properties {

                /** RecordBatch instance */
                instance?: (string|null);

                /** RecordBatch layout */
                layout?: (number|null);

                /** RecordBatch records */
                records?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RecordBatch. */
            type $Shape = isthmus.v1.RecordBatch.$Properties;
        }

        /**
         * Properties of a HelloBody.
         * @deprecated Use isthmus.v1.HelloBody.$Properties instead.
         */
        interface IHelloBody extends isthmus.v1.HelloBody.$Properties {
        }

        /** Represents a HelloBody. */
        class HelloBody {

            /**
             * Constructs a new HelloBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.HelloBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HelloBody node. */
            node: string;

            /** HelloBody software. */
            software: string;

            /** HelloBody heartbeatMs. */
            heartbeatMs: number;

            /** HelloBody revision. */
            revision: number;

            /** HelloBody instances. */
            instances: isthmus.v1.InstanceFingerprint.$Properties[];

            /** HelloBody info. */
            info: Uint8Array;

            /**
             * Creates a new HelloBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HelloBody instance
             */
            static create(properties: isthmus.v1.HelloBody.$Shape): isthmus.v1.HelloBody & isthmus.v1.HelloBody.$Shape;
            static create(properties?: isthmus.v1.HelloBody.$Properties): isthmus.v1.HelloBody;

            /**
             * Encodes the specified HelloBody message. Does not implicitly {@link isthmus.v1.HelloBody.verify|verify} messages.
             * @param message HelloBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.HelloBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HelloBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.HelloBody & isthmus.v1.HelloBody.$Shape} HelloBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.HelloBody & isthmus.v1.HelloBody.$Shape;
        }

        namespace HelloBody {

            /** Properties of a HelloBody. */
            interface $Properties {

                /** HelloBody node */
                node?: (string|null);

                /** HelloBody software */
                software?: (string|null);

                /** HelloBody heartbeatMs */
                heartbeatMs?: (number|null);

                /** HelloBody revision */
                revision?: (number|null);

                /** HelloBody instances */
                instances?: (isthmus.v1.InstanceFingerprint.$Properties[]|null);

                /** HelloBody info */
                info?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HelloBody. */
            type $Shape = isthmus.v1.HelloBody.$Properties;
        }

        /**
         * Properties of an InstanceFingerprint.
         * @deprecated Use isthmus.v1.InstanceFingerprint.$Properties instead.
         */
        interface IInstanceFingerprint extends isthmus.v1.InstanceFingerprint.$Properties {
        }

        /** Represents an InstanceFingerprint. */
        class InstanceFingerprint {

            /**
             * Constructs a new InstanceFingerprint.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.InstanceFingerprint.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InstanceFingerprint instance. */
            instance: string;

            /** InstanceFingerprint fields. */
            fields: isthmus.v1.FieldFingerprint.$Properties[];

            /**
             * Creates a new InstanceFingerprint instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InstanceFingerprint instance
             */
            static create(properties: isthmus.v1.InstanceFingerprint.$Shape): isthmus.v1.InstanceFingerprint & isthmus.v1.InstanceFingerprint.$Shape;
            static create(properties?: isthmus.v1.InstanceFingerprint.$Properties): isthmus.v1.InstanceFingerprint;

            /**
             * Encodes the specified InstanceFingerprint message. Does not implicitly {@link isthmus.v1.InstanceFingerprint.verify|verify} messages.
             * @param message InstanceFingerprint message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.InstanceFingerprint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InstanceFingerprint message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.InstanceFingerprint & isthmus.v1.InstanceFingerprint.$Shape} InstanceFingerprint
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.InstanceFingerprint & isthmus.v1.InstanceFingerprint.$Shape;
        }

        namespace InstanceFingerprint {

            /** Properties of an InstanceFingerprint. */
            interface $Properties {

                /** InstanceFingerprint instance */
                instance?: (string|null);

                /** InstanceFingerprint fields */
                fields?: (isthmus.v1.FieldFingerprint.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InstanceFingerprint. */
            type $Shape = isthmus.v1.InstanceFingerprint.$Properties;
        }

        /**
         * Properties of a FieldFingerprint.
         * @deprecated Use isthmus.v1.FieldFingerprint.$Properties instead.
         */
        interface IFieldFingerprint extends isthmus.v1.FieldFingerprint.$Properties {
        }

        /** Represents a FieldFingerprint. */
        class FieldFingerprint {

            /**
             * Constructs a new FieldFingerprint.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.FieldFingerprint.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FieldFingerprint field. */
            field: string;

            /** FieldFingerprint hash. */
            hash: string;

            /**
             * Creates a new FieldFingerprint instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FieldFingerprint instance
             */
            static create(properties: isthmus.v1.FieldFingerprint.$Shape): isthmus.v1.FieldFingerprint & isthmus.v1.FieldFingerprint.$Shape;
            static create(properties?: isthmus.v1.FieldFingerprint.$Properties): isthmus.v1.FieldFingerprint;

            /**
             * Encodes the specified FieldFingerprint message. Does not implicitly {@link isthmus.v1.FieldFingerprint.verify|verify} messages.
             * @param message FieldFingerprint message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.FieldFingerprint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FieldFingerprint message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.FieldFingerprint & isthmus.v1.FieldFingerprint.$Shape} FieldFingerprint
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.FieldFingerprint & isthmus.v1.FieldFingerprint.$Shape;
        }

        namespace FieldFingerprint {

            /** Properties of a FieldFingerprint. */
            interface $Properties {

                /** FieldFingerprint field */
                field?: (string|null);

                /** FieldFingerprint hash */
                hash?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FieldFingerprint. */
            type $Shape = isthmus.v1.FieldFingerprint.$Properties;
        }

        /**
         * Properties of a HeartbeatBody.
         * @deprecated Use isthmus.v1.HeartbeatBody.$Properties instead.
         */
        interface IHeartbeatBody extends isthmus.v1.HeartbeatBody.$Properties {
        }

        /** Represents a HeartbeatBody. */
        class HeartbeatBody {

            /**
             * Constructs a new HeartbeatBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.HeartbeatBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HeartbeatBody highest. */
            highest: number;

            /** HeartbeatBody oldest. */
            oldest: number;

            /** HeartbeatBody helloRevision. */
            helloRevision: number;

            /** HeartbeatBody heard. */
            heard: isthmus.v1.HeardPeer.$Properties[];

            /** HeartbeatBody receiveRoom. */
            receiveRoom: number;

            /** HeartbeatBody remembered. */
            remembered: isthmus.v1.HeardPeer.$Properties[];

            /** HeartbeatBody largestTried. */
            largestTried: number;

            /** HeartbeatBody padding. */
            padding: Uint8Array;

            /**
             * Creates a new HeartbeatBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HeartbeatBody instance
             */
            static create(properties: isthmus.v1.HeartbeatBody.$Shape): isthmus.v1.HeartbeatBody & isthmus.v1.HeartbeatBody.$Shape;
            static create(properties?: isthmus.v1.HeartbeatBody.$Properties): isthmus.v1.HeartbeatBody;

            /**
             * Encodes the specified HeartbeatBody message. Does not implicitly {@link isthmus.v1.HeartbeatBody.verify|verify} messages.
             * @param message HeartbeatBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.HeartbeatBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HeartbeatBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.HeartbeatBody & isthmus.v1.HeartbeatBody.$Shape} HeartbeatBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.HeartbeatBody & isthmus.v1.HeartbeatBody.$Shape;
        }

        namespace HeartbeatBody {

            /** Properties of a HeartbeatBody. */
            interface $Properties {

                /** HeartbeatBody highest */
                highest?: (number|null);

                /** HeartbeatBody oldest */
                oldest?: (number|null);

                /** HeartbeatBody helloRevision */
                helloRevision?: (number|null);

                /** HeartbeatBody heard */
                heard?: (isthmus.v1.HeardPeer.$Properties[]|null);

                /** HeartbeatBody receiveRoom */
                receiveRoom?: (number|null);

                /** HeartbeatBody remembered */
                remembered?: (isthmus.v1.HeardPeer.$Properties[]|null);

                /** HeartbeatBody largestTried */
                largestTried?: (number|null);

                /** HeartbeatBody padding */
                padding?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HeartbeatBody. */
            type $Shape = isthmus.v1.HeartbeatBody.$Properties;
        }

        /**
         * Properties of a HeardPeer.
         * @deprecated Use isthmus.v1.HeardPeer.$Properties instead.
         */
        interface IHeardPeer extends isthmus.v1.HeardPeer.$Properties {
        }

        /** Represents a HeardPeer. */
        class HeardPeer {

            /**
             * Constructs a new HeardPeer.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.HeardPeer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HeardPeer slot. */
            slot: number;

            /** HeardPeer epoch. */
            epoch: number;

            /** HeardPeer applied. */
            applied: number;

            /**
             * Creates a new HeardPeer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HeardPeer instance
             */
            static create(properties: isthmus.v1.HeardPeer.$Shape): isthmus.v1.HeardPeer & isthmus.v1.HeardPeer.$Shape;
            static create(properties?: isthmus.v1.HeardPeer.$Properties): isthmus.v1.HeardPeer;

            /**
             * Encodes the specified HeardPeer message. Does not implicitly {@link isthmus.v1.HeardPeer.verify|verify} messages.
             * @param message HeardPeer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.HeardPeer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HeardPeer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.HeardPeer & isthmus.v1.HeardPeer.$Shape} HeardPeer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.HeardPeer & isthmus.v1.HeardPeer.$Shape;
        }

        namespace HeardPeer {

            /** Properties of a HeardPeer. */
            interface $Properties {

                /** HeardPeer slot */
                slot?: (number|null);

                /** HeardPeer epoch */
                epoch?: (number|null);

                /** HeardPeer applied */
                applied?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HeardPeer. */
            type $Shape = isthmus.v1.HeardPeer.$Properties;
        }

        /**
         * Properties of a NackBody.
         * @deprecated Use isthmus.v1.NackBody.$Properties instead.
         */
        interface INackBody extends isthmus.v1.NackBody.$Properties {
        }

        /** Represents a NackBody. */
        class NackBody {

            /**
             * Constructs a new NackBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.NackBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NackBody slot. */
            slot: number;

            /** NackBody epoch. */
            epoch: number;

            /** NackBody ranges. */
            ranges: isthmus.v1.SequenceRange.$Properties[];

            /**
             * Creates a new NackBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NackBody instance
             */
            static create(properties: isthmus.v1.NackBody.$Shape): isthmus.v1.NackBody & isthmus.v1.NackBody.$Shape;
            static create(properties?: isthmus.v1.NackBody.$Properties): isthmus.v1.NackBody;

            /**
             * Encodes the specified NackBody message. Does not implicitly {@link isthmus.v1.NackBody.verify|verify} messages.
             * @param message NackBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.NackBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NackBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.NackBody & isthmus.v1.NackBody.$Shape} NackBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.NackBody & isthmus.v1.NackBody.$Shape;
        }

        namespace NackBody {

            /** Properties of a NackBody. */
            interface $Properties {

                /** NackBody slot */
                slot?: (number|null);

                /** NackBody epoch */
                epoch?: (number|null);

                /** NackBody ranges */
                ranges?: (isthmus.v1.SequenceRange.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NackBody. */
            type $Shape = isthmus.v1.NackBody.$Properties;
        }

        /**
         * Properties of a SequenceRange.
         * @deprecated Use isthmus.v1.SequenceRange.$Properties instead.
         */
        interface ISequenceRange extends isthmus.v1.SequenceRange.$Properties {
        }

        /** Represents a SequenceRange. */
        class SequenceRange {

            /**
             * Constructs a new SequenceRange.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.SequenceRange.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SequenceRange first. */
            first: number;

            /** SequenceRange count. */
            count: number;

            /**
             * Creates a new SequenceRange instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SequenceRange instance
             */
            static create(properties: isthmus.v1.SequenceRange.$Shape): isthmus.v1.SequenceRange & isthmus.v1.SequenceRange.$Shape;
            static create(properties?: isthmus.v1.SequenceRange.$Properties): isthmus.v1.SequenceRange;

            /**
             * Encodes the specified SequenceRange message. Does not implicitly {@link isthmus.v1.SequenceRange.verify|verify} messages.
             * @param message SequenceRange message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.SequenceRange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SequenceRange message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.SequenceRange & isthmus.v1.SequenceRange.$Shape} SequenceRange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.SequenceRange & isthmus.v1.SequenceRange.$Shape;
        }

        namespace SequenceRange {

            /** Properties of a SequenceRange. */
            interface $Properties {

                /** SequenceRange first */
                first?: (number|null);

                /** SequenceRange count */
                count?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SequenceRange. */
            type $Shape = isthmus.v1.SequenceRange.$Properties;
        }

        /**
         * Properties of a ResendBody.
         * @deprecated Use isthmus.v1.ResendBody.$Properties instead.
         */
        interface IResendBody extends isthmus.v1.ResendBody.$Properties {
        }

        /** Represents a ResendBody. */
        class ResendBody {

            /**
             * Constructs a new ResendBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ResendBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ResendBody frames. */
            frames: Uint8Array[];

            /**
             * Creates a new ResendBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ResendBody instance
             */
            static create(properties: isthmus.v1.ResendBody.$Shape): isthmus.v1.ResendBody & isthmus.v1.ResendBody.$Shape;
            static create(properties?: isthmus.v1.ResendBody.$Properties): isthmus.v1.ResendBody;

            /**
             * Encodes the specified ResendBody message. Does not implicitly {@link isthmus.v1.ResendBody.verify|verify} messages.
             * @param message ResendBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ResendBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResendBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ResendBody & isthmus.v1.ResendBody.$Shape} ResendBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ResendBody & isthmus.v1.ResendBody.$Shape;
        }

        namespace ResendBody {

            /** Properties of a ResendBody. */
            interface $Properties {

                /** ResendBody frames */
                frames?: (Uint8Array[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResendBody. */
            type $Shape = isthmus.v1.ResendBody.$Properties;
        }

        /**
         * Properties of a SnapshotRequestBody.
         * @deprecated Use isthmus.v1.SnapshotRequestBody.$Properties instead.
         */
        interface ISnapshotRequestBody extends isthmus.v1.SnapshotRequestBody.$Properties {
        }

        /** Represents a SnapshotRequestBody. */
        class SnapshotRequestBody {

            /**
             * Constructs a new SnapshotRequestBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.SnapshotRequestBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SnapshotRequestBody slot. */
            slot: number;

            /** SnapshotRequestBody epoch. */
            epoch: number;

            /** SnapshotRequestBody instance. */
            instance: string;

            /** SnapshotRequestBody request. */
            request: number;

            /**
             * Creates a new SnapshotRequestBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SnapshotRequestBody instance
             */
            static create(properties: isthmus.v1.SnapshotRequestBody.$Shape): isthmus.v1.SnapshotRequestBody & isthmus.v1.SnapshotRequestBody.$Shape;
            static create(properties?: isthmus.v1.SnapshotRequestBody.$Properties): isthmus.v1.SnapshotRequestBody;

            /**
             * Encodes the specified SnapshotRequestBody message. Does not implicitly {@link isthmus.v1.SnapshotRequestBody.verify|verify} messages.
             * @param message SnapshotRequestBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.SnapshotRequestBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SnapshotRequestBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.SnapshotRequestBody & isthmus.v1.SnapshotRequestBody.$Shape} SnapshotRequestBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.SnapshotRequestBody & isthmus.v1.SnapshotRequestBody.$Shape;
        }

        namespace SnapshotRequestBody {

            /** Properties of a SnapshotRequestBody. */
            interface $Properties {

                /** SnapshotRequestBody slot */
                slot?: (number|null);

                /** SnapshotRequestBody epoch */
                epoch?: (number|null);

                /** SnapshotRequestBody instance */
                instance?: (string|null);

                /** SnapshotRequestBody request */
                request?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SnapshotRequestBody. */
            type $Shape = isthmus.v1.SnapshotRequestBody.$Properties;
        }

        /**
         * Properties of a CallBody.
         * @deprecated Use isthmus.v1.CallBody.$Properties instead.
         */
        interface ICallBody extends isthmus.v1.CallBody.$Properties {
        }

        /** Represents a CallBody. */
        class CallBody {

            /**
             * Constructs a new CallBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.CallBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CallBody to. */
            to: number;

            /** CallBody epoch. */
            epoch: number;

            /** CallBody call. */
            call: number;

            /** CallBody request. */
            request?: (isthmus.v1.CallRequest.$Properties|null);

            /** CallBody reply. */
            reply?: (isthmus.v1.CallReply.$Properties|null);

            /** CallBody progress. */
            progress?: (isthmus.v1.CallProgress.$Properties|null);

            /**
             * Creates a new CallBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CallBody instance
             */
            static create(properties: isthmus.v1.CallBody.$Shape): isthmus.v1.CallBody & isthmus.v1.CallBody.$Shape;
            static create(properties?: isthmus.v1.CallBody.$Properties): isthmus.v1.CallBody;

            /**
             * Encodes the specified CallBody message. Does not implicitly {@link isthmus.v1.CallBody.verify|verify} messages.
             * @param message CallBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.CallBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CallBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.CallBody & isthmus.v1.CallBody.$Shape} CallBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.CallBody & isthmus.v1.CallBody.$Shape;
        }

        namespace CallBody {

            /** Properties of a CallBody. */
            interface $Properties {

                /** CallBody to */
                to?: (number|null);

                /** CallBody epoch */
                epoch?: (number|null);

                /** CallBody call */
                call?: (number|null);

                /** CallBody request */
                request?: (isthmus.v1.CallRequest.$Properties|null);

                /** CallBody reply */
                reply?: (isthmus.v1.CallReply.$Properties|null);

                /** CallBody progress */
                progress?: (isthmus.v1.CallProgress.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CallBody. */
            type $Shape = isthmus.v1.CallBody.$Properties;
        }

        /**
         * Properties of a CallRequest.
         * @deprecated Use isthmus.v1.CallRequest.$Properties instead.
         */
        interface ICallRequest extends isthmus.v1.CallRequest.$Properties {
        }

        /** Represents a CallRequest. */
        class CallRequest {

            /**
             * Constructs a new CallRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.CallRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CallRequest method. */
            method: string;

            /** CallRequest message. */
            message: Uint8Array;

            /** CallRequest user. */
            user: string;

            /** CallRequest limitMs. */
            limitMs: number;

            /**
             * Creates a new CallRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CallRequest instance
             */
            static create(properties: isthmus.v1.CallRequest.$Shape): isthmus.v1.CallRequest & isthmus.v1.CallRequest.$Shape;
            static create(properties?: isthmus.v1.CallRequest.$Properties): isthmus.v1.CallRequest;

            /**
             * Encodes the specified CallRequest message. Does not implicitly {@link isthmus.v1.CallRequest.verify|verify} messages.
             * @param message CallRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.CallRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CallRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.CallRequest & isthmus.v1.CallRequest.$Shape} CallRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.CallRequest & isthmus.v1.CallRequest.$Shape;
        }

        namespace CallRequest {

            /** Properties of a CallRequest. */
            interface $Properties {

                /** CallRequest method */
                method?: (string|null);

                /** CallRequest message */
                message?: (Uint8Array|null);

                /** CallRequest user */
                user?: (string|null);

                /** CallRequest limitMs */
                limitMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CallRequest. */
            type $Shape = isthmus.v1.CallRequest.$Properties;
        }

        /**
         * Properties of a CallReply.
         * @deprecated Use isthmus.v1.CallReply.$Properties instead.
         */
        interface ICallReply extends isthmus.v1.CallReply.$Properties {
        }

        /** Represents a CallReply. */
        class CallReply {

            /**
             * Constructs a new CallReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.CallReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CallReply chunk. */
            chunk: number;

            /** CallReply data. */
            data: Uint8Array;

            /** CallReply complete. */
            complete: boolean;

            /** CallReply last. */
            last: boolean;

            /** CallReply code. */
            code: string;

            /** CallReply text. */
            text: string;

            /**
             * Creates a new CallReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CallReply instance
             */
            static create(properties: isthmus.v1.CallReply.$Shape): isthmus.v1.CallReply & isthmus.v1.CallReply.$Shape;
            static create(properties?: isthmus.v1.CallReply.$Properties): isthmus.v1.CallReply;

            /**
             * Encodes the specified CallReply message. Does not implicitly {@link isthmus.v1.CallReply.verify|verify} messages.
             * @param message CallReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.CallReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CallReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.CallReply & isthmus.v1.CallReply.$Shape} CallReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.CallReply & isthmus.v1.CallReply.$Shape;
        }

        namespace CallReply {

            /** Properties of a CallReply. */
            interface $Properties {

                /** CallReply chunk */
                chunk?: (number|null);

                /** CallReply data */
                data?: (Uint8Array|null);

                /** CallReply complete */
                complete?: (boolean|null);

                /** CallReply last */
                last?: (boolean|null);

                /** CallReply code */
                code?: (string|null);

                /** CallReply text */
                text?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CallReply. */
            type $Shape = isthmus.v1.CallReply.$Properties;
        }

        /**
         * Properties of a CallProgress.
         * @deprecated Use isthmus.v1.CallProgress.$Properties instead.
         */
        interface ICallProgress extends isthmus.v1.CallProgress.$Properties {
        }

        /** Represents a CallProgress. */
        class CallProgress {

            /**
             * Constructs a new CallProgress.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.CallProgress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CallProgress received. */
            received: number;

            /** CallProgress room. */
            room: number;

            /** CallProgress cancelled. */
            cancelled: boolean;

            /**
             * Creates a new CallProgress instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CallProgress instance
             */
            static create(properties: isthmus.v1.CallProgress.$Shape): isthmus.v1.CallProgress & isthmus.v1.CallProgress.$Shape;
            static create(properties?: isthmus.v1.CallProgress.$Properties): isthmus.v1.CallProgress;

            /**
             * Encodes the specified CallProgress message. Does not implicitly {@link isthmus.v1.CallProgress.verify|verify} messages.
             * @param message CallProgress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.CallProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CallProgress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.CallProgress & isthmus.v1.CallProgress.$Shape} CallProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.CallProgress & isthmus.v1.CallProgress.$Shape;
        }

        namespace CallProgress {

            /** Properties of a CallProgress. */
            interface $Properties {

                /** CallProgress received */
                received?: (number|null);

                /** CallProgress room */
                room?: (number|null);

                /** CallProgress cancelled */
                cancelled?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CallProgress. */
            type $Shape = isthmus.v1.CallProgress.$Properties;
        }

        /**
         * Properties of a RelayBody.
         * @deprecated Use isthmus.v1.RelayBody.$Properties instead.
         */
        interface IRelayBody extends isthmus.v1.RelayBody.$Properties {
        }

        /** Represents a RelayBody. */
        class RelayBody {

            /**
             * Constructs a new RelayBody.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.RelayBody.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RelayBody to. */
            to: number;

            /** RelayBody epoch. */
            epoch: number;

            /** RelayBody instance. */
            instance: string;

            /** RelayBody packet. */
            packet: number;

            /** RelayBody pieces. */
            pieces: number;

            /** RelayBody piece. */
            piece: number;

            /** RelayBody data. */
            data: Uint8Array;

            /**
             * Creates a new RelayBody instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RelayBody instance
             */
            static create(properties: isthmus.v1.RelayBody.$Shape): isthmus.v1.RelayBody & isthmus.v1.RelayBody.$Shape;
            static create(properties?: isthmus.v1.RelayBody.$Properties): isthmus.v1.RelayBody;

            /**
             * Encodes the specified RelayBody message. Does not implicitly {@link isthmus.v1.RelayBody.verify|verify} messages.
             * @param message RelayBody message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.RelayBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RelayBody message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.RelayBody & isthmus.v1.RelayBody.$Shape} RelayBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.RelayBody & isthmus.v1.RelayBody.$Shape;
        }

        namespace RelayBody {

            /** Properties of a RelayBody. */
            interface $Properties {

                /** RelayBody to */
                to?: (number|null);

                /** RelayBody epoch */
                epoch?: (number|null);

                /** RelayBody instance */
                instance?: (string|null);

                /** RelayBody packet */
                packet?: (number|null);

                /** RelayBody pieces */
                pieces?: (number|null);

                /** RelayBody piece */
                piece?: (number|null);

                /** RelayBody data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RelayBody. */
            type $Shape = isthmus.v1.RelayBody.$Properties;
        }
    }
}
