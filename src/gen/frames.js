/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "./runtime.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["isthmus-frames"] || ($protobuf.roots["isthmus-frames"] = {});

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

        v1.LogBody = (function() {

            /**
             * Properties of a LogBody.
             * @typedef {Object} isthmus.v1.LogBody.$Properties
             * @property {Array.<isthmus.v1.RecordBatch.$Properties>|null} [batches] LogBody batches
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LogBody.
             * @memberof isthmus.v1
             * @interface ILogBody
             * @augments isthmus.v1.LogBody.$Properties
             * @deprecated Use isthmus.v1.LogBody.$Properties instead.
             */

            /**
             * Shape of a LogBody.
             * @typedef {isthmus.v1.LogBody.$Properties} isthmus.v1.LogBody.$Shape
             */

            /**
             * Constructs a new LogBody.
             * @memberof isthmus.v1
             * @classdesc Represents a LogBody.
             * @constructor
             * @param {isthmus.v1.LogBody.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LogBody = function (properties) {
                this.batches = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LogBody batches.
             * @member {Array.<isthmus.v1.RecordBatch.$Properties>} batches
             * @memberof isthmus.v1.LogBody
             * @instance
             */
            LogBody.prototype.batches = $util.emptyArray;

            /**
             * Creates a new LogBody instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.LogBody
             * @static
             * @param {isthmus.v1.LogBody.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.LogBody} LogBody instance
             * @type {{
             *   (properties: isthmus.v1.LogBody.$Shape): isthmus.v1.LogBody & isthmus.v1.LogBody.$Shape;
             *   (properties?: isthmus.v1.LogBody.$Properties): isthmus.v1.LogBody;
             * }}
             */
            LogBody.create = function(properties) {
                return new LogBody(properties);
            };

            /**
             * Encodes the specified LogBody message. Does not implicitly {@link isthmus.v1.LogBody.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.LogBody
             * @static
             * @param {isthmus.v1.LogBody.$Properties} message LogBody message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LogBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.batches != null && message.batches.length)
                    for (let i = 0; i < message.batches.length; ++i)
                        $root.isthmus.v1.RecordBatch.encode(message.batches[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LogBody message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.LogBody
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.LogBody & isthmus.v1.LogBody.$Shape} LogBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LogBody.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.isthmus.v1.LogBody();
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
                            if (!(message.batches && message.batches.length))
                                message.batches = [];
                            message.batches.push($root.isthmus.v1.RecordBatch.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return LogBody;
        })();

        v1.RecordBatch = (function() {

            /**
             * Properties of a RecordBatch.
             * @typedef {Object} isthmus.v1.RecordBatch.$Properties
             * @property {string|null} [instance] RecordBatch instance
             * @property {number|null} [layout] RecordBatch layout
             * @property {Uint8Array|null} [records] RecordBatch records
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RecordBatch.
             * @memberof isthmus.v1
             * @interface IRecordBatch
             * @augments isthmus.v1.RecordBatch.$Properties
             * @deprecated Use isthmus.v1.RecordBatch.$Properties instead.
             */

            /**
             * Shape of a RecordBatch.
             * @typedef {isthmus.v1.RecordBatch.$Properties} isthmus.v1.RecordBatch.$Shape
             */

            /**
             * Constructs a new RecordBatch.
             * @memberof isthmus.v1
             * @classdesc Represents a RecordBatch.
             * @constructor
             * @param {isthmus.v1.RecordBatch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RecordBatch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RecordBatch instance.
             * @member {string} instance
             * @memberof isthmus.v1.RecordBatch
             * @instance
             */
            RecordBatch.prototype.instance = "";

            /**
             * RecordBatch layout.
             * @member {number} layout
             * @memberof isthmus.v1.RecordBatch
             * @instance
             */
            RecordBatch.prototype.layout = 0;

            /**
             * RecordBatch records.
             * @member {Uint8Array} records
             * @memberof isthmus.v1.RecordBatch
             * @instance
             */
            RecordBatch.prototype.records = $util.newBuffer([]);

            /**
             * Creates a new RecordBatch instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.RecordBatch
             * @static
             * @param {isthmus.v1.RecordBatch.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.RecordBatch} RecordBatch instance
             * @type {{
             *   (properties: isthmus.v1.RecordBatch.$Shape): isthmus.v1.RecordBatch & isthmus.v1.RecordBatch.$Shape;
             *   (properties?: isthmus.v1.RecordBatch.$Properties): isthmus.v1.RecordBatch;
             * }}
             */
            RecordBatch.create = function(properties) {
                return new RecordBatch(properties);
            };

            /**
             * Encodes the specified RecordBatch message. Does not implicitly {@link isthmus.v1.RecordBatch.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.RecordBatch
             * @static
             * @param {isthmus.v1.RecordBatch.$Properties} message RecordBatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RecordBatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.layout != null && $Object.hasOwnProperty.call(message, "layout") && message.layout !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.layout);
                if (message.records != null && $Object.hasOwnProperty.call(message, "records") && message.records.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.records);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RecordBatch message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.RecordBatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.RecordBatch & isthmus.v1.RecordBatch.$Shape} RecordBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RecordBatch.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.RecordBatch();
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
                            if ((value = reader.stringVerify()).length)
                                message.instance = value;
                            else
                                delete message.instance;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.layout = value;
                            else
                                delete message.layout;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.records = value;
                            else
                                delete message.records;
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

            return RecordBatch;
        })();

        v1.HelloBody = (function() {

            /**
             * Properties of a HelloBody.
             * @typedef {Object} isthmus.v1.HelloBody.$Properties
             * @property {string|null} [node] HelloBody node
             * @property {string|null} [software] HelloBody software
             * @property {number|null} [heartbeatMs] HelloBody heartbeatMs
             * @property {number|null} [revision] HelloBody revision
             * @property {Array.<isthmus.v1.InstanceFingerprint.$Properties>|null} [instances] HelloBody instances
             * @property {Uint8Array|null} [info] HelloBody info
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HelloBody.
             * @memberof isthmus.v1
             * @interface IHelloBody
             * @augments isthmus.v1.HelloBody.$Properties
             * @deprecated Use isthmus.v1.HelloBody.$Properties instead.
             */

            /**
             * Shape of a HelloBody.
             * @typedef {isthmus.v1.HelloBody.$Properties} isthmus.v1.HelloBody.$Shape
             */

            /**
             * Constructs a new HelloBody.
             * @memberof isthmus.v1
             * @classdesc Represents a HelloBody.
             * @constructor
             * @param {isthmus.v1.HelloBody.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HelloBody = function (properties) {
                this.instances = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HelloBody node.
             * @member {string} node
             * @memberof isthmus.v1.HelloBody
             * @instance
             */
            HelloBody.prototype.node = "";

            /**
             * HelloBody software.
             * @member {string} software
             * @memberof isthmus.v1.HelloBody
             * @instance
             */
            HelloBody.prototype.software = "";

            /**
             * HelloBody heartbeatMs.
             * @member {number} heartbeatMs
             * @memberof isthmus.v1.HelloBody
             * @instance
             */
            HelloBody.prototype.heartbeatMs = 0;

            /**
             * HelloBody revision.
             * @member {number} revision
             * @memberof isthmus.v1.HelloBody
             * @instance
             */
            HelloBody.prototype.revision = 0;

            /**
             * HelloBody instances.
             * @member {Array.<isthmus.v1.InstanceFingerprint.$Properties>} instances
             * @memberof isthmus.v1.HelloBody
             * @instance
             */
            HelloBody.prototype.instances = $util.emptyArray;

            /**
             * HelloBody info.
             * @member {Uint8Array} info
             * @memberof isthmus.v1.HelloBody
             * @instance
             */
            HelloBody.prototype.info = $util.newBuffer([]);

            /**
             * Creates a new HelloBody instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.HelloBody
             * @static
             * @param {isthmus.v1.HelloBody.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.HelloBody} HelloBody instance
             * @type {{
             *   (properties: isthmus.v1.HelloBody.$Shape): isthmus.v1.HelloBody & isthmus.v1.HelloBody.$Shape;
             *   (properties?: isthmus.v1.HelloBody.$Properties): isthmus.v1.HelloBody;
             * }}
             */
            HelloBody.create = function(properties) {
                return new HelloBody(properties);
            };

            /**
             * Encodes the specified HelloBody message. Does not implicitly {@link isthmus.v1.HelloBody.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.HelloBody
             * @static
             * @param {isthmus.v1.HelloBody.$Properties} message HelloBody message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HelloBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                if (message.software != null && $Object.hasOwnProperty.call(message, "software") && message.software !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.software);
                if (message.heartbeatMs != null && $Object.hasOwnProperty.call(message, "heartbeatMs") && message.heartbeatMs !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.heartbeatMs);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && message.revision !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.revision);
                if (message.instances != null && message.instances.length)
                    for (let i = 0; i < message.instances.length; ++i)
                        $root.isthmus.v1.InstanceFingerprint.encode(message.instances[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.info != null && $Object.hasOwnProperty.call(message, "info") && message.info.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.info);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HelloBody message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.HelloBody
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.HelloBody & isthmus.v1.HelloBody.$Shape} HelloBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HelloBody.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.HelloBody();
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
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.software = value;
                            else
                                delete message.software;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.heartbeatMs = value;
                            else
                                delete message.heartbeatMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.instances && message.instances.length))
                                message.instances = [];
                            message.instances.push($root.isthmus.v1.InstanceFingerprint.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.info = value;
                            else
                                delete message.info;
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

            return HelloBody;
        })();

        v1.InstanceFingerprint = (function() {

            /**
             * Properties of an InstanceFingerprint.
             * @typedef {Object} isthmus.v1.InstanceFingerprint.$Properties
             * @property {string|null} [instance] InstanceFingerprint instance
             * @property {Array.<isthmus.v1.FieldFingerprint.$Properties>|null} [fields] InstanceFingerprint fields
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InstanceFingerprint.
             * @memberof isthmus.v1
             * @interface IInstanceFingerprint
             * @augments isthmus.v1.InstanceFingerprint.$Properties
             * @deprecated Use isthmus.v1.InstanceFingerprint.$Properties instead.
             */

            /**
             * Shape of an InstanceFingerprint.
             * @typedef {isthmus.v1.InstanceFingerprint.$Properties} isthmus.v1.InstanceFingerprint.$Shape
             */

            /**
             * Constructs a new InstanceFingerprint.
             * @memberof isthmus.v1
             * @classdesc Represents an InstanceFingerprint.
             * @constructor
             * @param {isthmus.v1.InstanceFingerprint.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InstanceFingerprint = function (properties) {
                this.fields = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * InstanceFingerprint instance.
             * @member {string} instance
             * @memberof isthmus.v1.InstanceFingerprint
             * @instance
             */
            InstanceFingerprint.prototype.instance = "";

            /**
             * InstanceFingerprint fields.
             * @member {Array.<isthmus.v1.FieldFingerprint.$Properties>} fields
             * @memberof isthmus.v1.InstanceFingerprint
             * @instance
             */
            InstanceFingerprint.prototype.fields = $util.emptyArray;

            /**
             * Creates a new InstanceFingerprint instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.InstanceFingerprint
             * @static
             * @param {isthmus.v1.InstanceFingerprint.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.InstanceFingerprint} InstanceFingerprint instance
             * @type {{
             *   (properties: isthmus.v1.InstanceFingerprint.$Shape): isthmus.v1.InstanceFingerprint & isthmus.v1.InstanceFingerprint.$Shape;
             *   (properties?: isthmus.v1.InstanceFingerprint.$Properties): isthmus.v1.InstanceFingerprint;
             * }}
             */
            InstanceFingerprint.create = function(properties) {
                return new InstanceFingerprint(properties);
            };

            /**
             * Encodes the specified InstanceFingerprint message. Does not implicitly {@link isthmus.v1.InstanceFingerprint.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.InstanceFingerprint
             * @static
             * @param {isthmus.v1.InstanceFingerprint.$Properties} message InstanceFingerprint message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InstanceFingerprint.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.fields != null && message.fields.length)
                    for (let i = 0; i < message.fields.length; ++i)
                        $root.isthmus.v1.FieldFingerprint.encode(message.fields[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InstanceFingerprint message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.InstanceFingerprint
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.InstanceFingerprint & isthmus.v1.InstanceFingerprint.$Shape} InstanceFingerprint
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InstanceFingerprint.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.InstanceFingerprint();
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
                            if ((value = reader.stringVerify()).length)
                                message.instance = value;
                            else
                                delete message.instance;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.fields && message.fields.length))
                                message.fields = [];
                            message.fields.push($root.isthmus.v1.FieldFingerprint.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return InstanceFingerprint;
        })();

        v1.FieldFingerprint = (function() {

            /**
             * Properties of a FieldFingerprint.
             * @typedef {Object} isthmus.v1.FieldFingerprint.$Properties
             * @property {string|null} [field] FieldFingerprint field
             * @property {string|null} [hash] FieldFingerprint hash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FieldFingerprint.
             * @memberof isthmus.v1
             * @interface IFieldFingerprint
             * @augments isthmus.v1.FieldFingerprint.$Properties
             * @deprecated Use isthmus.v1.FieldFingerprint.$Properties instead.
             */

            /**
             * Shape of a FieldFingerprint.
             * @typedef {isthmus.v1.FieldFingerprint.$Properties} isthmus.v1.FieldFingerprint.$Shape
             */

            /**
             * Constructs a new FieldFingerprint.
             * @memberof isthmus.v1
             * @classdesc Represents a FieldFingerprint.
             * @constructor
             * @param {isthmus.v1.FieldFingerprint.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FieldFingerprint = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FieldFingerprint field.
             * @member {string} field
             * @memberof isthmus.v1.FieldFingerprint
             * @instance
             */
            FieldFingerprint.prototype.field = "";

            /**
             * FieldFingerprint hash.
             * @member {string} hash
             * @memberof isthmus.v1.FieldFingerprint
             * @instance
             */
            FieldFingerprint.prototype.hash = "";

            /**
             * Creates a new FieldFingerprint instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.FieldFingerprint
             * @static
             * @param {isthmus.v1.FieldFingerprint.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.FieldFingerprint} FieldFingerprint instance
             * @type {{
             *   (properties: isthmus.v1.FieldFingerprint.$Shape): isthmus.v1.FieldFingerprint & isthmus.v1.FieldFingerprint.$Shape;
             *   (properties?: isthmus.v1.FieldFingerprint.$Properties): isthmus.v1.FieldFingerprint;
             * }}
             */
            FieldFingerprint.create = function(properties) {
                return new FieldFingerprint(properties);
            };

            /**
             * Encodes the specified FieldFingerprint message. Does not implicitly {@link isthmus.v1.FieldFingerprint.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.FieldFingerprint
             * @static
             * @param {isthmus.v1.FieldFingerprint.$Properties} message FieldFingerprint message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FieldFingerprint.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.field != null && $Object.hasOwnProperty.call(message, "field") && message.field !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.field);
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.hash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FieldFingerprint message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.FieldFingerprint
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.FieldFingerprint & isthmus.v1.FieldFingerprint.$Shape} FieldFingerprint
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FieldFingerprint.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.FieldFingerprint();
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
                            if ((value = reader.stringVerify()).length)
                                message.field = value;
                            else
                                delete message.field;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hash = value;
                            else
                                delete message.hash;
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

            return FieldFingerprint;
        })();

        v1.HeartbeatBody = (function() {

            /**
             * Properties of a HeartbeatBody.
             * @typedef {Object} isthmus.v1.HeartbeatBody.$Properties
             * @property {number|null} [highest] HeartbeatBody highest
             * @property {number|null} [oldest] HeartbeatBody oldest
             * @property {number|null} [helloRevision] HeartbeatBody helloRevision
             * @property {Array.<isthmus.v1.HeardPeer.$Properties>|null} [heard] HeartbeatBody heard
             * @property {number|null} [receiveRoom] HeartbeatBody receiveRoom
             * @property {Array.<isthmus.v1.HeardPeer.$Properties>|null} [remembered] HeartbeatBody remembered
             * @property {number|null} [largestTried] HeartbeatBody largestTried
             * @property {Uint8Array|null} [padding] HeartbeatBody padding
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HeartbeatBody.
             * @memberof isthmus.v1
             * @interface IHeartbeatBody
             * @augments isthmus.v1.HeartbeatBody.$Properties
             * @deprecated Use isthmus.v1.HeartbeatBody.$Properties instead.
             */

            /**
             * Shape of a HeartbeatBody.
             * @typedef {isthmus.v1.HeartbeatBody.$Properties} isthmus.v1.HeartbeatBody.$Shape
             */

            /**
             * Constructs a new HeartbeatBody.
             * @memberof isthmus.v1
             * @classdesc Represents a HeartbeatBody.
             * @constructor
             * @param {isthmus.v1.HeartbeatBody.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HeartbeatBody = function (properties) {
                this.heard = [];
                this.remembered = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HeartbeatBody highest.
             * @member {number} highest
             * @memberof isthmus.v1.HeartbeatBody
             * @instance
             */
            HeartbeatBody.prototype.highest = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HeartbeatBody oldest.
             * @member {number} oldest
             * @memberof isthmus.v1.HeartbeatBody
             * @instance
             */
            HeartbeatBody.prototype.oldest = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HeartbeatBody helloRevision.
             * @member {number} helloRevision
             * @memberof isthmus.v1.HeartbeatBody
             * @instance
             */
            HeartbeatBody.prototype.helloRevision = 0;

            /**
             * HeartbeatBody heard.
             * @member {Array.<isthmus.v1.HeardPeer.$Properties>} heard
             * @memberof isthmus.v1.HeartbeatBody
             * @instance
             */
            HeartbeatBody.prototype.heard = $util.emptyArray;

            /**
             * HeartbeatBody receiveRoom.
             * @member {number} receiveRoom
             * @memberof isthmus.v1.HeartbeatBody
             * @instance
             */
            HeartbeatBody.prototype.receiveRoom = 0;

            /**
             * HeartbeatBody remembered.
             * @member {Array.<isthmus.v1.HeardPeer.$Properties>} remembered
             * @memberof isthmus.v1.HeartbeatBody
             * @instance
             */
            HeartbeatBody.prototype.remembered = $util.emptyArray;

            /**
             * HeartbeatBody largestTried.
             * @member {number} largestTried
             * @memberof isthmus.v1.HeartbeatBody
             * @instance
             */
            HeartbeatBody.prototype.largestTried = 0;

            /**
             * HeartbeatBody padding.
             * @member {Uint8Array} padding
             * @memberof isthmus.v1.HeartbeatBody
             * @instance
             */
            HeartbeatBody.prototype.padding = $util.newBuffer([]);

            /**
             * Creates a new HeartbeatBody instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.HeartbeatBody
             * @static
             * @param {isthmus.v1.HeartbeatBody.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.HeartbeatBody} HeartbeatBody instance
             * @type {{
             *   (properties: isthmus.v1.HeartbeatBody.$Shape): isthmus.v1.HeartbeatBody & isthmus.v1.HeartbeatBody.$Shape;
             *   (properties?: isthmus.v1.HeartbeatBody.$Properties): isthmus.v1.HeartbeatBody;
             * }}
             */
            HeartbeatBody.create = function(properties) {
                return new HeartbeatBody(properties);
            };

            /**
             * Encodes the specified HeartbeatBody message. Does not implicitly {@link isthmus.v1.HeartbeatBody.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.HeartbeatBody
             * @static
             * @param {isthmus.v1.HeartbeatBody.$Properties} message HeartbeatBody message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HeartbeatBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.highest != null && $Object.hasOwnProperty.call(message, "highest") && (typeof message.highest === "object" ? message.highest.low || message.highest.high : message.highest !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.highest);
                if (message.oldest != null && $Object.hasOwnProperty.call(message, "oldest") && (typeof message.oldest === "object" ? message.oldest.low || message.oldest.high : message.oldest !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.oldest);
                if (message.helloRevision != null && $Object.hasOwnProperty.call(message, "helloRevision") && message.helloRevision !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.helloRevision);
                if (message.heard != null && message.heard.length)
                    for (let i = 0; i < message.heard.length; ++i)
                        $root.isthmus.v1.HeardPeer.encode(message.heard[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.receiveRoom != null && $Object.hasOwnProperty.call(message, "receiveRoom") && message.receiveRoom !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.receiveRoom);
                if (message.remembered != null && message.remembered.length)
                    for (let i = 0; i < message.remembered.length; ++i)
                        $root.isthmus.v1.HeardPeer.encode(message.remembered[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.largestTried != null && $Object.hasOwnProperty.call(message, "largestTried") && message.largestTried !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.largestTried);
                if (message.padding != null && $Object.hasOwnProperty.call(message, "padding") && message.padding.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.padding);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HeartbeatBody message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.HeartbeatBody
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.HeartbeatBody & isthmus.v1.HeartbeatBody.$Shape} HeartbeatBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HeartbeatBody.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.HeartbeatBody();
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
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.highest = value;
                            else
                                delete message.highest;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.oldest = value;
                            else
                                delete message.oldest;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.helloRevision = value;
                            else
                                delete message.helloRevision;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.heard && message.heard.length))
                                message.heard = [];
                            message.heard.push($root.isthmus.v1.HeardPeer.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.receiveRoom = value;
                            else
                                delete message.receiveRoom;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.remembered && message.remembered.length))
                                message.remembered = [];
                            message.remembered.push($root.isthmus.v1.HeardPeer.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.largestTried = value;
                            else
                                delete message.largestTried;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.padding = value;
                            else
                                delete message.padding;
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

            return HeartbeatBody;
        })();

        v1.HeardPeer = (function() {

            /**
             * Properties of a HeardPeer.
             * @typedef {Object} isthmus.v1.HeardPeer.$Properties
             * @property {number|null} [slot] HeardPeer slot
             * @property {number|null} [epoch] HeardPeer epoch
             * @property {number|null} [applied] HeardPeer applied
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HeardPeer.
             * @memberof isthmus.v1
             * @interface IHeardPeer
             * @augments isthmus.v1.HeardPeer.$Properties
             * @deprecated Use isthmus.v1.HeardPeer.$Properties instead.
             */

            /**
             * Shape of a HeardPeer.
             * @typedef {isthmus.v1.HeardPeer.$Properties} isthmus.v1.HeardPeer.$Shape
             */

            /**
             * Constructs a new HeardPeer.
             * @memberof isthmus.v1
             * @classdesc Represents a HeardPeer.
             * @constructor
             * @param {isthmus.v1.HeardPeer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HeardPeer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HeardPeer slot.
             * @member {number} slot
             * @memberof isthmus.v1.HeardPeer
             * @instance
             */
            HeardPeer.prototype.slot = 0;

            /**
             * HeardPeer epoch.
             * @member {number} epoch
             * @memberof isthmus.v1.HeardPeer
             * @instance
             */
            HeardPeer.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HeardPeer applied.
             * @member {number} applied
             * @memberof isthmus.v1.HeardPeer
             * @instance
             */
            HeardPeer.prototype.applied = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new HeardPeer instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.HeardPeer
             * @static
             * @param {isthmus.v1.HeardPeer.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.HeardPeer} HeardPeer instance
             * @type {{
             *   (properties: isthmus.v1.HeardPeer.$Shape): isthmus.v1.HeardPeer & isthmus.v1.HeardPeer.$Shape;
             *   (properties?: isthmus.v1.HeardPeer.$Properties): isthmus.v1.HeardPeer;
             * }}
             */
            HeardPeer.create = function(properties) {
                return new HeardPeer(properties);
            };

            /**
             * Encodes the specified HeardPeer message. Does not implicitly {@link isthmus.v1.HeardPeer.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.HeardPeer
             * @static
             * @param {isthmus.v1.HeardPeer.$Properties} message HeardPeer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HeardPeer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.applied != null && $Object.hasOwnProperty.call(message, "applied") && (typeof message.applied === "object" ? message.applied.low || message.applied.high : message.applied !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.applied);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HeardPeer message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.HeardPeer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.HeardPeer & isthmus.v1.HeardPeer.$Shape} HeardPeer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HeardPeer.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.HeardPeer();
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.applied = value;
                            else
                                delete message.applied;
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

            return HeardPeer;
        })();

        v1.NackBody = (function() {

            /**
             * Properties of a NackBody.
             * @typedef {Object} isthmus.v1.NackBody.$Properties
             * @property {number|null} [slot] NackBody slot
             * @property {number|null} [epoch] NackBody epoch
             * @property {Array.<isthmus.v1.SequenceRange.$Properties>|null} [ranges] NackBody ranges
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NackBody.
             * @memberof isthmus.v1
             * @interface INackBody
             * @augments isthmus.v1.NackBody.$Properties
             * @deprecated Use isthmus.v1.NackBody.$Properties instead.
             */

            /**
             * Shape of a NackBody.
             * @typedef {isthmus.v1.NackBody.$Properties} isthmus.v1.NackBody.$Shape
             */

            /**
             * Constructs a new NackBody.
             * @memberof isthmus.v1
             * @classdesc Represents a NackBody.
             * @constructor
             * @param {isthmus.v1.NackBody.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NackBody = function (properties) {
                this.ranges = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NackBody slot.
             * @member {number} slot
             * @memberof isthmus.v1.NackBody
             * @instance
             */
            NackBody.prototype.slot = 0;

            /**
             * NackBody epoch.
             * @member {number} epoch
             * @memberof isthmus.v1.NackBody
             * @instance
             */
            NackBody.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NackBody ranges.
             * @member {Array.<isthmus.v1.SequenceRange.$Properties>} ranges
             * @memberof isthmus.v1.NackBody
             * @instance
             */
            NackBody.prototype.ranges = $util.emptyArray;

            /**
             * Creates a new NackBody instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.NackBody
             * @static
             * @param {isthmus.v1.NackBody.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.NackBody} NackBody instance
             * @type {{
             *   (properties: isthmus.v1.NackBody.$Shape): isthmus.v1.NackBody & isthmus.v1.NackBody.$Shape;
             *   (properties?: isthmus.v1.NackBody.$Properties): isthmus.v1.NackBody;
             * }}
             */
            NackBody.create = function(properties) {
                return new NackBody(properties);
            };

            /**
             * Encodes the specified NackBody message. Does not implicitly {@link isthmus.v1.NackBody.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.NackBody
             * @static
             * @param {isthmus.v1.NackBody.$Properties} message NackBody message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NackBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.ranges != null && message.ranges.length)
                    for (let i = 0; i < message.ranges.length; ++i)
                        $root.isthmus.v1.SequenceRange.encode(message.ranges[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NackBody message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.NackBody
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.NackBody & isthmus.v1.NackBody.$Shape} NackBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NackBody.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.NackBody();
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ranges && message.ranges.length))
                                message.ranges = [];
                            message.ranges.push($root.isthmus.v1.SequenceRange.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return NackBody;
        })();

        v1.SequenceRange = (function() {

            /**
             * Properties of a SequenceRange.
             * @typedef {Object} isthmus.v1.SequenceRange.$Properties
             * @property {number|null} [first] SequenceRange first
             * @property {number|null} [count] SequenceRange count
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SequenceRange.
             * @memberof isthmus.v1
             * @interface ISequenceRange
             * @augments isthmus.v1.SequenceRange.$Properties
             * @deprecated Use isthmus.v1.SequenceRange.$Properties instead.
             */

            /**
             * Shape of a SequenceRange.
             * @typedef {isthmus.v1.SequenceRange.$Properties} isthmus.v1.SequenceRange.$Shape
             */

            /**
             * Constructs a new SequenceRange.
             * @memberof isthmus.v1
             * @classdesc Represents a SequenceRange.
             * @constructor
             * @param {isthmus.v1.SequenceRange.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SequenceRange = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SequenceRange first.
             * @member {number} first
             * @memberof isthmus.v1.SequenceRange
             * @instance
             */
            SequenceRange.prototype.first = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SequenceRange count.
             * @member {number} count
             * @memberof isthmus.v1.SequenceRange
             * @instance
             */
            SequenceRange.prototype.count = 0;

            /**
             * Creates a new SequenceRange instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.SequenceRange
             * @static
             * @param {isthmus.v1.SequenceRange.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.SequenceRange} SequenceRange instance
             * @type {{
             *   (properties: isthmus.v1.SequenceRange.$Shape): isthmus.v1.SequenceRange & isthmus.v1.SequenceRange.$Shape;
             *   (properties?: isthmus.v1.SequenceRange.$Properties): isthmus.v1.SequenceRange;
             * }}
             */
            SequenceRange.create = function(properties) {
                return new SequenceRange(properties);
            };

            /**
             * Encodes the specified SequenceRange message. Does not implicitly {@link isthmus.v1.SequenceRange.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.SequenceRange
             * @static
             * @param {isthmus.v1.SequenceRange.$Properties} message SequenceRange message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SequenceRange.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.first != null && $Object.hasOwnProperty.call(message, "first") && (typeof message.first === "object" ? message.first.low || message.first.high : message.first !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.first);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.count);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SequenceRange message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.SequenceRange
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.SequenceRange & isthmus.v1.SequenceRange.$Shape} SequenceRange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SequenceRange.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.SequenceRange();
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
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.first = value;
                            else
                                delete message.first;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.count = value;
                            else
                                delete message.count;
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

            return SequenceRange;
        })();

        v1.ResendBody = (function() {

            /**
             * Properties of a ResendBody.
             * @typedef {Object} isthmus.v1.ResendBody.$Properties
             * @property {Array.<Uint8Array>|null} [frames] ResendBody frames
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ResendBody.
             * @memberof isthmus.v1
             * @interface IResendBody
             * @augments isthmus.v1.ResendBody.$Properties
             * @deprecated Use isthmus.v1.ResendBody.$Properties instead.
             */

            /**
             * Shape of a ResendBody.
             * @typedef {isthmus.v1.ResendBody.$Properties} isthmus.v1.ResendBody.$Shape
             */

            /**
             * Constructs a new ResendBody.
             * @memberof isthmus.v1
             * @classdesc Represents a ResendBody.
             * @constructor
             * @param {isthmus.v1.ResendBody.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ResendBody = function (properties) {
                this.frames = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ResendBody frames.
             * @member {Array.<Uint8Array>} frames
             * @memberof isthmus.v1.ResendBody
             * @instance
             */
            ResendBody.prototype.frames = $util.emptyArray;

            /**
             * Creates a new ResendBody instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ResendBody
             * @static
             * @param {isthmus.v1.ResendBody.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ResendBody} ResendBody instance
             * @type {{
             *   (properties: isthmus.v1.ResendBody.$Shape): isthmus.v1.ResendBody & isthmus.v1.ResendBody.$Shape;
             *   (properties?: isthmus.v1.ResendBody.$Properties): isthmus.v1.ResendBody;
             * }}
             */
            ResendBody.create = function(properties) {
                return new ResendBody(properties);
            };

            /**
             * Encodes the specified ResendBody message. Does not implicitly {@link isthmus.v1.ResendBody.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ResendBody
             * @static
             * @param {isthmus.v1.ResendBody.$Properties} message ResendBody message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ResendBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.frames != null && message.frames.length)
                    for (let i = 0; i < message.frames.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.frames[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ResendBody message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ResendBody
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ResendBody & isthmus.v1.ResendBody.$Shape} ResendBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ResendBody.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.isthmus.v1.ResendBody();
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
                            if (!(message.frames && message.frames.length))
                                message.frames = [];
                            message.frames.push(reader.bytes());
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

            return ResendBody;
        })();

        v1.SnapshotRequestBody = (function() {

            /**
             * Properties of a SnapshotRequestBody.
             * @typedef {Object} isthmus.v1.SnapshotRequestBody.$Properties
             * @property {number|null} [slot] SnapshotRequestBody slot
             * @property {number|null} [epoch] SnapshotRequestBody epoch
             * @property {string|null} [instance] SnapshotRequestBody instance
             * @property {number|null} [request] SnapshotRequestBody request
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SnapshotRequestBody.
             * @memberof isthmus.v1
             * @interface ISnapshotRequestBody
             * @augments isthmus.v1.SnapshotRequestBody.$Properties
             * @deprecated Use isthmus.v1.SnapshotRequestBody.$Properties instead.
             */

            /**
             * Shape of a SnapshotRequestBody.
             * @typedef {isthmus.v1.SnapshotRequestBody.$Properties} isthmus.v1.SnapshotRequestBody.$Shape
             */

            /**
             * Constructs a new SnapshotRequestBody.
             * @memberof isthmus.v1
             * @classdesc Represents a SnapshotRequestBody.
             * @constructor
             * @param {isthmus.v1.SnapshotRequestBody.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SnapshotRequestBody = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SnapshotRequestBody slot.
             * @member {number} slot
             * @memberof isthmus.v1.SnapshotRequestBody
             * @instance
             */
            SnapshotRequestBody.prototype.slot = 0;

            /**
             * SnapshotRequestBody epoch.
             * @member {number} epoch
             * @memberof isthmus.v1.SnapshotRequestBody
             * @instance
             */
            SnapshotRequestBody.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SnapshotRequestBody instance.
             * @member {string} instance
             * @memberof isthmus.v1.SnapshotRequestBody
             * @instance
             */
            SnapshotRequestBody.prototype.instance = "";

            /**
             * SnapshotRequestBody request.
             * @member {number} request
             * @memberof isthmus.v1.SnapshotRequestBody
             * @instance
             */
            SnapshotRequestBody.prototype.request = 0;

            /**
             * Creates a new SnapshotRequestBody instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.SnapshotRequestBody
             * @static
             * @param {isthmus.v1.SnapshotRequestBody.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.SnapshotRequestBody} SnapshotRequestBody instance
             * @type {{
             *   (properties: isthmus.v1.SnapshotRequestBody.$Shape): isthmus.v1.SnapshotRequestBody & isthmus.v1.SnapshotRequestBody.$Shape;
             *   (properties?: isthmus.v1.SnapshotRequestBody.$Properties): isthmus.v1.SnapshotRequestBody;
             * }}
             */
            SnapshotRequestBody.create = function(properties) {
                return new SnapshotRequestBody(properties);
            };

            /**
             * Encodes the specified SnapshotRequestBody message. Does not implicitly {@link isthmus.v1.SnapshotRequestBody.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.SnapshotRequestBody
             * @static
             * @param {isthmus.v1.SnapshotRequestBody.$Properties} message SnapshotRequestBody message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SnapshotRequestBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.instance);
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.request);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SnapshotRequestBody message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.SnapshotRequestBody
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.SnapshotRequestBody & isthmus.v1.SnapshotRequestBody.$Shape} SnapshotRequestBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SnapshotRequestBody.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.SnapshotRequestBody();
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.instance = value;
                            else
                                delete message.instance;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.request = value;
                            else
                                delete message.request;
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

            return SnapshotRequestBody;
        })();

        v1.CallBody = (function() {

            /**
             * Properties of a CallBody.
             * @typedef {Object} isthmus.v1.CallBody.$Properties
             * @property {number|null} [to] CallBody to
             * @property {number|null} [epoch] CallBody epoch
             * @property {number|null} [call] CallBody call
             * @property {isthmus.v1.CallRequest.$Properties|null} [request] CallBody request
             * @property {isthmus.v1.CallReply.$Properties|null} [reply] CallBody reply
             * @property {isthmus.v1.CallProgress.$Properties|null} [progress] CallBody progress
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CallBody.
             * @memberof isthmus.v1
             * @interface ICallBody
             * @augments isthmus.v1.CallBody.$Properties
             * @deprecated Use isthmus.v1.CallBody.$Properties instead.
             */

            /**
             * Shape of a CallBody.
             * @typedef {isthmus.v1.CallBody.$Properties} isthmus.v1.CallBody.$Shape
             */

            /**
             * Constructs a new CallBody.
             * @memberof isthmus.v1
             * @classdesc Represents a CallBody.
             * @constructor
             * @param {isthmus.v1.CallBody.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CallBody = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CallBody to.
             * @member {number} to
             * @memberof isthmus.v1.CallBody
             * @instance
             */
            CallBody.prototype.to = 0;

            /**
             * CallBody epoch.
             * @member {number} epoch
             * @memberof isthmus.v1.CallBody
             * @instance
             */
            CallBody.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * CallBody call.
             * @member {number} call
             * @memberof isthmus.v1.CallBody
             * @instance
             */
            CallBody.prototype.call = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * CallBody request.
             * @member {isthmus.v1.CallRequest.$Properties|null|undefined} request
             * @memberof isthmus.v1.CallBody
             * @instance
             */
            CallBody.prototype.request = null;

            /**
             * CallBody reply.
             * @member {isthmus.v1.CallReply.$Properties|null|undefined} reply
             * @memberof isthmus.v1.CallBody
             * @instance
             */
            CallBody.prototype.reply = null;

            /**
             * CallBody progress.
             * @member {isthmus.v1.CallProgress.$Properties|null|undefined} progress
             * @memberof isthmus.v1.CallBody
             * @instance
             */
            CallBody.prototype.progress = null;

            /**
             * Creates a new CallBody instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.CallBody
             * @static
             * @param {isthmus.v1.CallBody.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.CallBody} CallBody instance
             * @type {{
             *   (properties: isthmus.v1.CallBody.$Shape): isthmus.v1.CallBody & isthmus.v1.CallBody.$Shape;
             *   (properties?: isthmus.v1.CallBody.$Properties): isthmus.v1.CallBody;
             * }}
             */
            CallBody.create = function(properties) {
                return new CallBody(properties);
            };

            /**
             * Encodes the specified CallBody message. Does not implicitly {@link isthmus.v1.CallBody.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.CallBody
             * @static
             * @param {isthmus.v1.CallBody.$Properties} message CallBody message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CallBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.to != null && $Object.hasOwnProperty.call(message, "to") && message.to !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.to);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.call != null && $Object.hasOwnProperty.call(message, "call") && (typeof message.call === "object" ? message.call.low || message.call.high : message.call !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.call);
                if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                    $root.isthmus.v1.CallRequest.encode(message.request, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.reply != null && $Object.hasOwnProperty.call(message, "reply"))
                    $root.isthmus.v1.CallReply.encode(message.reply, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.progress != null && $Object.hasOwnProperty.call(message, "progress"))
                    $root.isthmus.v1.CallProgress.encode(message.progress, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CallBody message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.CallBody
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.CallBody & isthmus.v1.CallBody.$Shape} CallBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CallBody.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.CallBody();
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.to = value;
                            else
                                delete message.to;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.call = value;
                            else
                                delete message.call;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.request = $root.isthmus.v1.CallRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.reply = $root.isthmus.v1.CallReply.decode(reader, reader.size(), $undefined, _depth + 1, message.reply);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.progress = $root.isthmus.v1.CallProgress.decode(reader, reader.size(), $undefined, _depth + 1, message.progress);
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

            return CallBody;
        })();

        v1.CallRequest = (function() {

            /**
             * Properties of a CallRequest.
             * @typedef {Object} isthmus.v1.CallRequest.$Properties
             * @property {string|null} [method] CallRequest method
             * @property {Uint8Array|null} [message] CallRequest message
             * @property {string|null} [user] CallRequest user
             * @property {number|null} [limitMs] CallRequest limitMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CallRequest.
             * @memberof isthmus.v1
             * @interface ICallRequest
             * @augments isthmus.v1.CallRequest.$Properties
             * @deprecated Use isthmus.v1.CallRequest.$Properties instead.
             */

            /**
             * Shape of a CallRequest.
             * @typedef {isthmus.v1.CallRequest.$Properties} isthmus.v1.CallRequest.$Shape
             */

            /**
             * Constructs a new CallRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a CallRequest.
             * @constructor
             * @param {isthmus.v1.CallRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CallRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CallRequest method.
             * @member {string} method
             * @memberof isthmus.v1.CallRequest
             * @instance
             */
            CallRequest.prototype.method = "";

            /**
             * CallRequest message.
             * @member {Uint8Array} message
             * @memberof isthmus.v1.CallRequest
             * @instance
             */
            CallRequest.prototype.message = $util.newBuffer([]);

            /**
             * CallRequest user.
             * @member {string} user
             * @memberof isthmus.v1.CallRequest
             * @instance
             */
            CallRequest.prototype.user = "";

            /**
             * CallRequest limitMs.
             * @member {number} limitMs
             * @memberof isthmus.v1.CallRequest
             * @instance
             */
            CallRequest.prototype.limitMs = 0;

            /**
             * Creates a new CallRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.CallRequest
             * @static
             * @param {isthmus.v1.CallRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.CallRequest} CallRequest instance
             * @type {{
             *   (properties: isthmus.v1.CallRequest.$Shape): isthmus.v1.CallRequest & isthmus.v1.CallRequest.$Shape;
             *   (properties?: isthmus.v1.CallRequest.$Properties): isthmus.v1.CallRequest;
             * }}
             */
            CallRequest.create = function(properties) {
                return new CallRequest(properties);
            };

            /**
             * Encodes the specified CallRequest message. Does not implicitly {@link isthmus.v1.CallRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.CallRequest
             * @static
             * @param {isthmus.v1.CallRequest.$Properties} message CallRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CallRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.method);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.message);
                if (message.user != null && $Object.hasOwnProperty.call(message, "user") && message.user !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.user);
                if (message.limitMs != null && $Object.hasOwnProperty.call(message, "limitMs") && message.limitMs !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.limitMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CallRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.CallRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.CallRequest & isthmus.v1.CallRequest.$Shape} CallRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CallRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.CallRequest();
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
                            if ((value = reader.stringVerify()).length)
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.user = value;
                            else
                                delete message.user;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.limitMs = value;
                            else
                                delete message.limitMs;
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

            return CallRequest;
        })();

        v1.CallReply = (function() {

            /**
             * Properties of a CallReply.
             * @typedef {Object} isthmus.v1.CallReply.$Properties
             * @property {number|null} [chunk] CallReply chunk
             * @property {Uint8Array|null} [data] CallReply data
             * @property {boolean|null} [complete] CallReply complete
             * @property {boolean|null} [last] CallReply last
             * @property {string|null} [code] CallReply code
             * @property {string|null} [text] CallReply text
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CallReply.
             * @memberof isthmus.v1
             * @interface ICallReply
             * @augments isthmus.v1.CallReply.$Properties
             * @deprecated Use isthmus.v1.CallReply.$Properties instead.
             */

            /**
             * Shape of a CallReply.
             * @typedef {isthmus.v1.CallReply.$Properties} isthmus.v1.CallReply.$Shape
             */

            /**
             * Constructs a new CallReply.
             * @memberof isthmus.v1
             * @classdesc Represents a CallReply.
             * @constructor
             * @param {isthmus.v1.CallReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CallReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CallReply chunk.
             * @member {number} chunk
             * @memberof isthmus.v1.CallReply
             * @instance
             */
            CallReply.prototype.chunk = 0;

            /**
             * CallReply data.
             * @member {Uint8Array} data
             * @memberof isthmus.v1.CallReply
             * @instance
             */
            CallReply.prototype.data = $util.newBuffer([]);

            /**
             * CallReply complete.
             * @member {boolean} complete
             * @memberof isthmus.v1.CallReply
             * @instance
             */
            CallReply.prototype.complete = false;

            /**
             * CallReply last.
             * @member {boolean} last
             * @memberof isthmus.v1.CallReply
             * @instance
             */
            CallReply.prototype.last = false;

            /**
             * CallReply code.
             * @member {string} code
             * @memberof isthmus.v1.CallReply
             * @instance
             */
            CallReply.prototype.code = "";

            /**
             * CallReply text.
             * @member {string} text
             * @memberof isthmus.v1.CallReply
             * @instance
             */
            CallReply.prototype.text = "";

            /**
             * Creates a new CallReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.CallReply
             * @static
             * @param {isthmus.v1.CallReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.CallReply} CallReply instance
             * @type {{
             *   (properties: isthmus.v1.CallReply.$Shape): isthmus.v1.CallReply & isthmus.v1.CallReply.$Shape;
             *   (properties?: isthmus.v1.CallReply.$Properties): isthmus.v1.CallReply;
             * }}
             */
            CallReply.create = function(properties) {
                return new CallReply(properties);
            };

            /**
             * Encodes the specified CallReply message. Does not implicitly {@link isthmus.v1.CallReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.CallReply
             * @static
             * @param {isthmus.v1.CallReply.$Properties} message CallReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CallReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk") && message.chunk !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.chunk);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.data);
                if (message.complete != null && $Object.hasOwnProperty.call(message, "complete") && message.complete !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.complete);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.last);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.code);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.text);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CallReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.CallReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.CallReply & isthmus.v1.CallReply.$Shape} CallReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CallReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.CallReply();
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chunk = value;
                            else
                                delete message.chunk;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.complete = value;
                            else
                                delete message.complete;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
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

            return CallReply;
        })();

        v1.CallProgress = (function() {

            /**
             * Properties of a CallProgress.
             * @typedef {Object} isthmus.v1.CallProgress.$Properties
             * @property {number|null} [received] CallProgress received
             * @property {number|null} [room] CallProgress room
             * @property {boolean|null} [cancelled] CallProgress cancelled
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CallProgress.
             * @memberof isthmus.v1
             * @interface ICallProgress
             * @augments isthmus.v1.CallProgress.$Properties
             * @deprecated Use isthmus.v1.CallProgress.$Properties instead.
             */

            /**
             * Shape of a CallProgress.
             * @typedef {isthmus.v1.CallProgress.$Properties} isthmus.v1.CallProgress.$Shape
             */

            /**
             * Constructs a new CallProgress.
             * @memberof isthmus.v1
             * @classdesc Represents a CallProgress.
             * @constructor
             * @param {isthmus.v1.CallProgress.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CallProgress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CallProgress received.
             * @member {number} received
             * @memberof isthmus.v1.CallProgress
             * @instance
             */
            CallProgress.prototype.received = 0;

            /**
             * CallProgress room.
             * @member {number} room
             * @memberof isthmus.v1.CallProgress
             * @instance
             */
            CallProgress.prototype.room = 0;

            /**
             * CallProgress cancelled.
             * @member {boolean} cancelled
             * @memberof isthmus.v1.CallProgress
             * @instance
             */
            CallProgress.prototype.cancelled = false;

            /**
             * Creates a new CallProgress instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.CallProgress
             * @static
             * @param {isthmus.v1.CallProgress.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.CallProgress} CallProgress instance
             * @type {{
             *   (properties: isthmus.v1.CallProgress.$Shape): isthmus.v1.CallProgress & isthmus.v1.CallProgress.$Shape;
             *   (properties?: isthmus.v1.CallProgress.$Properties): isthmus.v1.CallProgress;
             * }}
             */
            CallProgress.create = function(properties) {
                return new CallProgress(properties);
            };

            /**
             * Encodes the specified CallProgress message. Does not implicitly {@link isthmus.v1.CallProgress.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.CallProgress
             * @static
             * @param {isthmus.v1.CallProgress.$Properties} message CallProgress message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CallProgress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.received != null && $Object.hasOwnProperty.call(message, "received") && message.received !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.received);
                if (message.room != null && $Object.hasOwnProperty.call(message, "room") && message.room !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.room);
                if (message.cancelled != null && $Object.hasOwnProperty.call(message, "cancelled") && message.cancelled !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.cancelled);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CallProgress message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.CallProgress
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.CallProgress & isthmus.v1.CallProgress.$Shape} CallProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CallProgress.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.CallProgress();
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.received = value;
                            else
                                delete message.received;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.room = value;
                            else
                                delete message.room;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.cancelled = value;
                            else
                                delete message.cancelled;
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

            return CallProgress;
        })();

        v1.RelayBody = (function() {

            /**
             * Properties of a RelayBody.
             * @typedef {Object} isthmus.v1.RelayBody.$Properties
             * @property {number|null} [to] RelayBody to
             * @property {number|null} [epoch] RelayBody epoch
             * @property {string|null} [instance] RelayBody instance
             * @property {number|null} [packet] RelayBody packet
             * @property {number|null} [pieces] RelayBody pieces
             * @property {number|null} [piece] RelayBody piece
             * @property {Uint8Array|null} [data] RelayBody data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RelayBody.
             * @memberof isthmus.v1
             * @interface IRelayBody
             * @augments isthmus.v1.RelayBody.$Properties
             * @deprecated Use isthmus.v1.RelayBody.$Properties instead.
             */

            /**
             * Shape of a RelayBody.
             * @typedef {isthmus.v1.RelayBody.$Properties} isthmus.v1.RelayBody.$Shape
             */

            /**
             * Constructs a new RelayBody.
             * @memberof isthmus.v1
             * @classdesc Represents a RelayBody.
             * @constructor
             * @param {isthmus.v1.RelayBody.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RelayBody = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RelayBody to.
             * @member {number} to
             * @memberof isthmus.v1.RelayBody
             * @instance
             */
            RelayBody.prototype.to = 0;

            /**
             * RelayBody epoch.
             * @member {number} epoch
             * @memberof isthmus.v1.RelayBody
             * @instance
             */
            RelayBody.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * RelayBody instance.
             * @member {string} instance
             * @memberof isthmus.v1.RelayBody
             * @instance
             */
            RelayBody.prototype.instance = "";

            /**
             * RelayBody packet.
             * @member {number} packet
             * @memberof isthmus.v1.RelayBody
             * @instance
             */
            RelayBody.prototype.packet = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * RelayBody pieces.
             * @member {number} pieces
             * @memberof isthmus.v1.RelayBody
             * @instance
             */
            RelayBody.prototype.pieces = 0;

            /**
             * RelayBody piece.
             * @member {number} piece
             * @memberof isthmus.v1.RelayBody
             * @instance
             */
            RelayBody.prototype.piece = 0;

            /**
             * RelayBody data.
             * @member {Uint8Array} data
             * @memberof isthmus.v1.RelayBody
             * @instance
             */
            RelayBody.prototype.data = $util.newBuffer([]);

            /**
             * Creates a new RelayBody instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.RelayBody
             * @static
             * @param {isthmus.v1.RelayBody.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.RelayBody} RelayBody instance
             * @type {{
             *   (properties: isthmus.v1.RelayBody.$Shape): isthmus.v1.RelayBody & isthmus.v1.RelayBody.$Shape;
             *   (properties?: isthmus.v1.RelayBody.$Properties): isthmus.v1.RelayBody;
             * }}
             */
            RelayBody.create = function(properties) {
                return new RelayBody(properties);
            };

            /**
             * Encodes the specified RelayBody message. Does not implicitly {@link isthmus.v1.RelayBody.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.RelayBody
             * @static
             * @param {isthmus.v1.RelayBody.$Properties} message RelayBody message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RelayBody.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.to != null && $Object.hasOwnProperty.call(message, "to") && message.to !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.to);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.instance);
                if (message.packet != null && $Object.hasOwnProperty.call(message, "packet") && (typeof message.packet === "object" ? message.packet.low || message.packet.high : message.packet !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.packet);
                if (message.pieces != null && $Object.hasOwnProperty.call(message, "pieces") && message.pieces !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.pieces);
                if (message.piece != null && $Object.hasOwnProperty.call(message, "piece") && message.piece !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.piece);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RelayBody message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.RelayBody
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.RelayBody & isthmus.v1.RelayBody.$Shape} RelayBody
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RelayBody.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.RelayBody();
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.to = value;
                            else
                                delete message.to;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.instance = value;
                            else
                                delete message.instance;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packet = value;
                            else
                                delete message.packet;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pieces = value;
                            else
                                delete message.pieces;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.piece = value;
                            else
                                delete message.piece;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
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

            return RelayBody;
        })();

        return v1;
    })();

    return isthmus;
})();

export {
  $root as default
};
