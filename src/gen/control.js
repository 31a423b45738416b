/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "./runtime.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["isthmus-control"] || ($protobuf.roots["isthmus-control"] = {});

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

        v1.Control = (function() {

            /**
             * Constructs a new Control service.
             * @memberof isthmus.v1
             * @classdesc Represents a Control
             * @extends $protobuf.rpc.Service
             * @constructor
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             */
            const Control = function(rpcImpl, requestDelimited, responseDelimited) {
                $protobuf.rpc.Service.call(this, rpcImpl, requestDelimited, responseDelimited);
            };

            $Object.defineProperty(Control.prototype = $Object.create($protobuf.rpc.Service.prototype), "constructor", { value: Control, writable: true, enumerable: false, configurable: true });

            /**
             * Creates new Control service using the specified rpc implementation.
             * @function create
             * @memberof isthmus.v1.Control
             * @static
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             * @returns {Control} RPC service. Useful where requests and/or responses are streamed.
             */
            Control.create = function(rpcImpl, requestDelimited, responseDelimited) {
                return new this(rpcImpl, requestDelimited, responseDelimited);
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#getStatus}.
             * @memberof isthmus.v1.Control
             * @typedef GetStatusCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.StatusReply} [response] StatusReply
             */

            /**
             * Calls GetStatus.
             * @memberof isthmus.v1.Control
             * @typedef GetStatus
             * @type {{
             *   (request: isthmus.v1.IStatusRequest, callback: isthmus.v1.Control.GetStatusCallback): void;
             *   (request: isthmus.v1.IStatusRequest): Promise<isthmus.v1.StatusReply>;
             *   readonly name: "GetStatus";
             *   readonly path: "/isthmus.v1.Control/GetStatus";
             *   readonly requestType: "StatusRequest";
             *   readonly responseType: "StatusReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls GetStatus.
             * @name isthmus.v1.Control#getStatus
             * @type {isthmus.v1.Control.GetStatus}
             */
            $Object.defineProperties(Control.prototype.getStatus = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.getStatus, $root.isthmus.v1.StatusRequest, $root.isthmus.v1.StatusReply, request, callback);
            }, {
                name: { value: "GetStatus" },
                path: { value: "/isthmus.v1.Control/GetStatus" },
                requestType: { value: "StatusRequest" },
                responseType: { value: "StatusReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#listSessions}.
             * @memberof isthmus.v1.Control
             * @typedef ListSessionsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.SessionPage} [response] SessionPage
             */

            /**
             * Calls ListSessions.
             * @memberof isthmus.v1.Control
             * @typedef ListSessions
             * @type {{
             *   (request: isthmus.v1.ISessionsRequest, callback: isthmus.v1.Control.ListSessionsCallback): void;
             *   (request: isthmus.v1.ISessionsRequest): Promise<isthmus.v1.SessionPage>;
             *   readonly name: "ListSessions";
             *   readonly path: "/isthmus.v1.Control/ListSessions";
             *   readonly requestType: "SessionsRequest";
             *   readonly responseType: "SessionPage";
             *   readonly requestStream: undefined;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls ListSessions.
             * @name isthmus.v1.Control#listSessions
             * @type {isthmus.v1.Control.ListSessions}
             */
            $Object.defineProperties(Control.prototype.listSessions = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.listSessions, $root.isthmus.v1.SessionsRequest, $root.isthmus.v1.SessionPage, request, callback);
            }, {
                name: { value: "ListSessions" },
                path: { value: "/isthmus.v1.Control/ListSessions" },
                requestType: { value: "SessionsRequest" },
                responseType: { value: "SessionPage" },
                requestStream: { value: $undefined },
                responseStream: { value: true }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#endSessions}.
             * @memberof isthmus.v1.Control
             * @typedef EndSessionsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.EndReply} [response] EndReply
             */

            /**
             * Calls EndSessions.
             * @memberof isthmus.v1.Control
             * @typedef EndSessions
             * @type {{
             *   (request: isthmus.v1.ISessionsRequest, callback: isthmus.v1.Control.EndSessionsCallback): void;
             *   (request: isthmus.v1.ISessionsRequest): Promise<isthmus.v1.EndReply>;
             *   readonly name: "EndSessions";
             *   readonly path: "/isthmus.v1.Control/EndSessions";
             *   readonly requestType: "SessionsRequest";
             *   readonly responseType: "EndReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls EndSessions.
             * @name isthmus.v1.Control#endSessions
             * @type {isthmus.v1.Control.EndSessions}
             */
            $Object.defineProperties(Control.prototype.endSessions = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.endSessions, $root.isthmus.v1.SessionsRequest, $root.isthmus.v1.EndReply, request, callback);
            }, {
                name: { value: "EndSessions" },
                path: { value: "/isthmus.v1.Control/EndSessions" },
                requestType: { value: "SessionsRequest" },
                responseType: { value: "EndReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#followSessions}.
             * @memberof isthmus.v1.Control
             * @typedef FollowSessionsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.FollowReply} [response] FollowReply
             */

            /**
             * Calls FollowSessions.
             * @memberof isthmus.v1.Control
             * @typedef FollowSessions
             * @type {{
             *   (request: isthmus.v1.ISessionsRequest, callback: isthmus.v1.Control.FollowSessionsCallback): void;
             *   (request: isthmus.v1.ISessionsRequest): Promise<isthmus.v1.FollowReply>;
             *   readonly name: "FollowSessions";
             *   readonly path: "/isthmus.v1.Control/FollowSessions";
             *   readonly requestType: "SessionsRequest";
             *   readonly responseType: "FollowReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls FollowSessions.
             * @name isthmus.v1.Control#followSessions
             * @type {isthmus.v1.Control.FollowSessions}
             */
            $Object.defineProperties(Control.prototype.followSessions = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.followSessions, $root.isthmus.v1.SessionsRequest, $root.isthmus.v1.FollowReply, request, callback);
            }, {
                name: { value: "FollowSessions" },
                path: { value: "/isthmus.v1.Control/FollowSessions" },
                requestType: { value: "SessionsRequest" },
                responseType: { value: "FollowReply" },
                requestStream: { value: $undefined },
                responseStream: { value: true }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#topSessions}.
             * @memberof isthmus.v1.Control
             * @typedef TopSessionsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.TopReply} [response] TopReply
             */

            /**
             * Calls TopSessions.
             * @memberof isthmus.v1.Control
             * @typedef TopSessions
             * @type {{
             *   (request: isthmus.v1.ITopRequest, callback: isthmus.v1.Control.TopSessionsCallback): void;
             *   (request: isthmus.v1.ITopRequest): Promise<isthmus.v1.TopReply>;
             *   readonly name: "TopSessions";
             *   readonly path: "/isthmus.v1.Control/TopSessions";
             *   readonly requestType: "TopRequest";
             *   readonly responseType: "TopReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls TopSessions.
             * @name isthmus.v1.Control#topSessions
             * @type {isthmus.v1.Control.TopSessions}
             */
            $Object.defineProperties(Control.prototype.topSessions = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.topSessions, $root.isthmus.v1.TopRequest, $root.isthmus.v1.TopReply, request, callback);
            }, {
                name: { value: "TopSessions" },
                path: { value: "/isthmus.v1.Control/TopSessions" },
                requestType: { value: "TopRequest" },
                responseType: { value: "TopReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#tracePackets}.
             * @memberof isthmus.v1.Control
             * @typedef TracePacketsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.TraceReply} [response] TraceReply
             */

            /**
             * Calls TracePackets.
             * @memberof isthmus.v1.Control
             * @typedef TracePackets
             * @type {{
             *   (request: isthmus.v1.ITraceRequest, callback: isthmus.v1.Control.TracePacketsCallback): void;
             *   (request: isthmus.v1.ITraceRequest): Promise<isthmus.v1.TraceReply>;
             *   readonly name: "TracePackets";
             *   readonly path: "/isthmus.v1.Control/TracePackets";
             *   readonly requestType: "TraceRequest";
             *   readonly responseType: "TraceReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls TracePackets.
             * @name isthmus.v1.Control#tracePackets
             * @type {isthmus.v1.Control.TracePackets}
             */
            $Object.defineProperties(Control.prototype.tracePackets = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.tracePackets, $root.isthmus.v1.TraceRequest, $root.isthmus.v1.TraceReply, request, callback);
            }, {
                name: { value: "TracePackets" },
                path: { value: "/isthmus.v1.Control/TracePackets" },
                requestType: { value: "TraceRequest" },
                responseType: { value: "TraceReply" },
                requestStream: { value: $undefined },
                responseStream: { value: true }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#getDrops}.
             * @memberof isthmus.v1.Control
             * @typedef GetDropsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.DropsReply} [response] DropsReply
             */

            /**
             * Calls GetDrops.
             * @memberof isthmus.v1.Control
             * @typedef GetDrops
             * @type {{
             *   (request: isthmus.v1.IDropsRequest, callback: isthmus.v1.Control.GetDropsCallback): void;
             *   (request: isthmus.v1.IDropsRequest): Promise<isthmus.v1.DropsReply>;
             *   readonly name: "GetDrops";
             *   readonly path: "/isthmus.v1.Control/GetDrops";
             *   readonly requestType: "DropsRequest";
             *   readonly responseType: "DropsReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls GetDrops.
             * @name isthmus.v1.Control#getDrops
             * @type {isthmus.v1.Control.GetDrops}
             */
            $Object.defineProperties(Control.prototype.getDrops = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.getDrops, $root.isthmus.v1.DropsRequest, $root.isthmus.v1.DropsReply, request, callback);
            }, {
                name: { value: "GetDrops" },
                path: { value: "/isthmus.v1.Control/GetDrops" },
                requestType: { value: "DropsRequest" },
                responseType: { value: "DropsReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#listBib}.
             * @memberof isthmus.v1.Control
             * @typedef ListBibCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.BibPage} [response] BibPage
             */

            /**
             * Calls ListBib.
             * @memberof isthmus.v1.Control
             * @typedef ListBib
             * @type {{
             *   (request: isthmus.v1.ISessionsRequest, callback: isthmus.v1.Control.ListBibCallback): void;
             *   (request: isthmus.v1.ISessionsRequest): Promise<isthmus.v1.BibPage>;
             *   readonly name: "ListBib";
             *   readonly path: "/isthmus.v1.Control/ListBib";
             *   readonly requestType: "SessionsRequest";
             *   readonly responseType: "BibPage";
             *   readonly requestStream: undefined;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls ListBib.
             * @name isthmus.v1.Control#listBib
             * @type {isthmus.v1.Control.ListBib}
             */
            $Object.defineProperties(Control.prototype.listBib = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.listBib, $root.isthmus.v1.SessionsRequest, $root.isthmus.v1.BibPage, request, callback);
            }, {
                name: { value: "ListBib" },
                path: { value: "/isthmus.v1.Control/ListBib" },
                requestType: { value: "SessionsRequest" },
                responseType: { value: "BibPage" },
                requestStream: { value: $undefined },
                responseStream: { value: true }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#getStats}.
             * @memberof isthmus.v1.Control
             * @typedef GetStatsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.StatsReply} [response] StatsReply
             */

            /**
             * Calls GetStats.
             * @memberof isthmus.v1.Control
             * @typedef GetStats
             * @type {{
             *   (request: isthmus.v1.IStatsRequest, callback: isthmus.v1.Control.GetStatsCallback): void;
             *   (request: isthmus.v1.IStatsRequest): Promise<isthmus.v1.StatsReply>;
             *   readonly name: "GetStats";
             *   readonly path: "/isthmus.v1.Control/GetStats";
             *   readonly requestType: "StatsRequest";
             *   readonly responseType: "StatsReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls GetStats.
             * @name isthmus.v1.Control#getStats
             * @type {isthmus.v1.Control.GetStats}
             */
            $Object.defineProperties(Control.prototype.getStats = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.getStats, $root.isthmus.v1.StatsRequest, $root.isthmus.v1.StatsReply, request, callback);
            }, {
                name: { value: "GetStats" },
                path: { value: "/isthmus.v1.Control/GetStats" },
                requestType: { value: "StatsRequest" },
                responseType: { value: "StatsReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#getPool}.
             * @memberof isthmus.v1.Control
             * @typedef GetPoolCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.PoolReply} [response] PoolReply
             */

            /**
             * Calls GetPool.
             * @memberof isthmus.v1.Control
             * @typedef GetPool
             * @type {{
             *   (request: isthmus.v1.IPoolRequest, callback: isthmus.v1.Control.GetPoolCallback): void;
             *   (request: isthmus.v1.IPoolRequest): Promise<isthmus.v1.PoolReply>;
             *   readonly name: "GetPool";
             *   readonly path: "/isthmus.v1.Control/GetPool";
             *   readonly requestType: "PoolRequest";
             *   readonly responseType: "PoolReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls GetPool.
             * @name isthmus.v1.Control#getPool
             * @type {isthmus.v1.Control.GetPool}
             */
            $Object.defineProperties(Control.prototype.getPool = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.getPool, $root.isthmus.v1.PoolRequest, $root.isthmus.v1.PoolReply, request, callback);
            }, {
                name: { value: "GetPool" },
                path: { value: "/isthmus.v1.Control/GetPool" },
                requestType: { value: "PoolRequest" },
                responseType: { value: "PoolReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#explain}.
             * @memberof isthmus.v1.Control
             * @typedef ExplainCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.ExplainReply} [response] ExplainReply
             */

            /**
             * Calls Explain.
             * @memberof isthmus.v1.Control
             * @typedef Explain
             * @type {{
             *   (request: isthmus.v1.IExplainRequest, callback: isthmus.v1.Control.ExplainCallback): void;
             *   (request: isthmus.v1.IExplainRequest): Promise<isthmus.v1.ExplainReply>;
             *   readonly name: "Explain";
             *   readonly path: "/isthmus.v1.Control/Explain";
             *   readonly requestType: "ExplainRequest";
             *   readonly responseType: "ExplainReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls Explain.
             * @name isthmus.v1.Control#explain
             * @type {isthmus.v1.Control.Explain}
             */
            $Object.defineProperties(Control.prototype.explain = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.explain, $root.isthmus.v1.ExplainRequest, $root.isthmus.v1.ExplainReply, request, callback);
            }, {
                name: { value: "Explain" },
                path: { value: "/isthmus.v1.Control/Explain" },
                requestType: { value: "ExplainRequest" },
                responseType: { value: "ExplainReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#drain}.
             * @memberof isthmus.v1.Control
             * @typedef DrainCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.Outcome} [response] Outcome
             */

            /**
             * Calls Drain.
             * @memberof isthmus.v1.Control
             * @typedef Drain
             * @type {{
             *   (request: isthmus.v1.IDrainRequest, callback: isthmus.v1.Control.DrainCallback): void;
             *   (request: isthmus.v1.IDrainRequest): Promise<isthmus.v1.Outcome>;
             *   readonly name: "Drain";
             *   readonly path: "/isthmus.v1.Control/Drain";
             *   readonly requestType: "DrainRequest";
             *   readonly responseType: "Outcome";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls Drain.
             * @name isthmus.v1.Control#drain
             * @type {isthmus.v1.Control.Drain}
             */
            $Object.defineProperties(Control.prototype.drain = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.drain, $root.isthmus.v1.DrainRequest, $root.isthmus.v1.Outcome, request, callback);
            }, {
                name: { value: "Drain" },
                path: { value: "/isthmus.v1.Control/Drain" },
                requestType: { value: "DrainRequest" },
                responseType: { value: "Outcome" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#undrain}.
             * @memberof isthmus.v1.Control
             * @typedef UndrainCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.Outcome} [response] Outcome
             */

            /**
             * Calls Undrain.
             * @memberof isthmus.v1.Control
             * @typedef Undrain
             * @type {{
             *   (request: isthmus.v1.IUndrainRequest, callback: isthmus.v1.Control.UndrainCallback): void;
             *   (request: isthmus.v1.IUndrainRequest): Promise<isthmus.v1.Outcome>;
             *   readonly name: "Undrain";
             *   readonly path: "/isthmus.v1.Control/Undrain";
             *   readonly requestType: "UndrainRequest";
             *   readonly responseType: "Outcome";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls Undrain.
             * @name isthmus.v1.Control#undrain
             * @type {isthmus.v1.Control.Undrain}
             */
            $Object.defineProperties(Control.prototype.undrain = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.undrain, $root.isthmus.v1.UndrainRequest, $root.isthmus.v1.Outcome, request, callback);
            }, {
                name: { value: "Undrain" },
                path: { value: "/isthmus.v1.Control/Undrain" },
                requestType: { value: "UndrainRequest" },
                responseType: { value: "Outcome" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#release}.
             * @memberof isthmus.v1.Control
             * @typedef ReleaseCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.Outcome} [response] Outcome
             */

            /**
             * Calls Release.
             * @memberof isthmus.v1.Control
             * @typedef Release
             * @type {{
             *   (request: isthmus.v1.IReleaseRequest, callback: isthmus.v1.Control.ReleaseCallback): void;
             *   (request: isthmus.v1.IReleaseRequest): Promise<isthmus.v1.Outcome>;
             *   readonly name: "Release";
             *   readonly path: "/isthmus.v1.Control/Release";
             *   readonly requestType: "ReleaseRequest";
             *   readonly responseType: "Outcome";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls Release.
             * @name isthmus.v1.Control#release
             * @type {isthmus.v1.Control.Release}
             */
            $Object.defineProperties(Control.prototype.release = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.release, $root.isthmus.v1.ReleaseRequest, $root.isthmus.v1.Outcome, request, callback);
            }, {
                name: { value: "Release" },
                path: { value: "/isthmus.v1.Control/Release" },
                requestType: { value: "ReleaseRequest" },
                responseType: { value: "Outcome" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#pause}.
             * @memberof isthmus.v1.Control
             * @typedef PauseCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.Outcome} [response] Outcome
             */

            /**
             * Calls Pause.
             * @memberof isthmus.v1.Control
             * @typedef Pause
             * @type {{
             *   (request: isthmus.v1.IPauseRequest, callback: isthmus.v1.Control.PauseCallback): void;
             *   (request: isthmus.v1.IPauseRequest): Promise<isthmus.v1.Outcome>;
             *   readonly name: "Pause";
             *   readonly path: "/isthmus.v1.Control/Pause";
             *   readonly requestType: "PauseRequest";
             *   readonly responseType: "Outcome";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls Pause.
             * @name isthmus.v1.Control#pause
             * @type {isthmus.v1.Control.Pause}
             */
            $Object.defineProperties(Control.prototype.pause = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.pause, $root.isthmus.v1.PauseRequest, $root.isthmus.v1.Outcome, request, callback);
            }, {
                name: { value: "Pause" },
                path: { value: "/isthmus.v1.Control/Pause" },
                requestType: { value: "PauseRequest" },
                responseType: { value: "Outcome" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#resume}.
             * @memberof isthmus.v1.Control
             * @typedef ResumeCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.Outcome} [response] Outcome
             */

            /**
             * Calls Resume.
             * @memberof isthmus.v1.Control
             * @typedef Resume
             * @type {{
             *   (request: isthmus.v1.IResumeRequest, callback: isthmus.v1.Control.ResumeCallback): void;
             *   (request: isthmus.v1.IResumeRequest): Promise<isthmus.v1.Outcome>;
             *   readonly name: "Resume";
             *   readonly path: "/isthmus.v1.Control/Resume";
             *   readonly requestType: "ResumeRequest";
             *   readonly responseType: "Outcome";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls Resume.
             * @name isthmus.v1.Control#resume
             * @type {isthmus.v1.Control.Resume}
             */
            $Object.defineProperties(Control.prototype.resume = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.resume, $root.isthmus.v1.ResumeRequest, $root.isthmus.v1.Outcome, request, callback);
            }, {
                name: { value: "Resume" },
                path: { value: "/isthmus.v1.Control/Resume" },
                requestType: { value: "ResumeRequest" },
                responseType: { value: "Outcome" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#testWithdrawal}.
             * @memberof isthmus.v1.Control
             * @typedef TestWithdrawalCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.TestWithdrawalReply} [response] TestWithdrawalReply
             */

            /**
             * Calls TestWithdrawal.
             * @memberof isthmus.v1.Control
             * @typedef TestWithdrawal
             * @type {{
             *   (request: isthmus.v1.ITestWithdrawalRequest, callback: isthmus.v1.Control.TestWithdrawalCallback): void;
             *   (request: isthmus.v1.ITestWithdrawalRequest): Promise<isthmus.v1.TestWithdrawalReply>;
             *   readonly name: "TestWithdrawal";
             *   readonly path: "/isthmus.v1.Control/TestWithdrawal";
             *   readonly requestType: "TestWithdrawalRequest";
             *   readonly responseType: "TestWithdrawalReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls TestWithdrawal.
             * @name isthmus.v1.Control#testWithdrawal
             * @type {isthmus.v1.Control.TestWithdrawal}
             */
            $Object.defineProperties(Control.prototype.testWithdrawal = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.testWithdrawal, $root.isthmus.v1.TestWithdrawalRequest, $root.isthmus.v1.TestWithdrawalReply, request, callback);
            }, {
                name: { value: "TestWithdrawal" },
                path: { value: "/isthmus.v1.Control/TestWithdrawal" },
                requestType: { value: "TestWithdrawalRequest" },
                responseType: { value: "TestWithdrawalReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#takeSlice}.
             * @memberof isthmus.v1.Control
             * @typedef TakeSliceCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.Outcome} [response] Outcome
             */

            /**
             * Calls TakeSlice.
             * @memberof isthmus.v1.Control
             * @typedef TakeSlice
             * @type {{
             *   (request: isthmus.v1.ITakeSliceRequest, callback: isthmus.v1.Control.TakeSliceCallback): void;
             *   (request: isthmus.v1.ITakeSliceRequest): Promise<isthmus.v1.Outcome>;
             *   readonly name: "TakeSlice";
             *   readonly path: "/isthmus.v1.Control/TakeSlice";
             *   readonly requestType: "TakeSliceRequest";
             *   readonly responseType: "Outcome";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls TakeSlice.
             * @name isthmus.v1.Control#takeSlice
             * @type {isthmus.v1.Control.TakeSlice}
             */
            $Object.defineProperties(Control.prototype.takeSlice = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.takeSlice, $root.isthmus.v1.TakeSliceRequest, $root.isthmus.v1.Outcome, request, callback);
            }, {
                name: { value: "TakeSlice" },
                path: { value: "/isthmus.v1.Control/TakeSlice" },
                requestType: { value: "TakeSliceRequest" },
                responseType: { value: "Outcome" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#reload}.
             * @memberof isthmus.v1.Control
             * @typedef ReloadCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.ReloadReply} [response] ReloadReply
             */

            /**
             * Calls Reload.
             * @memberof isthmus.v1.Control
             * @typedef Reload
             * @type {{
             *   (request: isthmus.v1.IReloadRequest, callback: isthmus.v1.Control.ReloadCallback): void;
             *   (request: isthmus.v1.IReloadRequest): Promise<isthmus.v1.ReloadReply>;
             *   readonly name: "Reload";
             *   readonly path: "/isthmus.v1.Control/Reload";
             *   readonly requestType: "ReloadRequest";
             *   readonly responseType: "ReloadReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls Reload.
             * @name isthmus.v1.Control#reload
             * @type {isthmus.v1.Control.Reload}
             */
            $Object.defineProperties(Control.prototype.reload = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.reload, $root.isthmus.v1.ReloadRequest, $root.isthmus.v1.ReloadReply, request, callback);
            }, {
                name: { value: "Reload" },
                path: { value: "/isthmus.v1.Control/Reload" },
                requestType: { value: "ReloadRequest" },
                responseType: { value: "ReloadReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#listEvents}.
             * @memberof isthmus.v1.Control
             * @typedef ListEventsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.Event} [response] Event
             */

            /**
             * Calls ListEvents.
             * @memberof isthmus.v1.Control
             * @typedef ListEvents
             * @type {{
             *   (request: isthmus.v1.IEventsRequest, callback: isthmus.v1.Control.ListEventsCallback): void;
             *   (request: isthmus.v1.IEventsRequest): Promise<isthmus.v1.Event>;
             *   readonly name: "ListEvents";
             *   readonly path: "/isthmus.v1.Control/ListEvents";
             *   readonly requestType: "EventsRequest";
             *   readonly responseType: "Event";
             *   readonly requestStream: undefined;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls ListEvents.
             * @name isthmus.v1.Control#listEvents
             * @type {isthmus.v1.Control.ListEvents}
             */
            $Object.defineProperties(Control.prototype.listEvents = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.listEvents, $root.isthmus.v1.EventsRequest, $root.isthmus.v1.Event, request, callback);
            }, {
                name: { value: "ListEvents" },
                path: { value: "/isthmus.v1.Control/ListEvents" },
                requestType: { value: "EventsRequest" },
                responseType: { value: "Event" },
                requestStream: { value: $undefined },
                responseStream: { value: true }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#searchLog}.
             * @memberof isthmus.v1.Control
             * @typedef SearchLogCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.LogFindings} [response] LogFindings
             */

            /**
             * Calls SearchLog.
             * @memberof isthmus.v1.Control
             * @typedef SearchLog
             * @type {{
             *   (request: isthmus.v1.ILogQuestion, callback: isthmus.v1.Control.SearchLogCallback): void;
             *   (request: isthmus.v1.ILogQuestion): Promise<isthmus.v1.LogFindings>;
             *   readonly name: "SearchLog";
             *   readonly path: "/isthmus.v1.Control/SearchLog";
             *   readonly requestType: "LogQuestion";
             *   readonly responseType: "LogFindings";
             *   readonly requestStream: undefined;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls SearchLog.
             * @name isthmus.v1.Control#searchLog
             * @type {isthmus.v1.Control.SearchLog}
             */
            $Object.defineProperties(Control.prototype.searchLog = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.searchLog, $root.isthmus.v1.LogQuestion, $root.isthmus.v1.LogFindings, request, callback);
            }, {
                name: { value: "SearchLog" },
                path: { value: "/isthmus.v1.Control/SearchLog" },
                requestType: { value: "LogQuestion" },
                responseType: { value: "LogFindings" },
                requestStream: { value: $undefined },
                responseStream: { value: true }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#loadForeign}.
             * @memberof isthmus.v1.Control
             * @typedef LoadForeignCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.LoadForeignReply} [response] LoadForeignReply
             */

            /**
             * Calls LoadForeign.
             * @memberof isthmus.v1.Control
             * @typedef LoadForeign
             * @type {{
             *   (request: isthmus.v1.ILoadForeignRequest, callback: isthmus.v1.Control.LoadForeignCallback): void;
             *   (request: isthmus.v1.ILoadForeignRequest): Promise<isthmus.v1.LoadForeignReply>;
             *   readonly name: "LoadForeign";
             *   readonly path: "/isthmus.v1.Control/LoadForeign";
             *   readonly requestType: "LoadForeignRequest";
             *   readonly responseType: "LoadForeignReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls LoadForeign.
             * @name isthmus.v1.Control#loadForeign
             * @type {isthmus.v1.Control.LoadForeign}
             */
            $Object.defineProperties(Control.prototype.loadForeign = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.loadForeign, $root.isthmus.v1.LoadForeignRequest, $root.isthmus.v1.LoadForeignReply, request, callback);
            }, {
                name: { value: "LoadForeign" },
                path: { value: "/isthmus.v1.Control/LoadForeign" },
                requestType: { value: "LoadForeignRequest" },
                responseType: { value: "LoadForeignReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#changeAdoption}.
             * @memberof isthmus.v1.Control
             * @typedef ChangeAdoptionCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.Outcome} [response] Outcome
             */

            /**
             * Calls ChangeAdoption.
             * @memberof isthmus.v1.Control
             * @typedef ChangeAdoption
             * @type {{
             *   (request: isthmus.v1.IChangeAdoptionRequest, callback: isthmus.v1.Control.ChangeAdoptionCallback): void;
             *   (request: isthmus.v1.IChangeAdoptionRequest): Promise<isthmus.v1.Outcome>;
             *   readonly name: "ChangeAdoption";
             *   readonly path: "/isthmus.v1.Control/ChangeAdoption";
             *   readonly requestType: "ChangeAdoptionRequest";
             *   readonly responseType: "Outcome";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls ChangeAdoption.
             * @name isthmus.v1.Control#changeAdoption
             * @type {isthmus.v1.Control.ChangeAdoption}
             */
            $Object.defineProperties(Control.prototype.changeAdoption = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.changeAdoption, $root.isthmus.v1.ChangeAdoptionRequest, $root.isthmus.v1.Outcome, request, callback);
            }, {
                name: { value: "ChangeAdoption" },
                path: { value: "/isthmus.v1.Control/ChangeAdoption" },
                requestType: { value: "ChangeAdoptionRequest" },
                responseType: { value: "Outcome" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#holdDrill}.
             * @memberof isthmus.v1.Control
             * @typedef HoldDrillCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.DrillBeat} [response] DrillBeat
             */

            /**
             * Calls HoldDrill.
             * @memberof isthmus.v1.Control
             * @typedef HoldDrill
             * @type {{
             *   (request: isthmus.v1.IDrillHoldRequest, callback: isthmus.v1.Control.HoldDrillCallback): void;
             *   (request: isthmus.v1.IDrillHoldRequest): Promise<isthmus.v1.DrillBeat>;
             *   readonly name: "HoldDrill";
             *   readonly path: "/isthmus.v1.Control/HoldDrill";
             *   readonly requestType: "DrillHoldRequest";
             *   readonly responseType: "DrillBeat";
             *   readonly requestStream: undefined;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls HoldDrill.
             * @name isthmus.v1.Control#holdDrill
             * @type {isthmus.v1.Control.HoldDrill}
             */
            $Object.defineProperties(Control.prototype.holdDrill = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.holdDrill, $root.isthmus.v1.DrillHoldRequest, $root.isthmus.v1.DrillBeat, request, callback);
            }, {
                name: { value: "HoldDrill" },
                path: { value: "/isthmus.v1.Control/HoldDrill" },
                requestType: { value: "DrillHoldRequest" },
                responseType: { value: "DrillBeat" },
                requestStream: { value: $undefined },
                responseStream: { value: true }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#drillStep}.
             * @memberof isthmus.v1.Control
             * @typedef DrillStepCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.Outcome} [response] Outcome
             */

            /**
             * Calls DrillStep.
             * @memberof isthmus.v1.Control
             * @typedef DrillStep
             * @type {{
             *   (request: isthmus.v1.IDrillStepRequest, callback: isthmus.v1.Control.DrillStepCallback): void;
             *   (request: isthmus.v1.IDrillStepRequest): Promise<isthmus.v1.Outcome>;
             *   readonly name: "DrillStep";
             *   readonly path: "/isthmus.v1.Control/DrillStep";
             *   readonly requestType: "DrillStepRequest";
             *   readonly responseType: "Outcome";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls DrillStep.
             * @name isthmus.v1.Control#drillStep
             * @type {isthmus.v1.Control.DrillStep}
             */
            $Object.defineProperties(Control.prototype.drillStep = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.drillStep, $root.isthmus.v1.DrillStepRequest, $root.isthmus.v1.Outcome, request, callback);
            }, {
                name: { value: "DrillStep" },
                path: { value: "/isthmus.v1.Control/DrillStep" },
                requestType: { value: "DrillStepRequest" },
                responseType: { value: "Outcome" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#getConfiguration}.
             * @memberof isthmus.v1.Control
             * @typedef GetConfigurationCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.ConfigurationReply} [response] ConfigurationReply
             */

            /**
             * Calls GetConfiguration.
             * @memberof isthmus.v1.Control
             * @typedef GetConfiguration
             * @type {{
             *   (request: isthmus.v1.IConfigurationRequest, callback: isthmus.v1.Control.GetConfigurationCallback): void;
             *   (request: isthmus.v1.IConfigurationRequest): Promise<isthmus.v1.ConfigurationReply>;
             *   readonly name: "GetConfiguration";
             *   readonly path: "/isthmus.v1.Control/GetConfiguration";
             *   readonly requestType: "ConfigurationRequest";
             *   readonly responseType: "ConfigurationReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls GetConfiguration.
             * @name isthmus.v1.Control#getConfiguration
             * @type {isthmus.v1.Control.GetConfiguration}
             */
            $Object.defineProperties(Control.prototype.getConfiguration = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.getConfiguration, $root.isthmus.v1.ConfigurationRequest, $root.isthmus.v1.ConfigurationReply, request, callback);
            }, {
                name: { value: "GetConfiguration" },
                path: { value: "/isthmus.v1.Control/GetConfiguration" },
                requestType: { value: "ConfigurationRequest" },
                responseType: { value: "ConfigurationReply" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link isthmus.v1.Control#callPeer}.
             * @memberof isthmus.v1.Control
             * @typedef CallPeerCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {isthmus.v1.PeerCallReply} [response] PeerCallReply
             */

            /**
             * Calls CallPeer.
             * @memberof isthmus.v1.Control
             * @typedef CallPeer
             * @type {{
             *   (request: isthmus.v1.IPeerCallRequest, callback: isthmus.v1.Control.CallPeerCallback): void;
             *   (request: isthmus.v1.IPeerCallRequest): Promise<isthmus.v1.PeerCallReply>;
             *   readonly name: "CallPeer";
             *   readonly path: "/isthmus.v1.Control/CallPeer";
             *   readonly requestType: "PeerCallRequest";
             *   readonly responseType: "PeerCallReply";
             *   readonly requestStream: undefined;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls CallPeer.
             * @name isthmus.v1.Control#callPeer
             * @type {isthmus.v1.Control.CallPeer}
             */
            $Object.defineProperties(Control.prototype.callPeer = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, Control.prototype.callPeer, $root.isthmus.v1.PeerCallRequest, $root.isthmus.v1.PeerCallReply, request, callback);
            }, {
                name: { value: "CallPeer" },
                path: { value: "/isthmus.v1.Control/CallPeer" },
                requestType: { value: "PeerCallRequest" },
                responseType: { value: "PeerCallReply" },
                requestStream: { value: $undefined },
                responseStream: { value: true }
            });

            return Control;
        })();

        v1.ConfigurationRequest = (function() {

            /**
             * Properties of a ConfigurationRequest.
             * @typedef {Object} isthmus.v1.ConfigurationRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ConfigurationRequest.
             * @memberof isthmus.v1
             * @interface IConfigurationRequest
             * @augments isthmus.v1.ConfigurationRequest.$Properties
             * @deprecated Use isthmus.v1.ConfigurationRequest.$Properties instead.
             */

            /**
             * Shape of a ConfigurationRequest.
             * @typedef {isthmus.v1.ConfigurationRequest.$Properties} isthmus.v1.ConfigurationRequest.$Shape
             */

            /**
             * Constructs a new ConfigurationRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a ConfigurationRequest.
             * @constructor
             * @param {isthmus.v1.ConfigurationRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ConfigurationRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new ConfigurationRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ConfigurationRequest
             * @static
             * @param {isthmus.v1.ConfigurationRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ConfigurationRequest} ConfigurationRequest instance
             * @type {{
             *   (properties: isthmus.v1.ConfigurationRequest.$Shape): isthmus.v1.ConfigurationRequest & isthmus.v1.ConfigurationRequest.$Shape;
             *   (properties?: isthmus.v1.ConfigurationRequest.$Properties): isthmus.v1.ConfigurationRequest;
             * }}
             */
            ConfigurationRequest.create = function(properties) {
                return new ConfigurationRequest(properties);
            };

            /**
             * Encodes the specified ConfigurationRequest message. Does not implicitly {@link isthmus.v1.ConfigurationRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ConfigurationRequest
             * @static
             * @param {isthmus.v1.ConfigurationRequest.$Properties} message ConfigurationRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigurationRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ConfigurationRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ConfigurationRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ConfigurationRequest & isthmus.v1.ConfigurationRequest.$Shape} ConfigurationRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigurationRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ConfigurationRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
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

            return ConfigurationRequest;
        })();

        v1.ConfigurationReply = (function() {

            /**
             * Properties of a ConfigurationReply.
             * @typedef {Object} isthmus.v1.ConfigurationReply.$Properties
             * @property {string|null} [revision] ConfigurationReply revision
             * @property {string|null} [text] ConfigurationReply text
             * @property {Array.<string>|null} [omitted] ConfigurationReply omitted
             * @property {Array.<isthmus.v1.Version.$Properties>|null} [versions] ConfigurationReply versions
             * @property {string|null} [noDrill] ConfigurationReply noDrill
             * @property {string|null} [file] ConfigurationReply file
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ConfigurationReply.
             * @memberof isthmus.v1
             * @interface IConfigurationReply
             * @augments isthmus.v1.ConfigurationReply.$Properties
             * @deprecated Use isthmus.v1.ConfigurationReply.$Properties instead.
             */

            /**
             * Shape of a ConfigurationReply.
             * @typedef {isthmus.v1.ConfigurationReply.$Properties} isthmus.v1.ConfigurationReply.$Shape
             */

            /**
             * Constructs a new ConfigurationReply.
             * @memberof isthmus.v1
             * @classdesc Represents a ConfigurationReply.
             * @constructor
             * @param {isthmus.v1.ConfigurationReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ConfigurationReply = function (properties) {
                this.omitted = [];
                this.versions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ConfigurationReply revision.
             * @member {string} revision
             * @memberof isthmus.v1.ConfigurationReply
             * @instance
             */
            ConfigurationReply.prototype.revision = "";

            /**
             * ConfigurationReply text.
             * @member {string} text
             * @memberof isthmus.v1.ConfigurationReply
             * @instance
             */
            ConfigurationReply.prototype.text = "";

            /**
             * ConfigurationReply omitted.
             * @member {Array.<string>} omitted
             * @memberof isthmus.v1.ConfigurationReply
             * @instance
             */
            ConfigurationReply.prototype.omitted = $util.emptyArray;

            /**
             * ConfigurationReply versions.
             * @member {Array.<isthmus.v1.Version.$Properties>} versions
             * @memberof isthmus.v1.ConfigurationReply
             * @instance
             */
            ConfigurationReply.prototype.versions = $util.emptyArray;

            /**
             * ConfigurationReply noDrill.
             * @member {string} noDrill
             * @memberof isthmus.v1.ConfigurationReply
             * @instance
             */
            ConfigurationReply.prototype.noDrill = "";

            /**
             * ConfigurationReply file.
             * @member {string} file
             * @memberof isthmus.v1.ConfigurationReply
             * @instance
             */
            ConfigurationReply.prototype.file = "";

            /**
             * Creates a new ConfigurationReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ConfigurationReply
             * @static
             * @param {isthmus.v1.ConfigurationReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ConfigurationReply} ConfigurationReply instance
             * @type {{
             *   (properties: isthmus.v1.ConfigurationReply.$Shape): isthmus.v1.ConfigurationReply & isthmus.v1.ConfigurationReply.$Shape;
             *   (properties?: isthmus.v1.ConfigurationReply.$Properties): isthmus.v1.ConfigurationReply;
             * }}
             */
            ConfigurationReply.create = function(properties) {
                return new ConfigurationReply(properties);
            };

            /**
             * Encodes the specified ConfigurationReply message. Does not implicitly {@link isthmus.v1.ConfigurationReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ConfigurationReply
             * @static
             * @param {isthmus.v1.ConfigurationReply.$Properties} message ConfigurationReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigurationReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && message.revision !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.revision);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
                if (message.omitted != null && message.omitted.length)
                    for (let i = 0; i < message.omitted.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.omitted[i]);
                if (message.versions != null && message.versions.length)
                    for (let i = 0; i < message.versions.length; ++i)
                        $root.isthmus.v1.Version.encode(message.versions[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.noDrill != null && $Object.hasOwnProperty.call(message, "noDrill") && message.noDrill !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.noDrill);
                if (message.file != null && $Object.hasOwnProperty.call(message, "file") && message.file !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.file);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ConfigurationReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ConfigurationReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ConfigurationReply & isthmus.v1.ConfigurationReply.$Shape} ConfigurationReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigurationReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ConfigurationReply();
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
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.omitted && message.omitted.length))
                                message.omitted = [];
                            message.omitted.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.versions && message.versions.length))
                                message.versions = [];
                            message.versions.push($root.isthmus.v1.Version.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.noDrill = value;
                            else
                                delete message.noDrill;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.file = value;
                            else
                                delete message.file;
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

            return ConfigurationReply;
        })();

        v1.Version = (function() {

            /**
             * Properties of a Version.
             * @typedef {Object} isthmus.v1.Version.$Properties
             * @property {string|null} [of] Version of
             * @property {string|null} [version] Version version
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Version.
             * @memberof isthmus.v1
             * @interface IVersion
             * @augments isthmus.v1.Version.$Properties
             * @deprecated Use isthmus.v1.Version.$Properties instead.
             */

            /**
             * Shape of a Version.
             * @typedef {isthmus.v1.Version.$Properties} isthmus.v1.Version.$Shape
             */

            /**
             * Constructs a new Version.
             * @memberof isthmus.v1
             * @classdesc Represents a Version.
             * @constructor
             * @param {isthmus.v1.Version.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Version = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Version of.
             * @member {string} of
             * @memberof isthmus.v1.Version
             * @instance
             */
            Version.prototype.of = "";

            /**
             * Version version.
             * @member {string} version
             * @memberof isthmus.v1.Version
             * @instance
             */
            Version.prototype.version = "";

            /**
             * Creates a new Version instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.Version
             * @static
             * @param {isthmus.v1.Version.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.Version} Version instance
             * @type {{
             *   (properties: isthmus.v1.Version.$Shape): isthmus.v1.Version & isthmus.v1.Version.$Shape;
             *   (properties?: isthmus.v1.Version.$Properties): isthmus.v1.Version;
             * }}
             */
            Version.create = function(properties) {
                return new Version(properties);
            };

            /**
             * Encodes the specified Version message. Does not implicitly {@link isthmus.v1.Version.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.Version
             * @static
             * @param {isthmus.v1.Version.$Properties} message Version message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Version.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.of != null && $Object.hasOwnProperty.call(message, "of") && message.of !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.of);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.version);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Version message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.Version
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.Version & isthmus.v1.Version.$Shape} Version
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Version.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.Version();
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
                                message.of = value;
                            else
                                delete message.of;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
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

            return Version;
        })();

        v1.DrillHoldRequest = (function() {

            /**
             * Properties of a DrillHoldRequest.
             * @typedef {Object} isthmus.v1.DrillHoldRequest.$Properties
             * @property {string|null} [run] DrillHoldRequest run
             * @property {string|null} [drill] DrillHoldRequest drill
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DrillHoldRequest.
             * @memberof isthmus.v1
             * @interface IDrillHoldRequest
             * @augments isthmus.v1.DrillHoldRequest.$Properties
             * @deprecated Use isthmus.v1.DrillHoldRequest.$Properties instead.
             */

            /**
             * Shape of a DrillHoldRequest.
             * @typedef {isthmus.v1.DrillHoldRequest.$Properties} isthmus.v1.DrillHoldRequest.$Shape
             */

            /**
             * Constructs a new DrillHoldRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a DrillHoldRequest.
             * @constructor
             * @param {isthmus.v1.DrillHoldRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DrillHoldRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DrillHoldRequest run.
             * @member {string} run
             * @memberof isthmus.v1.DrillHoldRequest
             * @instance
             */
            DrillHoldRequest.prototype.run = "";

            /**
             * DrillHoldRequest drill.
             * @member {string} drill
             * @memberof isthmus.v1.DrillHoldRequest
             * @instance
             */
            DrillHoldRequest.prototype.drill = "";

            /**
             * Creates a new DrillHoldRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.DrillHoldRequest
             * @static
             * @param {isthmus.v1.DrillHoldRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.DrillHoldRequest} DrillHoldRequest instance
             * @type {{
             *   (properties: isthmus.v1.DrillHoldRequest.$Shape): isthmus.v1.DrillHoldRequest & isthmus.v1.DrillHoldRequest.$Shape;
             *   (properties?: isthmus.v1.DrillHoldRequest.$Properties): isthmus.v1.DrillHoldRequest;
             * }}
             */
            DrillHoldRequest.create = function(properties) {
                return new DrillHoldRequest(properties);
            };

            /**
             * Encodes the specified DrillHoldRequest message. Does not implicitly {@link isthmus.v1.DrillHoldRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.DrillHoldRequest
             * @static
             * @param {isthmus.v1.DrillHoldRequest.$Properties} message DrillHoldRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DrillHoldRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.run);
                if (message.drill != null && $Object.hasOwnProperty.call(message, "drill") && message.drill !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.drill);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DrillHoldRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.DrillHoldRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.DrillHoldRequest & isthmus.v1.DrillHoldRequest.$Shape} DrillHoldRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DrillHoldRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.DrillHoldRequest();
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
                                message.run = value;
                            else
                                delete message.run;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.drill = value;
                            else
                                delete message.drill;
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

            return DrillHoldRequest;
        })();

        v1.DrillBeat = (function() {

            /**
             * Properties of a DrillBeat.
             * @typedef {Object} isthmus.v1.DrillBeat.$Properties
             * @property {number|null} [time] DrillBeat time
             * @property {Array.<string>|null} [changed] DrillBeat changed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DrillBeat.
             * @memberof isthmus.v1
             * @interface IDrillBeat
             * @augments isthmus.v1.DrillBeat.$Properties
             * @deprecated Use isthmus.v1.DrillBeat.$Properties instead.
             */

            /**
             * Shape of a DrillBeat.
             * @typedef {isthmus.v1.DrillBeat.$Properties} isthmus.v1.DrillBeat.$Shape
             */

            /**
             * Constructs a new DrillBeat.
             * @memberof isthmus.v1
             * @classdesc Represents a DrillBeat.
             * @constructor
             * @param {isthmus.v1.DrillBeat.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DrillBeat = function (properties) {
                this.changed = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DrillBeat time.
             * @member {number} time
             * @memberof isthmus.v1.DrillBeat
             * @instance
             */
            DrillBeat.prototype.time = 0;

            /**
             * DrillBeat changed.
             * @member {Array.<string>} changed
             * @memberof isthmus.v1.DrillBeat
             * @instance
             */
            DrillBeat.prototype.changed = $util.emptyArray;

            /**
             * Creates a new DrillBeat instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.DrillBeat
             * @static
             * @param {isthmus.v1.DrillBeat.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.DrillBeat} DrillBeat instance
             * @type {{
             *   (properties: isthmus.v1.DrillBeat.$Shape): isthmus.v1.DrillBeat & isthmus.v1.DrillBeat.$Shape;
             *   (properties?: isthmus.v1.DrillBeat.$Properties): isthmus.v1.DrillBeat;
             * }}
             */
            DrillBeat.create = function(properties) {
                return new DrillBeat(properties);
            };

            /**
             * Encodes the specified DrillBeat message. Does not implicitly {@link isthmus.v1.DrillBeat.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.DrillBeat
             * @static
             * @param {isthmus.v1.DrillBeat.$Properties} message DrillBeat message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DrillBeat.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.time != null && $Object.hasOwnProperty.call(message, "time") && !$Object.is(message.time, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.time);
                if (message.changed != null && message.changed.length)
                    for (let i = 0; i < message.changed.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.changed[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DrillBeat message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.DrillBeat
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.DrillBeat & isthmus.v1.DrillBeat.$Shape} DrillBeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DrillBeat.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.DrillBeat();
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
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.time = value;
                            else
                                delete message.time;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.changed && message.changed.length))
                                message.changed = [];
                            message.changed.push(reader.stringVerify());
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

            return DrillBeat;
        })();

        v1.DrillStepRequest = (function() {

            /**
             * Properties of a DrillStepRequest.
             * @typedef {Object} isthmus.v1.DrillStepRequest.$Properties
             * @property {string|null} [run] DrillStepRequest run
             * @property {string|null} [action] DrillStepRequest action
             * @property {string|null} [link] DrillStepRequest link
             * @property {string|null} [direction] DrillStepRequest direction
             * @property {string|null} [daemon] DrillStepRequest daemon
             * @property {number|null} [milliseconds] DrillStepRequest milliseconds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DrillStepRequest.
             * @memberof isthmus.v1
             * @interface IDrillStepRequest
             * @augments isthmus.v1.DrillStepRequest.$Properties
             * @deprecated Use isthmus.v1.DrillStepRequest.$Properties instead.
             */

            /**
             * Shape of a DrillStepRequest.
             * @typedef {isthmus.v1.DrillStepRequest.$Properties} isthmus.v1.DrillStepRequest.$Shape
             */

            /**
             * Constructs a new DrillStepRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a DrillStepRequest.
             * @constructor
             * @param {isthmus.v1.DrillStepRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DrillStepRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DrillStepRequest run.
             * @member {string} run
             * @memberof isthmus.v1.DrillStepRequest
             * @instance
             */
            DrillStepRequest.prototype.run = "";

            /**
             * DrillStepRequest action.
             * @member {string} action
             * @memberof isthmus.v1.DrillStepRequest
             * @instance
             */
            DrillStepRequest.prototype.action = "";

            /**
             * DrillStepRequest link.
             * @member {string} link
             * @memberof isthmus.v1.DrillStepRequest
             * @instance
             */
            DrillStepRequest.prototype.link = "";

            /**
             * DrillStepRequest direction.
             * @member {string} direction
             * @memberof isthmus.v1.DrillStepRequest
             * @instance
             */
            DrillStepRequest.prototype.direction = "";

            /**
             * DrillStepRequest daemon.
             * @member {string} daemon
             * @memberof isthmus.v1.DrillStepRequest
             * @instance
             */
            DrillStepRequest.prototype.daemon = "";

            /**
             * DrillStepRequest milliseconds.
             * @member {number} milliseconds
             * @memberof isthmus.v1.DrillStepRequest
             * @instance
             */
            DrillStepRequest.prototype.milliseconds = 0;

            /**
             * Creates a new DrillStepRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.DrillStepRequest
             * @static
             * @param {isthmus.v1.DrillStepRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.DrillStepRequest} DrillStepRequest instance
             * @type {{
             *   (properties: isthmus.v1.DrillStepRequest.$Shape): isthmus.v1.DrillStepRequest & isthmus.v1.DrillStepRequest.$Shape;
             *   (properties?: isthmus.v1.DrillStepRequest.$Properties): isthmus.v1.DrillStepRequest;
             * }}
             */
            DrillStepRequest.create = function(properties) {
                return new DrillStepRequest(properties);
            };

            /**
             * Encodes the specified DrillStepRequest message. Does not implicitly {@link isthmus.v1.DrillStepRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.DrillStepRequest
             * @static
             * @param {isthmus.v1.DrillStepRequest.$Properties} message DrillStepRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DrillStepRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.run);
                if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.action);
                if (message.link != null && $Object.hasOwnProperty.call(message, "link") && message.link !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.link);
                if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.direction);
                if (message.daemon != null && $Object.hasOwnProperty.call(message, "daemon") && message.daemon !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.daemon);
                if (message.milliseconds != null && $Object.hasOwnProperty.call(message, "milliseconds") && message.milliseconds !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).sint32(message.milliseconds);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DrillStepRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.DrillStepRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.DrillStepRequest & isthmus.v1.DrillStepRequest.$Shape} DrillStepRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DrillStepRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.DrillStepRequest();
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
                                message.run = value;
                            else
                                delete message.run;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.action = value;
                            else
                                delete message.action;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.link = value;
                            else
                                delete message.link;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.direction = value;
                            else
                                delete message.direction;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.daemon = value;
                            else
                                delete message.daemon;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.milliseconds = value;
                            else
                                delete message.milliseconds;
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

            return DrillStepRequest;
        })();

        v1.PeerCallRequest = (function() {

            /**
             * Properties of a PeerCallRequest.
             * @typedef {Object} isthmus.v1.PeerCallRequest.$Properties
             * @property {string|null} [node] PeerCallRequest node
             * @property {string|null} [method] PeerCallRequest method
             * @property {Uint8Array|null} [message] PeerCallRequest message
             * @property {number|null} [limitMs] PeerCallRequest limitMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PeerCallRequest.
             * @memberof isthmus.v1
             * @interface IPeerCallRequest
             * @augments isthmus.v1.PeerCallRequest.$Properties
             * @deprecated Use isthmus.v1.PeerCallRequest.$Properties instead.
             */

            /**
             * Shape of a PeerCallRequest.
             * @typedef {isthmus.v1.PeerCallRequest.$Properties} isthmus.v1.PeerCallRequest.$Shape
             */

            /**
             * Constructs a new PeerCallRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a PeerCallRequest.
             * @constructor
             * @param {isthmus.v1.PeerCallRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PeerCallRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PeerCallRequest node.
             * @member {string} node
             * @memberof isthmus.v1.PeerCallRequest
             * @instance
             */
            PeerCallRequest.prototype.node = "";

            /**
             * PeerCallRequest method.
             * @member {string} method
             * @memberof isthmus.v1.PeerCallRequest
             * @instance
             */
            PeerCallRequest.prototype.method = "";

            /**
             * PeerCallRequest message.
             * @member {Uint8Array} message
             * @memberof isthmus.v1.PeerCallRequest
             * @instance
             */
            PeerCallRequest.prototype.message = $util.newBuffer([]);

            /**
             * PeerCallRequest limitMs.
             * @member {number} limitMs
             * @memberof isthmus.v1.PeerCallRequest
             * @instance
             */
            PeerCallRequest.prototype.limitMs = 0;

            /**
             * Creates a new PeerCallRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.PeerCallRequest
             * @static
             * @param {isthmus.v1.PeerCallRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.PeerCallRequest} PeerCallRequest instance
             * @type {{
             *   (properties: isthmus.v1.PeerCallRequest.$Shape): isthmus.v1.PeerCallRequest & isthmus.v1.PeerCallRequest.$Shape;
             *   (properties?: isthmus.v1.PeerCallRequest.$Properties): isthmus.v1.PeerCallRequest;
             * }}
             */
            PeerCallRequest.create = function(properties) {
                return new PeerCallRequest(properties);
            };

            /**
             * Encodes the specified PeerCallRequest message. Does not implicitly {@link isthmus.v1.PeerCallRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.PeerCallRequest
             * @static
             * @param {isthmus.v1.PeerCallRequest.$Properties} message PeerCallRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PeerCallRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.method);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.message);
                if (message.limitMs != null && $Object.hasOwnProperty.call(message, "limitMs") && message.limitMs !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.limitMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PeerCallRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.PeerCallRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.PeerCallRequest & isthmus.v1.PeerCallRequest.$Shape} PeerCallRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PeerCallRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.PeerCallRequest();
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
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.message = value;
                            else
                                delete message.message;
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

            return PeerCallRequest;
        })();

        v1.PeerCallReply = (function() {

            /**
             * Properties of a PeerCallReply.
             * @typedef {Object} isthmus.v1.PeerCallReply.$Properties
             * @property {Uint8Array|null} [message] PeerCallReply message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PeerCallReply.
             * @memberof isthmus.v1
             * @interface IPeerCallReply
             * @augments isthmus.v1.PeerCallReply.$Properties
             * @deprecated Use isthmus.v1.PeerCallReply.$Properties instead.
             */

            /**
             * Shape of a PeerCallReply.
             * @typedef {isthmus.v1.PeerCallReply.$Properties} isthmus.v1.PeerCallReply.$Shape
             */

            /**
             * Constructs a new PeerCallReply.
             * @memberof isthmus.v1
             * @classdesc Represents a PeerCallReply.
             * @constructor
             * @param {isthmus.v1.PeerCallReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PeerCallReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PeerCallReply message.
             * @member {Uint8Array} message
             * @memberof isthmus.v1.PeerCallReply
             * @instance
             */
            PeerCallReply.prototype.message = $util.newBuffer([]);

            /**
             * Creates a new PeerCallReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.PeerCallReply
             * @static
             * @param {isthmus.v1.PeerCallReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.PeerCallReply} PeerCallReply instance
             * @type {{
             *   (properties: isthmus.v1.PeerCallReply.$Shape): isthmus.v1.PeerCallReply & isthmus.v1.PeerCallReply.$Shape;
             *   (properties?: isthmus.v1.PeerCallReply.$Properties): isthmus.v1.PeerCallReply;
             * }}
             */
            PeerCallReply.create = function(properties) {
                return new PeerCallReply(properties);
            };

            /**
             * Encodes the specified PeerCallReply message. Does not implicitly {@link isthmus.v1.PeerCallReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.PeerCallReply
             * @static
             * @param {isthmus.v1.PeerCallReply.$Properties} message PeerCallReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PeerCallReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PeerCallReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.PeerCallReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.PeerCallReply & isthmus.v1.PeerCallReply.$Shape} PeerCallReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PeerCallReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.PeerCallReply();
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
                                message.message = value;
                            else
                                delete message.message;
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

            return PeerCallReply;
        })();

        v1.StatusRequest = (function() {

            /**
             * Properties of a StatusRequest.
             * @typedef {Object} isthmus.v1.StatusRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StatusRequest.
             * @memberof isthmus.v1
             * @interface IStatusRequest
             * @augments isthmus.v1.StatusRequest.$Properties
             * @deprecated Use isthmus.v1.StatusRequest.$Properties instead.
             */

            /**
             * Shape of a StatusRequest.
             * @typedef {isthmus.v1.StatusRequest.$Properties} isthmus.v1.StatusRequest.$Shape
             */

            /**
             * Constructs a new StatusRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a StatusRequest.
             * @constructor
             * @param {isthmus.v1.StatusRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StatusRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new StatusRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.StatusRequest
             * @static
             * @param {isthmus.v1.StatusRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.StatusRequest} StatusRequest instance
             * @type {{
             *   (properties: isthmus.v1.StatusRequest.$Shape): isthmus.v1.StatusRequest & isthmus.v1.StatusRequest.$Shape;
             *   (properties?: isthmus.v1.StatusRequest.$Properties): isthmus.v1.StatusRequest;
             * }}
             */
            StatusRequest.create = function(properties) {
                return new StatusRequest(properties);
            };

            /**
             * Encodes the specified StatusRequest message. Does not implicitly {@link isthmus.v1.StatusRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.StatusRequest
             * @static
             * @param {isthmus.v1.StatusRequest.$Properties} message StatusRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StatusRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StatusRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.StatusRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.StatusRequest & isthmus.v1.StatusRequest.$Shape} StatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StatusRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.StatusRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
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

            return StatusRequest;
        })();

        v1.StatusReply = (function() {

            /**
             * Properties of a StatusReply.
             * @typedef {Object} isthmus.v1.StatusReply.$Properties
             * @property {string|null} [cluster] StatusReply cluster
             * @property {string|null} [node] StatusReply node
             * @property {string|null} [health] StatusReply health
             * @property {Array.<isthmus.v1.Problem.$Properties>|null} [problems] StatusReply problems
             * @property {Array.<isthmus.v1.NodeStatus.$Properties>|null} [nodes] StatusReply nodes
             * @property {Array.<isthmus.v1.InstanceStatus.$Properties>|null} [instances] StatusReply instances
             * @property {Array.<isthmus.v1.LinkStatus.$Properties>|null} [links] StatusReply links
             * @property {Array.<isthmus.v1.AnnouncementStatus.$Properties>|null} [announcements] StatusReply announcements
             * @property {Array.<isthmus.v1.CheckStatus.$Properties>|null} [checks] StatusReply checks
             * @property {isthmus.v1.ReplicationStatus.$Properties|null} [replication] StatusReply replication
             * @property {number|null} [time] StatusReply time
             * @property {Array.<isthmus.v1.SessionChanges.$Properties>|null} [sessionChanges] StatusReply sessionChanges
             * @property {Array.<isthmus.v1.NatLogSink.$Properties>|null} [natLog] StatusReply natLog
             * @property {Array.<isthmus.v1.NotifyTarget.$Properties>|null} [notify] StatusReply notify
             * @property {isthmus.v1.RelayStatus.$Properties|null} [relay] StatusReply relay
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StatusReply.
             * @memberof isthmus.v1
             * @interface IStatusReply
             * @augments isthmus.v1.StatusReply.$Properties
             * @deprecated Use isthmus.v1.StatusReply.$Properties instead.
             */

            /**
             * Shape of a StatusReply.
             * @typedef {isthmus.v1.StatusReply.$Properties} isthmus.v1.StatusReply.$Shape
             */

            /**
             * Constructs a new StatusReply.
             * @memberof isthmus.v1
             * @classdesc Represents a StatusReply.
             * @constructor
             * @param {isthmus.v1.StatusReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StatusReply = function (properties) {
                this.problems = [];
                this.nodes = [];
                this.instances = [];
                this.links = [];
                this.announcements = [];
                this.checks = [];
                this.sessionChanges = [];
                this.natLog = [];
                this.notify = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StatusReply cluster.
             * @member {string} cluster
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.cluster = "";

            /**
             * StatusReply node.
             * @member {string} node
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.node = "";

            /**
             * StatusReply health.
             * @member {string} health
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.health = "";

            /**
             * StatusReply problems.
             * @member {Array.<isthmus.v1.Problem.$Properties>} problems
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.problems = $util.emptyArray;

            /**
             * StatusReply nodes.
             * @member {Array.<isthmus.v1.NodeStatus.$Properties>} nodes
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.nodes = $util.emptyArray;

            /**
             * StatusReply instances.
             * @member {Array.<isthmus.v1.InstanceStatus.$Properties>} instances
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.instances = $util.emptyArray;

            /**
             * StatusReply links.
             * @member {Array.<isthmus.v1.LinkStatus.$Properties>} links
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.links = $util.emptyArray;

            /**
             * StatusReply announcements.
             * @member {Array.<isthmus.v1.AnnouncementStatus.$Properties>} announcements
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.announcements = $util.emptyArray;

            /**
             * StatusReply checks.
             * @member {Array.<isthmus.v1.CheckStatus.$Properties>} checks
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.checks = $util.emptyArray;

            /**
             * StatusReply replication.
             * @member {isthmus.v1.ReplicationStatus.$Properties|null|undefined} replication
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.replication = null;

            /**
             * StatusReply time.
             * @member {number} time
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.time = 0;

            /**
             * StatusReply sessionChanges.
             * @member {Array.<isthmus.v1.SessionChanges.$Properties>} sessionChanges
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.sessionChanges = $util.emptyArray;

            /**
             * StatusReply natLog.
             * @member {Array.<isthmus.v1.NatLogSink.$Properties>} natLog
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.natLog = $util.emptyArray;

            /**
             * StatusReply notify.
             * @member {Array.<isthmus.v1.NotifyTarget.$Properties>} notify
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.notify = $util.emptyArray;

            /**
             * StatusReply relay.
             * @member {isthmus.v1.RelayStatus.$Properties|null|undefined} relay
             * @memberof isthmus.v1.StatusReply
             * @instance
             */
            StatusReply.prototype.relay = null;

            /**
             * Creates a new StatusReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.StatusReply
             * @static
             * @param {isthmus.v1.StatusReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.StatusReply} StatusReply instance
             * @type {{
             *   (properties: isthmus.v1.StatusReply.$Shape): isthmus.v1.StatusReply & isthmus.v1.StatusReply.$Shape;
             *   (properties?: isthmus.v1.StatusReply.$Properties): isthmus.v1.StatusReply;
             * }}
             */
            StatusReply.create = function(properties) {
                return new StatusReply(properties);
            };

            /**
             * Encodes the specified StatusReply message. Does not implicitly {@link isthmus.v1.StatusReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.StatusReply
             * @static
             * @param {isthmus.v1.StatusReply.$Properties} message StatusReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StatusReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster") && message.cluster !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.cluster);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.node);
                if (message.health != null && $Object.hasOwnProperty.call(message, "health") && message.health !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.health);
                if (message.problems != null && message.problems.length)
                    for (let i = 0; i < message.problems.length; ++i)
                        $root.isthmus.v1.Problem.encode(message.problems[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.nodes != null && message.nodes.length)
                    for (let i = 0; i < message.nodes.length; ++i)
                        $root.isthmus.v1.NodeStatus.encode(message.nodes[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.instances != null && message.instances.length)
                    for (let i = 0; i < message.instances.length; ++i)
                        $root.isthmus.v1.InstanceStatus.encode(message.instances[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.links != null && message.links.length)
                    for (let i = 0; i < message.links.length; ++i)
                        $root.isthmus.v1.LinkStatus.encode(message.links[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.announcements != null && message.announcements.length)
                    for (let i = 0; i < message.announcements.length; ++i)
                        $root.isthmus.v1.AnnouncementStatus.encode(message.announcements[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.checks != null && message.checks.length)
                    for (let i = 0; i < message.checks.length; ++i)
                        $root.isthmus.v1.CheckStatus.encode(message.checks[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.replication != null && $Object.hasOwnProperty.call(message, "replication"))
                    $root.isthmus.v1.ReplicationStatus.encode(message.replication, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.time != null && $Object.hasOwnProperty.call(message, "time") && !$Object.is(message.time, 0))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.time);
                if (message.natLog != null && message.natLog.length)
                    for (let i = 0; i < message.natLog.length; ++i)
                        $root.isthmus.v1.NatLogSink.encode(message.natLog[i], writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.notify != null && message.notify.length)
                    for (let i = 0; i < message.notify.length; ++i)
                        $root.isthmus.v1.NotifyTarget.encode(message.notify[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.relay != null && $Object.hasOwnProperty.call(message, "relay"))
                    $root.isthmus.v1.RelayStatus.encode(message.relay, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.sessionChanges != null && message.sessionChanges.length)
                    for (let i = 0; i < message.sessionChanges.length; ++i)
                        $root.isthmus.v1.SessionChanges.encode(message.sessionChanges[i], writer.uint32(/* id 30, wireType 2 =*/242).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StatusReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.StatusReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.StatusReply & isthmus.v1.StatusReply.$Shape} StatusReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StatusReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.StatusReply();
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
                                message.cluster = value;
                            else
                                delete message.cluster;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.health = value;
                            else
                                delete message.health;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.problems && message.problems.length))
                                message.problems = [];
                            message.problems.push($root.isthmus.v1.Problem.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.nodes && message.nodes.length))
                                message.nodes = [];
                            message.nodes.push($root.isthmus.v1.NodeStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.instances && message.instances.length))
                                message.instances = [];
                            message.instances.push($root.isthmus.v1.InstanceStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.links && message.links.length))
                                message.links = [];
                            message.links.push($root.isthmus.v1.LinkStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.announcements && message.announcements.length))
                                message.announcements = [];
                            message.announcements.push($root.isthmus.v1.AnnouncementStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.checks && message.checks.length))
                                message.checks = [];
                            message.checks.push($root.isthmus.v1.CheckStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.replication = $root.isthmus.v1.ReplicationStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.replication);
                            continue;
                        }
                    case 11: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.time = value;
                            else
                                delete message.time;
                            continue;
                        }
                    case 30: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sessionChanges && message.sessionChanges.length))
                                message.sessionChanges = [];
                            message.sessionChanges.push($root.isthmus.v1.SessionChanges.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.natLog && message.natLog.length))
                                message.natLog = [];
                            message.natLog.push($root.isthmus.v1.NatLogSink.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if (!(message.notify && message.notify.length))
                                message.notify = [];
                            message.notify.push($root.isthmus.v1.NotifyTarget.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.relay = $root.isthmus.v1.RelayStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.relay);
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

            return StatusReply;
        })();

        v1.RelayStatus = (function() {

            /**
             * Properties of a RelayStatus.
             * @typedef {Object} isthmus.v1.RelayStatus.$Properties
             * @property {Array.<isthmus.v1.RelayTarget.$Properties>|null} [targets] RelayStatus targets
             * @property {Array.<isthmus.v1.Counter.$Properties>|null} [counters] RelayStatus counters
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RelayStatus.
             * @memberof isthmus.v1
             * @interface IRelayStatus
             * @augments isthmus.v1.RelayStatus.$Properties
             * @deprecated Use isthmus.v1.RelayStatus.$Properties instead.
             */

            /**
             * Shape of a RelayStatus.
             * @typedef {isthmus.v1.RelayStatus.$Properties} isthmus.v1.RelayStatus.$Shape
             */

            /**
             * Constructs a new RelayStatus.
             * @memberof isthmus.v1
             * @classdesc Represents a RelayStatus.
             * @constructor
             * @param {isthmus.v1.RelayStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RelayStatus = function (properties) {
                this.targets = [];
                this.counters = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RelayStatus targets.
             * @member {Array.<isthmus.v1.RelayTarget.$Properties>} targets
             * @memberof isthmus.v1.RelayStatus
             * @instance
             */
            RelayStatus.prototype.targets = $util.emptyArray;

            /**
             * RelayStatus counters.
             * @member {Array.<isthmus.v1.Counter.$Properties>} counters
             * @memberof isthmus.v1.RelayStatus
             * @instance
             */
            RelayStatus.prototype.counters = $util.emptyArray;

            /**
             * Creates a new RelayStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.RelayStatus
             * @static
             * @param {isthmus.v1.RelayStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.RelayStatus} RelayStatus instance
             * @type {{
             *   (properties: isthmus.v1.RelayStatus.$Shape): isthmus.v1.RelayStatus & isthmus.v1.RelayStatus.$Shape;
             *   (properties?: isthmus.v1.RelayStatus.$Properties): isthmus.v1.RelayStatus;
             * }}
             */
            RelayStatus.create = function(properties) {
                return new RelayStatus(properties);
            };

            /**
             * Encodes the specified RelayStatus message. Does not implicitly {@link isthmus.v1.RelayStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.RelayStatus
             * @static
             * @param {isthmus.v1.RelayStatus.$Properties} message RelayStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RelayStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.targets != null && message.targets.length)
                    for (let i = 0; i < message.targets.length; ++i)
                        $root.isthmus.v1.RelayTarget.encode(message.targets[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.counters != null && message.counters.length)
                    for (let i = 0; i < message.counters.length; ++i)
                        $root.isthmus.v1.Counter.encode(message.counters[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RelayStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.RelayStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.RelayStatus & isthmus.v1.RelayStatus.$Shape} RelayStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RelayStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.RelayStatus();
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
                            if (!(message.targets && message.targets.length))
                                message.targets = [];
                            message.targets.push($root.isthmus.v1.RelayTarget.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.counters && message.counters.length))
                                message.counters = [];
                            message.counters.push($root.isthmus.v1.Counter.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return RelayStatus;
        })();

        v1.RelayTarget = (function() {

            /**
             * Properties of a RelayTarget.
             * @typedef {Object} isthmus.v1.RelayTarget.$Properties
             * @property {string|null} [instance] RelayTarget instance
             * @property {string|null} [node] RelayTarget node
             * @property {number|null} [packets] RelayTarget packets
             * @property {number|null} [since] RelayTarget since
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RelayTarget.
             * @memberof isthmus.v1
             * @interface IRelayTarget
             * @augments isthmus.v1.RelayTarget.$Properties
             * @deprecated Use isthmus.v1.RelayTarget.$Properties instead.
             */

            /**
             * Shape of a RelayTarget.
             * @typedef {isthmus.v1.RelayTarget.$Properties} isthmus.v1.RelayTarget.$Shape
             */

            /**
             * Constructs a new RelayTarget.
             * @memberof isthmus.v1
             * @classdesc Represents a RelayTarget.
             * @constructor
             * @param {isthmus.v1.RelayTarget.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RelayTarget = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RelayTarget instance.
             * @member {string} instance
             * @memberof isthmus.v1.RelayTarget
             * @instance
             */
            RelayTarget.prototype.instance = "";

            /**
             * RelayTarget node.
             * @member {string} node
             * @memberof isthmus.v1.RelayTarget
             * @instance
             */
            RelayTarget.prototype.node = "";

            /**
             * RelayTarget packets.
             * @member {number} packets
             * @memberof isthmus.v1.RelayTarget
             * @instance
             */
            RelayTarget.prototype.packets = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * RelayTarget since.
             * @member {number} since
             * @memberof isthmus.v1.RelayTarget
             * @instance
             */
            RelayTarget.prototype.since = 0;

            /**
             * Creates a new RelayTarget instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.RelayTarget
             * @static
             * @param {isthmus.v1.RelayTarget.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.RelayTarget} RelayTarget instance
             * @type {{
             *   (properties: isthmus.v1.RelayTarget.$Shape): isthmus.v1.RelayTarget & isthmus.v1.RelayTarget.$Shape;
             *   (properties?: isthmus.v1.RelayTarget.$Properties): isthmus.v1.RelayTarget;
             * }}
             */
            RelayTarget.create = function(properties) {
                return new RelayTarget(properties);
            };

            /**
             * Encodes the specified RelayTarget message. Does not implicitly {@link isthmus.v1.RelayTarget.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.RelayTarget
             * @static
             * @param {isthmus.v1.RelayTarget.$Properties} message RelayTarget message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RelayTarget.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.node);
                if (message.packets != null && $Object.hasOwnProperty.call(message, "packets") && (typeof message.packets === "object" ? message.packets.low || message.packets.high : message.packets !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.packets);
                if (message.since != null && $Object.hasOwnProperty.call(message, "since") && !$Object.is(message.since, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.since);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RelayTarget message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.RelayTarget
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.RelayTarget & isthmus.v1.RelayTarget.$Shape} RelayTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RelayTarget.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.RelayTarget();
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
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packets = value;
                            else
                                delete message.packets;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.since = value;
                            else
                                delete message.since;
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

            return RelayTarget;
        })();

        v1.Problem = (function() {

            /**
             * Properties of a Problem.
             * @typedef {Object} isthmus.v1.Problem.$Properties
             * @property {string|null} [severity] Problem severity
             * @property {string|null} [subject] Problem subject
             * @property {string|null} [text] Problem text
             * @property {string|null} [code] Problem code
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Problem.
             * @memberof isthmus.v1
             * @interface IProblem
             * @augments isthmus.v1.Problem.$Properties
             * @deprecated Use isthmus.v1.Problem.$Properties instead.
             */

            /**
             * Shape of a Problem.
             * @typedef {isthmus.v1.Problem.$Properties} isthmus.v1.Problem.$Shape
             */

            /**
             * Constructs a new Problem.
             * @memberof isthmus.v1
             * @classdesc Represents a Problem.
             * @constructor
             * @param {isthmus.v1.Problem.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Problem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Problem severity.
             * @member {string} severity
             * @memberof isthmus.v1.Problem
             * @instance
             */
            Problem.prototype.severity = "";

            /**
             * Problem subject.
             * @member {string} subject
             * @memberof isthmus.v1.Problem
             * @instance
             */
            Problem.prototype.subject = "";

            /**
             * Problem text.
             * @member {string} text
             * @memberof isthmus.v1.Problem
             * @instance
             */
            Problem.prototype.text = "";

            /**
             * Problem code.
             * @member {string} code
             * @memberof isthmus.v1.Problem
             * @instance
             */
            Problem.prototype.code = "";

            /**
             * Creates a new Problem instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.Problem
             * @static
             * @param {isthmus.v1.Problem.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.Problem} Problem instance
             * @type {{
             *   (properties: isthmus.v1.Problem.$Shape): isthmus.v1.Problem & isthmus.v1.Problem.$Shape;
             *   (properties?: isthmus.v1.Problem.$Properties): isthmus.v1.Problem;
             * }}
             */
            Problem.create = function(properties) {
                return new Problem(properties);
            };

            /**
             * Encodes the specified Problem message. Does not implicitly {@link isthmus.v1.Problem.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.Problem
             * @static
             * @param {isthmus.v1.Problem.$Properties} message Problem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Problem.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.severity != null && $Object.hasOwnProperty.call(message, "severity") && message.severity !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.severity);
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.subject);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.text);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.code);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Problem message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.Problem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.Problem & isthmus.v1.Problem.$Shape} Problem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Problem.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.Problem();
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
                                message.severity = value;
                            else
                                delete message.severity;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.subject = value;
                            else
                                delete message.subject;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
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

            return Problem;
        })();

        v1.NodeStatus = (function() {

            /**
             * Properties of a NodeStatus.
             * @typedef {Object} isthmus.v1.NodeStatus.$Properties
             * @property {string|null} [name] NodeStatus name
             * @property {number|null} [slot] NodeStatus slot
             * @property {boolean|null} [self] NodeStatus self
             * @property {boolean|null} [alive] NodeStatus alive
             * @property {string|null} [state] NodeStatus state
             * @property {string|null} [reason] NodeStatus reason
             * @property {number|null} [since] NodeStatus since
             * @property {boolean|null} [announcing] NodeStatus announcing
             * @property {number|null} [epoch] NodeStatus epoch
             * @property {string|null} [software] NodeStatus software
             * @property {string|null} [revision] NodeStatus revision
             * @property {number|null} [pid] NodeStatus pid
             * @property {number|null} [started] NodeStatus started
             * @property {number|null} [silentMs] NodeStatus silentMs
             * @property {number|null} [framesMissing] NodeStatus framesMissing
             * @property {number|null} [framesLost] NodeStatus framesLost
             * @property {number|null} [gaps] NodeStatus gaps
             * @property {Array.<isthmus.v1.NodeInstance.$Properties>|null} [instances] NodeStatus instances
             * @property {Array.<string>|null} [differs] NodeStatus differs
             * @property {boolean|null} [oneWay] NodeStatus oneWay
             * @property {boolean|null} [upstreamDown] NodeStatus upstreamDown
             * @property {Array.<isthmus.v1.NodeLink.$Properties>|null} [links] NodeStatus links
             * @property {Array.<isthmus.v1.AnnouncementStatus.$Properties>|null} [announcements] NodeStatus announcements
             * @property {Array.<isthmus.v1.NodeReplica.$Properties>|null} [replicas] NodeStatus replicas
             * @property {number|null} [lagMs] NodeStatus lagMs
             * @property {string|null} [paused] NodeStatus paused
             * @property {number|null} [clockAheadMs] NodeStatus clockAheadMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeStatus.
             * @memberof isthmus.v1
             * @interface INodeStatus
             * @augments isthmus.v1.NodeStatus.$Properties
             * @deprecated Use isthmus.v1.NodeStatus.$Properties instead.
             */

            /**
             * Shape of a NodeStatus.
             * @typedef {isthmus.v1.NodeStatus.$Properties} isthmus.v1.NodeStatus.$Shape
             */

            /**
             * Constructs a new NodeStatus.
             * @memberof isthmus.v1
             * @classdesc Represents a NodeStatus.
             * @constructor
             * @param {isthmus.v1.NodeStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeStatus = function (properties) {
                this.instances = [];
                this.differs = [];
                this.links = [];
                this.announcements = [];
                this.replicas = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeStatus name.
             * @member {string} name
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.name = "";

            /**
             * NodeStatus slot.
             * @member {number} slot
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.slot = 0;

            /**
             * NodeStatus self.
             * @member {boolean} self
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.self = false;

            /**
             * NodeStatus alive.
             * @member {boolean} alive
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.alive = false;

            /**
             * NodeStatus state.
             * @member {string} state
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.state = "";

            /**
             * NodeStatus reason.
             * @member {string} reason
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.reason = "";

            /**
             * NodeStatus since.
             * @member {number} since
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.since = 0;

            /**
             * NodeStatus announcing.
             * @member {boolean} announcing
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.announcing = false;

            /**
             * NodeStatus epoch.
             * @member {number} epoch
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NodeStatus software.
             * @member {string} software
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.software = "";

            /**
             * NodeStatus revision.
             * @member {string} revision
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.revision = "";

            /**
             * NodeStatus pid.
             * @member {number} pid
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.pid = 0;

            /**
             * NodeStatus started.
             * @member {number} started
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.started = 0;

            /**
             * NodeStatus silentMs.
             * @member {number} silentMs
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.silentMs = 0;

            /**
             * NodeStatus framesMissing.
             * @member {number} framesMissing
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.framesMissing = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NodeStatus framesLost.
             * @member {number} framesLost
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.framesLost = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NodeStatus gaps.
             * @member {number} gaps
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.gaps = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NodeStatus instances.
             * @member {Array.<isthmus.v1.NodeInstance.$Properties>} instances
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.instances = $util.emptyArray;

            /**
             * NodeStatus differs.
             * @member {Array.<string>} differs
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.differs = $util.emptyArray;

            /**
             * NodeStatus oneWay.
             * @member {boolean} oneWay
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.oneWay = false;

            /**
             * NodeStatus upstreamDown.
             * @member {boolean} upstreamDown
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.upstreamDown = false;

            /**
             * NodeStatus links.
             * @member {Array.<isthmus.v1.NodeLink.$Properties>} links
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.links = $util.emptyArray;

            /**
             * NodeStatus announcements.
             * @member {Array.<isthmus.v1.AnnouncementStatus.$Properties>} announcements
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.announcements = $util.emptyArray;

            /**
             * NodeStatus replicas.
             * @member {Array.<isthmus.v1.NodeReplica.$Properties>} replicas
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.replicas = $util.emptyArray;

            /**
             * NodeStatus lagMs.
             * @member {number} lagMs
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.lagMs = 0;

            /**
             * NodeStatus paused.
             * @member {string} paused
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.paused = "";

            /**
             * NodeStatus clockAheadMs.
             * @member {number} clockAheadMs
             * @memberof isthmus.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.clockAheadMs = 0;

            /**
             * Creates a new NodeStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.NodeStatus
             * @static
             * @param {isthmus.v1.NodeStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.NodeStatus} NodeStatus instance
             * @type {{
             *   (properties: isthmus.v1.NodeStatus.$Shape): isthmus.v1.NodeStatus & isthmus.v1.NodeStatus.$Shape;
             *   (properties?: isthmus.v1.NodeStatus.$Properties): isthmus.v1.NodeStatus;
             * }}
             */
            NodeStatus.create = function(properties) {
                return new NodeStatus(properties);
            };

            /**
             * Encodes the specified NodeStatus message. Does not implicitly {@link isthmus.v1.NodeStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.NodeStatus
             * @static
             * @param {isthmus.v1.NodeStatus.$Properties} message NodeStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.slot);
                if (message.self != null && $Object.hasOwnProperty.call(message, "self") && message.self !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.self);
                if (message.alive != null && $Object.hasOwnProperty.call(message, "alive") && message.alive !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.alive);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.state);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.reason);
                if (message.since != null && $Object.hasOwnProperty.call(message, "since") && !$Object.is(message.since, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.since);
                if (message.announcing != null && $Object.hasOwnProperty.call(message, "announcing") && message.announcing !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.announcing);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.epoch);
                if (message.software != null && $Object.hasOwnProperty.call(message, "software") && message.software !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.software);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && message.revision !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.revision);
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                    writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.pid);
                if (message.started != null && $Object.hasOwnProperty.call(message, "started") && !$Object.is(message.started, 0))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.started);
                if (message.silentMs != null && $Object.hasOwnProperty.call(message, "silentMs") && !$Object.is(message.silentMs, 0))
                    writer.uint32(/* id 14, wireType 1 =*/113).double(message.silentMs);
                if (message.framesMissing != null && $Object.hasOwnProperty.call(message, "framesMissing") && (typeof message.framesMissing === "object" ? message.framesMissing.low || message.framesMissing.high : message.framesMissing !== 0))
                    writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.framesMissing);
                if (message.framesLost != null && $Object.hasOwnProperty.call(message, "framesLost") && (typeof message.framesLost === "object" ? message.framesLost.low || message.framesLost.high : message.framesLost !== 0))
                    writer.uint32(/* id 16, wireType 0 =*/128).uint64(message.framesLost);
                if (message.gaps != null && $Object.hasOwnProperty.call(message, "gaps") && (typeof message.gaps === "object" ? message.gaps.low || message.gaps.high : message.gaps !== 0))
                    writer.uint32(/* id 17, wireType 0 =*/136).uint64(message.gaps);
                if (message.instances != null && message.instances.length)
                    for (let i = 0; i < message.instances.length; ++i)
                        $root.isthmus.v1.NodeInstance.encode(message.instances[i], writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.differs != null && message.differs.length)
                    for (let i = 0; i < message.differs.length; ++i)
                        writer.uint32(/* id 19, wireType 2 =*/154).string(message.differs[i]);
                if (message.oneWay != null && $Object.hasOwnProperty.call(message, "oneWay") && message.oneWay !== false)
                    writer.uint32(/* id 20, wireType 0 =*/160).bool(message.oneWay);
                if (message.upstreamDown != null && $Object.hasOwnProperty.call(message, "upstreamDown") && message.upstreamDown !== false)
                    writer.uint32(/* id 21, wireType 0 =*/168).bool(message.upstreamDown);
                if (message.links != null && message.links.length)
                    for (let i = 0; i < message.links.length; ++i)
                        $root.isthmus.v1.NodeLink.encode(message.links[i], writer.uint32(/* id 30, wireType 2 =*/242).fork(), _depth + 1).ldelim();
                if (message.announcements != null && message.announcements.length)
                    for (let i = 0; i < message.announcements.length; ++i)
                        $root.isthmus.v1.AnnouncementStatus.encode(message.announcements[i], writer.uint32(/* id 31, wireType 2 =*/250).fork(), _depth + 1).ldelim();
                if (message.replicas != null && message.replicas.length)
                    for (let i = 0; i < message.replicas.length; ++i)
                        $root.isthmus.v1.NodeReplica.encode(message.replicas[i], writer.uint32(/* id 32, wireType 2 =*/258).fork(), _depth + 1).ldelim();
                if (message.lagMs != null && $Object.hasOwnProperty.call(message, "lagMs") && !$Object.is(message.lagMs, 0))
                    writer.uint32(/* id 33, wireType 1 =*/265).double(message.lagMs);
                if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== "")
                    writer.uint32(/* id 34, wireType 2 =*/274).string(message.paused);
                if (message.clockAheadMs != null && $Object.hasOwnProperty.call(message, "clockAheadMs") && !$Object.is(message.clockAheadMs, 0))
                    writer.uint32(/* id 35, wireType 1 =*/281).double(message.clockAheadMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.NodeStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeStatus & isthmus.v1.NodeStatus.$Shape} NodeStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.NodeStatus();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.self = value;
                            else
                                delete message.self;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.alive = value;
                            else
                                delete message.alive;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.since = value;
                            else
                                delete message.since;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.announcing = value;
                            else
                                delete message.announcing;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.software = value;
                            else
                                delete message.software;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pid = value;
                            else
                                delete message.pid;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.started = value;
                            else
                                delete message.started;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.silentMs = value;
                            else
                                delete message.silentMs;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.framesMissing = value;
                            else
                                delete message.framesMissing;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.framesLost = value;
                            else
                                delete message.framesLost;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.gaps = value;
                            else
                                delete message.gaps;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            if (!(message.instances && message.instances.length))
                                message.instances = [];
                            message.instances.push($root.isthmus.v1.NodeInstance.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            if (!(message.differs && message.differs.length))
                                message.differs = [];
                            message.differs.push(reader.stringVerify());
                            continue;
                        }
                    case 20: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.oneWay = value;
                            else
                                delete message.oneWay;
                            continue;
                        }
                    case 21: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.upstreamDown = value;
                            else
                                delete message.upstreamDown;
                            continue;
                        }
                    case 30: {
                            if (wireType !== 2)
                                break;
                            if (!(message.links && message.links.length))
                                message.links = [];
                            message.links.push($root.isthmus.v1.NodeLink.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 31: {
                            if (wireType !== 2)
                                break;
                            if (!(message.announcements && message.announcements.length))
                                message.announcements = [];
                            message.announcements.push($root.isthmus.v1.AnnouncementStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 32: {
                            if (wireType !== 2)
                                break;
                            if (!(message.replicas && message.replicas.length))
                                message.replicas = [];
                            message.replicas.push($root.isthmus.v1.NodeReplica.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 33: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.lagMs = value;
                            else
                                delete message.lagMs;
                            continue;
                        }
                    case 34: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.paused = value;
                            else
                                delete message.paused;
                            continue;
                        }
                    case 35: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.clockAheadMs = value;
                            else
                                delete message.clockAheadMs;
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

            return NodeStatus;
        })();

        v1.SessionChanges = (function() {

            /**
             * Properties of a SessionChanges.
             * @typedef {Object} isthmus.v1.SessionChanges.$Properties
             * @property {string|null} [upstream] SessionChanges upstream
             * @property {string|null} [peer] SessionChanges peer
             * @property {string|null} [kind] SessionChanges kind
             * @property {number|null} [changes] SessionChanges changes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SessionChanges.
             * @memberof isthmus.v1
             * @interface ISessionChanges
             * @augments isthmus.v1.SessionChanges.$Properties
             * @deprecated Use isthmus.v1.SessionChanges.$Properties instead.
             */

            /**
             * Shape of a SessionChanges.
             * @typedef {isthmus.v1.SessionChanges.$Properties} isthmus.v1.SessionChanges.$Shape
             */

            /**
             * Constructs a new SessionChanges.
             * @memberof isthmus.v1
             * @classdesc Represents a SessionChanges.
             * @constructor
             * @param {isthmus.v1.SessionChanges.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SessionChanges = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SessionChanges upstream.
             * @member {string} upstream
             * @memberof isthmus.v1.SessionChanges
             * @instance
             */
            SessionChanges.prototype.upstream = "";

            /**
             * SessionChanges peer.
             * @member {string} peer
             * @memberof isthmus.v1.SessionChanges
             * @instance
             */
            SessionChanges.prototype.peer = "";

            /**
             * SessionChanges kind.
             * @member {string} kind
             * @memberof isthmus.v1.SessionChanges
             * @instance
             */
            SessionChanges.prototype.kind = "";

            /**
             * SessionChanges changes.
             * @member {number} changes
             * @memberof isthmus.v1.SessionChanges
             * @instance
             */
            SessionChanges.prototype.changes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new SessionChanges instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.SessionChanges
             * @static
             * @param {isthmus.v1.SessionChanges.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.SessionChanges} SessionChanges instance
             * @type {{
             *   (properties: isthmus.v1.SessionChanges.$Shape): isthmus.v1.SessionChanges & isthmus.v1.SessionChanges.$Shape;
             *   (properties?: isthmus.v1.SessionChanges.$Properties): isthmus.v1.SessionChanges;
             * }}
             */
            SessionChanges.create = function(properties) {
                return new SessionChanges(properties);
            };

            /**
             * Encodes the specified SessionChanges message. Does not implicitly {@link isthmus.v1.SessionChanges.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.SessionChanges
             * @static
             * @param {isthmus.v1.SessionChanges.$Properties} message SessionChanges message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SessionChanges.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.upstream != null && $Object.hasOwnProperty.call(message, "upstream") && message.upstream !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.upstream);
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer") && message.peer !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.peer);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.kind);
                if (message.changes != null && $Object.hasOwnProperty.call(message, "changes") && (typeof message.changes === "object" ? message.changes.low || message.changes.high : message.changes !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.changes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SessionChanges message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.SessionChanges
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.SessionChanges & isthmus.v1.SessionChanges.$Shape} SessionChanges
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SessionChanges.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.SessionChanges();
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
                                message.upstream = value;
                            else
                                delete message.upstream;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.peer = value;
                            else
                                delete message.peer;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.changes = value;
                            else
                                delete message.changes;
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

            return SessionChanges;
        })();

        v1.NodeLink = (function() {

            /**
             * Properties of a NodeLink.
             * @typedef {Object} isthmus.v1.NodeLink.$Properties
             * @property {string|null} [name] NodeLink name
             * @property {string|null} [health] NodeLink health
             * @property {Array.<isthmus.v1.LinkPeer.$Properties>|null} [peers] NodeLink peers
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeLink.
             * @memberof isthmus.v1
             * @interface INodeLink
             * @augments isthmus.v1.NodeLink.$Properties
             * @deprecated Use isthmus.v1.NodeLink.$Properties instead.
             */

            /**
             * Shape of a NodeLink.
             * @typedef {isthmus.v1.NodeLink.$Properties} isthmus.v1.NodeLink.$Shape
             */

            /**
             * Constructs a new NodeLink.
             * @memberof isthmus.v1
             * @classdesc Represents a NodeLink.
             * @constructor
             * @param {isthmus.v1.NodeLink.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeLink = function (properties) {
                this.peers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeLink name.
             * @member {string} name
             * @memberof isthmus.v1.NodeLink
             * @instance
             */
            NodeLink.prototype.name = "";

            /**
             * NodeLink health.
             * @member {string} health
             * @memberof isthmus.v1.NodeLink
             * @instance
             */
            NodeLink.prototype.health = "";

            /**
             * NodeLink peers.
             * @member {Array.<isthmus.v1.LinkPeer.$Properties>} peers
             * @memberof isthmus.v1.NodeLink
             * @instance
             */
            NodeLink.prototype.peers = $util.emptyArray;

            /**
             * Creates a new NodeLink instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.NodeLink
             * @static
             * @param {isthmus.v1.NodeLink.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.NodeLink} NodeLink instance
             * @type {{
             *   (properties: isthmus.v1.NodeLink.$Shape): isthmus.v1.NodeLink & isthmus.v1.NodeLink.$Shape;
             *   (properties?: isthmus.v1.NodeLink.$Properties): isthmus.v1.NodeLink;
             * }}
             */
            NodeLink.create = function(properties) {
                return new NodeLink(properties);
            };

            /**
             * Encodes the specified NodeLink message. Does not implicitly {@link isthmus.v1.NodeLink.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.NodeLink
             * @static
             * @param {isthmus.v1.NodeLink.$Properties} message NodeLink message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeLink.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.health != null && $Object.hasOwnProperty.call(message, "health") && message.health !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.health);
                if (message.peers != null && message.peers.length)
                    for (let i = 0; i < message.peers.length; ++i)
                        $root.isthmus.v1.LinkPeer.encode(message.peers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeLink message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.NodeLink
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeLink & isthmus.v1.NodeLink.$Shape} NodeLink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeLink.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.NodeLink();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.health = value;
                            else
                                delete message.health;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.peers && message.peers.length))
                                message.peers = [];
                            message.peers.push($root.isthmus.v1.LinkPeer.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return NodeLink;
        })();

        v1.NodeReplica = (function() {

            /**
             * Properties of a NodeReplica.
             * @typedef {Object} isthmus.v1.NodeReplica.$Properties
             * @property {number|null} [slot] NodeReplica slot
             * @property {string|null} [instance] NodeReplica instance
             * @property {number|null} [sessions] NodeReplica sessions
             * @property {string|null} [sync] NodeReplica sync
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeReplica.
             * @memberof isthmus.v1
             * @interface INodeReplica
             * @augments isthmus.v1.NodeReplica.$Properties
             * @deprecated Use isthmus.v1.NodeReplica.$Properties instead.
             */

            /**
             * Shape of a NodeReplica.
             * @typedef {isthmus.v1.NodeReplica.$Properties} isthmus.v1.NodeReplica.$Shape
             */

            /**
             * Constructs a new NodeReplica.
             * @memberof isthmus.v1
             * @classdesc Represents a NodeReplica.
             * @constructor
             * @param {isthmus.v1.NodeReplica.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeReplica = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeReplica slot.
             * @member {number} slot
             * @memberof isthmus.v1.NodeReplica
             * @instance
             */
            NodeReplica.prototype.slot = 0;

            /**
             * NodeReplica instance.
             * @member {string} instance
             * @memberof isthmus.v1.NodeReplica
             * @instance
             */
            NodeReplica.prototype.instance = "";

            /**
             * NodeReplica sessions.
             * @member {number} sessions
             * @memberof isthmus.v1.NodeReplica
             * @instance
             */
            NodeReplica.prototype.sessions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NodeReplica sync.
             * @member {string} sync
             * @memberof isthmus.v1.NodeReplica
             * @instance
             */
            NodeReplica.prototype.sync = "";

            /**
             * Creates a new NodeReplica instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.NodeReplica
             * @static
             * @param {isthmus.v1.NodeReplica.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.NodeReplica} NodeReplica instance
             * @type {{
             *   (properties: isthmus.v1.NodeReplica.$Shape): isthmus.v1.NodeReplica & isthmus.v1.NodeReplica.$Shape;
             *   (properties?: isthmus.v1.NodeReplica.$Properties): isthmus.v1.NodeReplica;
             * }}
             */
            NodeReplica.create = function(properties) {
                return new NodeReplica(properties);
            };

            /**
             * Encodes the specified NodeReplica message. Does not implicitly {@link isthmus.v1.NodeReplica.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.NodeReplica
             * @static
             * @param {isthmus.v1.NodeReplica.$Properties} message NodeReplica message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeReplica.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.instance);
                if (message.sessions != null && $Object.hasOwnProperty.call(message, "sessions") && (typeof message.sessions === "object" ? message.sessions.low || message.sessions.high : message.sessions !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.sessions);
                if (message.sync != null && $Object.hasOwnProperty.call(message, "sync") && message.sync !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.sync);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeReplica message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.NodeReplica
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeReplica & isthmus.v1.NodeReplica.$Shape} NodeReplica
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeReplica.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.NodeReplica();
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.instance = value;
                            else
                                delete message.instance;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sessions = value;
                            else
                                delete message.sessions;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sync = value;
                            else
                                delete message.sync;
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

            return NodeReplica;
        })();

        v1.NodeInstance = (function() {

            /**
             * Properties of a NodeInstance.
             * @typedef {Object} isthmus.v1.NodeInstance.$Properties
             * @property {string|null} [name] NodeInstance name
             * @property {number|null} [ownSessions] NodeInstance ownSessions
             * @property {number|null} [heldHere] NodeInstance heldHere
             * @property {string|null} [sync] NodeInstance sync
             * @property {isthmus.v1.Traffic.$Properties|null} [traffic] NodeInstance traffic
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeInstance.
             * @memberof isthmus.v1
             * @interface INodeInstance
             * @augments isthmus.v1.NodeInstance.$Properties
             * @deprecated Use isthmus.v1.NodeInstance.$Properties instead.
             */

            /**
             * Shape of a NodeInstance.
             * @typedef {isthmus.v1.NodeInstance.$Properties} isthmus.v1.NodeInstance.$Shape
             */

            /**
             * Constructs a new NodeInstance.
             * @memberof isthmus.v1
             * @classdesc Represents a NodeInstance.
             * @constructor
             * @param {isthmus.v1.NodeInstance.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeInstance = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeInstance name.
             * @member {string} name
             * @memberof isthmus.v1.NodeInstance
             * @instance
             */
            NodeInstance.prototype.name = "";

            /**
             * NodeInstance ownSessions.
             * @member {number} ownSessions
             * @memberof isthmus.v1.NodeInstance
             * @instance
             */
            NodeInstance.prototype.ownSessions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NodeInstance heldHere.
             * @member {number} heldHere
             * @memberof isthmus.v1.NodeInstance
             * @instance
             */
            NodeInstance.prototype.heldHere = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NodeInstance sync.
             * @member {string} sync
             * @memberof isthmus.v1.NodeInstance
             * @instance
             */
            NodeInstance.prototype.sync = "";

            /**
             * NodeInstance traffic.
             * @member {isthmus.v1.Traffic.$Properties|null|undefined} traffic
             * @memberof isthmus.v1.NodeInstance
             * @instance
             */
            NodeInstance.prototype.traffic = null;

            /**
             * Creates a new NodeInstance instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.NodeInstance
             * @static
             * @param {isthmus.v1.NodeInstance.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.NodeInstance} NodeInstance instance
             * @type {{
             *   (properties: isthmus.v1.NodeInstance.$Shape): isthmus.v1.NodeInstance & isthmus.v1.NodeInstance.$Shape;
             *   (properties?: isthmus.v1.NodeInstance.$Properties): isthmus.v1.NodeInstance;
             * }}
             */
            NodeInstance.create = function(properties) {
                return new NodeInstance(properties);
            };

            /**
             * Encodes the specified NodeInstance message. Does not implicitly {@link isthmus.v1.NodeInstance.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.NodeInstance
             * @static
             * @param {isthmus.v1.NodeInstance.$Properties} message NodeInstance message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeInstance.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.ownSessions != null && $Object.hasOwnProperty.call(message, "ownSessions") && (typeof message.ownSessions === "object" ? message.ownSessions.low || message.ownSessions.high : message.ownSessions !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.ownSessions);
                if (message.heldHere != null && $Object.hasOwnProperty.call(message, "heldHere") && (typeof message.heldHere === "object" ? message.heldHere.low || message.heldHere.high : message.heldHere !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.heldHere);
                if (message.sync != null && $Object.hasOwnProperty.call(message, "sync") && message.sync !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.sync);
                if (message.traffic != null && $Object.hasOwnProperty.call(message, "traffic"))
                    $root.isthmus.v1.Traffic.encode(message.traffic, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeInstance message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.NodeInstance
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeInstance & isthmus.v1.NodeInstance.$Shape} NodeInstance
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeInstance.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.NodeInstance();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.ownSessions = value;
                            else
                                delete message.ownSessions;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.heldHere = value;
                            else
                                delete message.heldHere;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sync = value;
                            else
                                delete message.sync;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.traffic = $root.isthmus.v1.Traffic.decode(reader, reader.size(), $undefined, _depth + 1, message.traffic);
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

            return NodeInstance;
        })();

        v1.Traffic = (function() {

            /**
             * Properties of a Traffic.
             * @typedef {Object} isthmus.v1.Traffic.$Properties
             * @property {number|null} [bitsPerSecond] Traffic bitsPerSecond
             * @property {number|null} [fastBitsPerSecond] Traffic fastBitsPerSecond
             * @property {number|null} [packetsPerSecond] Traffic packetsPerSecond
             * @property {number|null} [fastPacketsPerSecond] Traffic fastPacketsPerSecond
             * @property {number|null} [newSessionsPerSecond] Traffic newSessionsPerSecond
             * @property {number|null} [dropped] Traffic dropped
             * @property {string|null} [topDrop] Traffic topDrop
             * @property {number|null} [topDropCount] Traffic topDropCount
             * @property {number|null} [answered] Traffic answered
             * @property {string|null} [topAnswer] Traffic topAnswer
             * @property {number|null} [topAnswerCount] Traffic topAnswerCount
             * @property {number|null} [spanMs] Traffic spanMs
             * @property {number|null} [poolSize] Traffic poolSize
             * @property {number|null} [poolUsed] Traffic poolUsed
             * @property {string|null} [worstSlice] Traffic worstSlice
             * @property {number|null} [worstSliceSize] Traffic worstSliceSize
             * @property {number|null} [worstSliceUsed] Traffic worstSliceUsed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Traffic.
             * @memberof isthmus.v1
             * @interface ITraffic
             * @augments isthmus.v1.Traffic.$Properties
             * @deprecated Use isthmus.v1.Traffic.$Properties instead.
             */

            /**
             * Shape of a Traffic.
             * @typedef {isthmus.v1.Traffic.$Properties} isthmus.v1.Traffic.$Shape
             */

            /**
             * Constructs a new Traffic.
             * @memberof isthmus.v1
             * @classdesc Represents a Traffic.
             * @constructor
             * @param {isthmus.v1.Traffic.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Traffic = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Traffic bitsPerSecond.
             * @member {number} bitsPerSecond
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.bitsPerSecond = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic fastBitsPerSecond.
             * @member {number} fastBitsPerSecond
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.fastBitsPerSecond = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic packetsPerSecond.
             * @member {number} packetsPerSecond
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.packetsPerSecond = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic fastPacketsPerSecond.
             * @member {number} fastPacketsPerSecond
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.fastPacketsPerSecond = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic newSessionsPerSecond.
             * @member {number} newSessionsPerSecond
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.newSessionsPerSecond = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic dropped.
             * @member {number} dropped
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.dropped = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic topDrop.
             * @member {string} topDrop
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.topDrop = "";

            /**
             * Traffic topDropCount.
             * @member {number} topDropCount
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.topDropCount = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic answered.
             * @member {number} answered
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.answered = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic topAnswer.
             * @member {string} topAnswer
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.topAnswer = "";

            /**
             * Traffic topAnswerCount.
             * @member {number} topAnswerCount
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.topAnswerCount = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic spanMs.
             * @member {number} spanMs
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.spanMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic poolSize.
             * @member {number} poolSize
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.poolSize = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic poolUsed.
             * @member {number} poolUsed
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.poolUsed = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic worstSlice.
             * @member {string} worstSlice
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.worstSlice = "";

            /**
             * Traffic worstSliceSize.
             * @member {number} worstSliceSize
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.worstSliceSize = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Traffic worstSliceUsed.
             * @member {number} worstSliceUsed
             * @memberof isthmus.v1.Traffic
             * @instance
             */
            Traffic.prototype.worstSliceUsed = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Traffic instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.Traffic
             * @static
             * @param {isthmus.v1.Traffic.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.Traffic} Traffic instance
             * @type {{
             *   (properties: isthmus.v1.Traffic.$Shape): isthmus.v1.Traffic & isthmus.v1.Traffic.$Shape;
             *   (properties?: isthmus.v1.Traffic.$Properties): isthmus.v1.Traffic;
             * }}
             */
            Traffic.create = function(properties) {
                return new Traffic(properties);
            };

            /**
             * Encodes the specified Traffic message. Does not implicitly {@link isthmus.v1.Traffic.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.Traffic
             * @static
             * @param {isthmus.v1.Traffic.$Properties} message Traffic message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Traffic.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bitsPerSecond != null && $Object.hasOwnProperty.call(message, "bitsPerSecond") && (typeof message.bitsPerSecond === "object" ? message.bitsPerSecond.low || message.bitsPerSecond.high : message.bitsPerSecond !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.bitsPerSecond);
                if (message.fastBitsPerSecond != null && $Object.hasOwnProperty.call(message, "fastBitsPerSecond") && (typeof message.fastBitsPerSecond === "object" ? message.fastBitsPerSecond.low || message.fastBitsPerSecond.high : message.fastBitsPerSecond !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.fastBitsPerSecond);
                if (message.packetsPerSecond != null && $Object.hasOwnProperty.call(message, "packetsPerSecond") && (typeof message.packetsPerSecond === "object" ? message.packetsPerSecond.low || message.packetsPerSecond.high : message.packetsPerSecond !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.packetsPerSecond);
                if (message.fastPacketsPerSecond != null && $Object.hasOwnProperty.call(message, "fastPacketsPerSecond") && (typeof message.fastPacketsPerSecond === "object" ? message.fastPacketsPerSecond.low || message.fastPacketsPerSecond.high : message.fastPacketsPerSecond !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.fastPacketsPerSecond);
                if (message.newSessionsPerSecond != null && $Object.hasOwnProperty.call(message, "newSessionsPerSecond") && (typeof message.newSessionsPerSecond === "object" ? message.newSessionsPerSecond.low || message.newSessionsPerSecond.high : message.newSessionsPerSecond !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.newSessionsPerSecond);
                if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped") && (typeof message.dropped === "object" ? message.dropped.low || message.dropped.high : message.dropped !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.dropped);
                if (message.topDrop != null && $Object.hasOwnProperty.call(message, "topDrop") && message.topDrop !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.topDrop);
                if (message.topDropCount != null && $Object.hasOwnProperty.call(message, "topDropCount") && (typeof message.topDropCount === "object" ? message.topDropCount.low || message.topDropCount.high : message.topDropCount !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.topDropCount);
                if (message.answered != null && $Object.hasOwnProperty.call(message, "answered") && (typeof message.answered === "object" ? message.answered.low || message.answered.high : message.answered !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.answered);
                if (message.topAnswer != null && $Object.hasOwnProperty.call(message, "topAnswer") && message.topAnswer !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.topAnswer);
                if (message.topAnswerCount != null && $Object.hasOwnProperty.call(message, "topAnswerCount") && (typeof message.topAnswerCount === "object" ? message.topAnswerCount.low || message.topAnswerCount.high : message.topAnswerCount !== 0))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.topAnswerCount);
                if (message.spanMs != null && $Object.hasOwnProperty.call(message, "spanMs") && (typeof message.spanMs === "object" ? message.spanMs.low || message.spanMs.high : message.spanMs !== 0))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.spanMs);
                if (message.poolSize != null && $Object.hasOwnProperty.call(message, "poolSize") && (typeof message.poolSize === "object" ? message.poolSize.low || message.poolSize.high : message.poolSize !== 0))
                    writer.uint32(/* id 13, wireType 0 =*/104).uint64(message.poolSize);
                if (message.poolUsed != null && $Object.hasOwnProperty.call(message, "poolUsed") && (typeof message.poolUsed === "object" ? message.poolUsed.low || message.poolUsed.high : message.poolUsed !== 0))
                    writer.uint32(/* id 14, wireType 0 =*/112).uint64(message.poolUsed);
                if (message.worstSlice != null && $Object.hasOwnProperty.call(message, "worstSlice") && message.worstSlice !== "")
                    writer.uint32(/* id 15, wireType 2 =*/122).string(message.worstSlice);
                if (message.worstSliceSize != null && $Object.hasOwnProperty.call(message, "worstSliceSize") && (typeof message.worstSliceSize === "object" ? message.worstSliceSize.low || message.worstSliceSize.high : message.worstSliceSize !== 0))
                    writer.uint32(/* id 16, wireType 0 =*/128).uint64(message.worstSliceSize);
                if (message.worstSliceUsed != null && $Object.hasOwnProperty.call(message, "worstSliceUsed") && (typeof message.worstSliceUsed === "object" ? message.worstSliceUsed.low || message.worstSliceUsed.high : message.worstSliceUsed !== 0))
                    writer.uint32(/* id 17, wireType 0 =*/136).uint64(message.worstSliceUsed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Traffic message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.Traffic
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.Traffic & isthmus.v1.Traffic.$Shape} Traffic
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Traffic.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.Traffic();
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
                                message.bitsPerSecond = value;
                            else
                                delete message.bitsPerSecond;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.fastBitsPerSecond = value;
                            else
                                delete message.fastBitsPerSecond;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packetsPerSecond = value;
                            else
                                delete message.packetsPerSecond;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.fastPacketsPerSecond = value;
                            else
                                delete message.fastPacketsPerSecond;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.newSessionsPerSecond = value;
                            else
                                delete message.newSessionsPerSecond;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.dropped = value;
                            else
                                delete message.dropped;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.topDrop = value;
                            else
                                delete message.topDrop;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.topDropCount = value;
                            else
                                delete message.topDropCount;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.answered = value;
                            else
                                delete message.answered;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.topAnswer = value;
                            else
                                delete message.topAnswer;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.topAnswerCount = value;
                            else
                                delete message.topAnswerCount;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.spanMs = value;
                            else
                                delete message.spanMs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.poolSize = value;
                            else
                                delete message.poolSize;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.poolUsed = value;
                            else
                                delete message.poolUsed;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.worstSlice = value;
                            else
                                delete message.worstSlice;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.worstSliceSize = value;
                            else
                                delete message.worstSliceSize;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.worstSliceUsed = value;
                            else
                                delete message.worstSliceUsed;
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

            return Traffic;
        })();

        v1.PoolSlice = (function() {

            /**
             * Properties of a PoolSlice.
             * @typedef {Object} isthmus.v1.PoolSlice.$Properties
             * @property {string|null} [prefix] PoolSlice prefix
             * @property {string|null} [protocol] PoolSlice protocol
             * @property {number|null} [slot] PoolSlice slot
             * @property {number|null} [firstPort] PoolSlice firstPort
             * @property {number|null} [lastPort] PoolSlice lastPort
             * @property {number|null} [size] PoolSlice size
             * @property {number|null} [used] PoolSlice used
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PoolSlice.
             * @memberof isthmus.v1
             * @interface IPoolSlice
             * @augments isthmus.v1.PoolSlice.$Properties
             * @deprecated Use isthmus.v1.PoolSlice.$Properties instead.
             */

            /**
             * Shape of a PoolSlice.
             * @typedef {isthmus.v1.PoolSlice.$Properties} isthmus.v1.PoolSlice.$Shape
             */

            /**
             * Constructs a new PoolSlice.
             * @memberof isthmus.v1
             * @classdesc Represents a PoolSlice.
             * @constructor
             * @param {isthmus.v1.PoolSlice.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PoolSlice = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PoolSlice prefix.
             * @member {string} prefix
             * @memberof isthmus.v1.PoolSlice
             * @instance
             */
            PoolSlice.prototype.prefix = "";

            /**
             * PoolSlice protocol.
             * @member {string} protocol
             * @memberof isthmus.v1.PoolSlice
             * @instance
             */
            PoolSlice.prototype.protocol = "";

            /**
             * PoolSlice slot.
             * @member {number} slot
             * @memberof isthmus.v1.PoolSlice
             * @instance
             */
            PoolSlice.prototype.slot = 0;

            /**
             * PoolSlice firstPort.
             * @member {number} firstPort
             * @memberof isthmus.v1.PoolSlice
             * @instance
             */
            PoolSlice.prototype.firstPort = 0;

            /**
             * PoolSlice lastPort.
             * @member {number} lastPort
             * @memberof isthmus.v1.PoolSlice
             * @instance
             */
            PoolSlice.prototype.lastPort = 0;

            /**
             * PoolSlice size.
             * @member {number} size
             * @memberof isthmus.v1.PoolSlice
             * @instance
             */
            PoolSlice.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PoolSlice used.
             * @member {number} used
             * @memberof isthmus.v1.PoolSlice
             * @instance
             */
            PoolSlice.prototype.used = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new PoolSlice instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.PoolSlice
             * @static
             * @param {isthmus.v1.PoolSlice.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.PoolSlice} PoolSlice instance
             * @type {{
             *   (properties: isthmus.v1.PoolSlice.$Shape): isthmus.v1.PoolSlice & isthmus.v1.PoolSlice.$Shape;
             *   (properties?: isthmus.v1.PoolSlice.$Properties): isthmus.v1.PoolSlice;
             * }}
             */
            PoolSlice.create = function(properties) {
                return new PoolSlice(properties);
            };

            /**
             * Encodes the specified PoolSlice message. Does not implicitly {@link isthmus.v1.PoolSlice.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.PoolSlice
             * @static
             * @param {isthmus.v1.PoolSlice.$Properties} message PoolSlice message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PoolSlice.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.prefix != null && $Object.hasOwnProperty.call(message, "prefix") && message.prefix !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.prefix);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.protocol);
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.slot);
                if (message.firstPort != null && $Object.hasOwnProperty.call(message, "firstPort") && message.firstPort !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.firstPort);
                if (message.lastPort != null && $Object.hasOwnProperty.call(message, "lastPort") && message.lastPort !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.lastPort);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && (typeof message.size === "object" ? message.size.low || message.size.high : message.size !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.size);
                if (message.used != null && $Object.hasOwnProperty.call(message, "used") && (typeof message.used === "object" ? message.used.low || message.used.high : message.used !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.used);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PoolSlice message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.PoolSlice
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.PoolSlice & isthmus.v1.PoolSlice.$Shape} PoolSlice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PoolSlice.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.PoolSlice();
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
                                message.prefix = value;
                            else
                                delete message.prefix;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slot = value;
                            else
                                delete message.slot;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.firstPort = value;
                            else
                                delete message.firstPort;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.lastPort = value;
                            else
                                delete message.lastPort;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.used = value;
                            else
                                delete message.used;
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

            return PoolSlice;
        })();

        v1.InstanceStatus = (function() {

            /**
             * Properties of an InstanceStatus.
             * @typedef {Object} isthmus.v1.InstanceStatus.$Properties
             * @property {string|null} [name] InstanceStatus name
             * @property {string|null} [kind] InstanceStatus kind
             * @property {string|null} [state] InstanceStatus state
             * @property {string|null} [reason] InstanceStatus reason
             * @property {string|null} [namespace] InstanceStatus namespace
             * @property {string|null} [tun] InstanceStatus tun
             * @property {Array.<string>|null} [pool6] InstanceStatus pool6
             * @property {number|null} [sessions] InstanceStatus sessions
             * @property {number|null} [ownSessions] InstanceStatus ownSessions
             * @property {number|null} [replicaSessions] InstanceStatus replicaSessions
             * @property {number|null} [bibEntries] InstanceStatus bibEntries
             * @property {number|null} [heartbeatAgeMs] InstanceStatus heartbeatAgeMs
             * @property {Array.<string>|null} [preferredNodes] InstanceStatus preferredNodes
             * @property {Array.<isthmus.v1.Counter.$Properties>|null} [counters] InstanceStatus counters
             * @property {Array.<string>|null} [tunOffloads] InstanceStatus tunOffloads
             * @property {Array.<string>|null} [interfaceOffloads] InstanceStatus interfaceOffloads
             * @property {string|null} [fastPath] InstanceStatus fastPath
             * @property {Array.<isthmus.v1.ShardStatus.$Properties>|null} [shards] InstanceStatus shards
             * @property {string|null} [queues] InstanceStatus queues
             * @property {number|null} [stalledMs] InstanceStatus stalledMs
             * @property {isthmus.v1.Traffic.$Properties|null} [traffic] InstanceStatus traffic
             * @property {Array.<isthmus.v1.PoolSlice.$Properties>|null} [pool] InstanceStatus pool
             * @property {isthmus.v1.AdoptionStatus.$Properties|null} [adoption] InstanceStatus adoption
             * @property {isthmus.v1.ExportStatus.$Properties|null} [exported] InstanceStatus exported
             * @property {number|null} [sessionLimit] InstanceStatus sessionLimit
             * @property {number|null} [bibLimit] InstanceStatus bibLimit
             * @property {Array.<number>|null} [workerCpuMs] InstanceStatus workerCpuMs
             * @property {number|null} [straySessions] InstanceStatus straySessions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InstanceStatus.
             * @memberof isthmus.v1
             * @interface IInstanceStatus
             * @augments isthmus.v1.InstanceStatus.$Properties
             * @deprecated Use isthmus.v1.InstanceStatus.$Properties instead.
             */

            /**
             * Shape of an InstanceStatus.
             * @typedef {isthmus.v1.InstanceStatus.$Properties} isthmus.v1.InstanceStatus.$Shape
             */

            /**
             * Constructs a new InstanceStatus.
             * @memberof isthmus.v1
             * @classdesc Represents an InstanceStatus.
             * @constructor
             * @param {isthmus.v1.InstanceStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InstanceStatus = function (properties) {
                this.pool6 = [];
                this.preferredNodes = [];
                this.counters = [];
                this.tunOffloads = [];
                this.interfaceOffloads = [];
                this.shards = [];
                this.pool = [];
                this.workerCpuMs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * InstanceStatus name.
             * @member {string} name
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.name = "";

            /**
             * InstanceStatus kind.
             * @member {string} kind
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.kind = "";

            /**
             * InstanceStatus state.
             * @member {string} state
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.state = "";

            /**
             * InstanceStatus reason.
             * @member {string} reason
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.reason = "";

            /**
             * InstanceStatus namespace.
             * @member {string} namespace
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.namespace = "";

            /**
             * InstanceStatus tun.
             * @member {string} tun
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.tun = "";

            /**
             * InstanceStatus pool6.
             * @member {Array.<string>} pool6
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.pool6 = $util.emptyArray;

            /**
             * InstanceStatus sessions.
             * @member {number} sessions
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.sessions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * InstanceStatus ownSessions.
             * @member {number} ownSessions
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.ownSessions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * InstanceStatus replicaSessions.
             * @member {number} replicaSessions
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.replicaSessions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * InstanceStatus bibEntries.
             * @member {number} bibEntries
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.bibEntries = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * InstanceStatus heartbeatAgeMs.
             * @member {number} heartbeatAgeMs
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.heartbeatAgeMs = 0;

            /**
             * InstanceStatus preferredNodes.
             * @member {Array.<string>} preferredNodes
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.preferredNodes = $util.emptyArray;

            /**
             * InstanceStatus counters.
             * @member {Array.<isthmus.v1.Counter.$Properties>} counters
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.counters = $util.emptyArray;

            /**
             * InstanceStatus tunOffloads.
             * @member {Array.<string>} tunOffloads
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.tunOffloads = $util.emptyArray;

            /**
             * InstanceStatus interfaceOffloads.
             * @member {Array.<string>} interfaceOffloads
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.interfaceOffloads = $util.emptyArray;

            /**
             * InstanceStatus fastPath.
             * @member {string} fastPath
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.fastPath = "";

            /**
             * InstanceStatus shards.
             * @member {Array.<isthmus.v1.ShardStatus.$Properties>} shards
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.shards = $util.emptyArray;

            /**
             * InstanceStatus queues.
             * @member {string} queues
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.queues = "";

            /**
             * InstanceStatus stalledMs.
             * @member {number} stalledMs
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.stalledMs = 0;

            /**
             * InstanceStatus traffic.
             * @member {isthmus.v1.Traffic.$Properties|null|undefined} traffic
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.traffic = null;

            /**
             * InstanceStatus pool.
             * @member {Array.<isthmus.v1.PoolSlice.$Properties>} pool
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.pool = $util.emptyArray;

            /**
             * InstanceStatus adoption.
             * @member {isthmus.v1.AdoptionStatus.$Properties|null|undefined} adoption
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.adoption = null;

            /**
             * InstanceStatus exported.
             * @member {isthmus.v1.ExportStatus.$Properties|null|undefined} exported
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.exported = null;

            /**
             * InstanceStatus sessionLimit.
             * @member {number} sessionLimit
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.sessionLimit = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * InstanceStatus bibLimit.
             * @member {number} bibLimit
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.bibLimit = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * InstanceStatus workerCpuMs.
             * @member {Array.<number>} workerCpuMs
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.workerCpuMs = $util.emptyArray;

            /**
             * InstanceStatus straySessions.
             * @member {number} straySessions
             * @memberof isthmus.v1.InstanceStatus
             * @instance
             */
            InstanceStatus.prototype.straySessions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new InstanceStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.InstanceStatus
             * @static
             * @param {isthmus.v1.InstanceStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.InstanceStatus} InstanceStatus instance
             * @type {{
             *   (properties: isthmus.v1.InstanceStatus.$Shape): isthmus.v1.InstanceStatus & isthmus.v1.InstanceStatus.$Shape;
             *   (properties?: isthmus.v1.InstanceStatus.$Properties): isthmus.v1.InstanceStatus;
             * }}
             */
            InstanceStatus.create = function(properties) {
                return new InstanceStatus(properties);
            };

            /**
             * Encodes the specified InstanceStatus message. Does not implicitly {@link isthmus.v1.InstanceStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.InstanceStatus
             * @static
             * @param {isthmus.v1.InstanceStatus.$Properties} message InstanceStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InstanceStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.kind);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.state);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.reason);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.namespace);
                if (message.tun != null && $Object.hasOwnProperty.call(message, "tun") && message.tun !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.tun);
                if (message.pool6 != null && message.pool6.length)
                    for (let i = 0; i < message.pool6.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.pool6[i]);
                if (message.sessions != null && $Object.hasOwnProperty.call(message, "sessions") && (typeof message.sessions === "object" ? message.sessions.low || message.sessions.high : message.sessions !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.sessions);
                if (message.ownSessions != null && $Object.hasOwnProperty.call(message, "ownSessions") && (typeof message.ownSessions === "object" ? message.ownSessions.low || message.ownSessions.high : message.ownSessions !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.ownSessions);
                if (message.replicaSessions != null && $Object.hasOwnProperty.call(message, "replicaSessions") && (typeof message.replicaSessions === "object" ? message.replicaSessions.low || message.replicaSessions.high : message.replicaSessions !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.replicaSessions);
                if (message.bibEntries != null && $Object.hasOwnProperty.call(message, "bibEntries") && (typeof message.bibEntries === "object" ? message.bibEntries.low || message.bibEntries.high : message.bibEntries !== 0))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.bibEntries);
                if (message.heartbeatAgeMs != null && $Object.hasOwnProperty.call(message, "heartbeatAgeMs") && !$Object.is(message.heartbeatAgeMs, 0))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.heartbeatAgeMs);
                if (message.preferredNodes != null && message.preferredNodes.length)
                    for (let i = 0; i < message.preferredNodes.length; ++i)
                        writer.uint32(/* id 13, wireType 2 =*/106).string(message.preferredNodes[i]);
                if (message.counters != null && message.counters.length)
                    for (let i = 0; i < message.counters.length; ++i)
                        $root.isthmus.v1.Counter.encode(message.counters[i], writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.tunOffloads != null && message.tunOffloads.length)
                    for (let i = 0; i < message.tunOffloads.length; ++i)
                        writer.uint32(/* id 15, wireType 2 =*/122).string(message.tunOffloads[i]);
                if (message.interfaceOffloads != null && message.interfaceOffloads.length)
                    for (let i = 0; i < message.interfaceOffloads.length; ++i)
                        writer.uint32(/* id 16, wireType 2 =*/130).string(message.interfaceOffloads[i]);
                if (message.fastPath != null && $Object.hasOwnProperty.call(message, "fastPath") && message.fastPath !== "")
                    writer.uint32(/* id 17, wireType 2 =*/138).string(message.fastPath);
                if (message.shards != null && message.shards.length)
                    for (let i = 0; i < message.shards.length; ++i)
                        $root.isthmus.v1.ShardStatus.encode(message.shards[i], writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.queues != null && $Object.hasOwnProperty.call(message, "queues") && message.queues !== "")
                    writer.uint32(/* id 19, wireType 2 =*/154).string(message.queues);
                if (message.stalledMs != null && $Object.hasOwnProperty.call(message, "stalledMs") && !$Object.is(message.stalledMs, 0))
                    writer.uint32(/* id 20, wireType 1 =*/161).double(message.stalledMs);
                if (message.traffic != null && $Object.hasOwnProperty.call(message, "traffic"))
                    $root.isthmus.v1.Traffic.encode(message.traffic, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.pool != null && message.pool.length)
                    for (let i = 0; i < message.pool.length; ++i)
                        $root.isthmus.v1.PoolSlice.encode(message.pool[i], writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                if (message.adoption != null && $Object.hasOwnProperty.call(message, "adoption"))
                    $root.isthmus.v1.AdoptionStatus.encode(message.adoption, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
                if (message.exported != null && $Object.hasOwnProperty.call(message, "exported"))
                    $root.isthmus.v1.ExportStatus.encode(message.exported, writer.uint32(/* id 24, wireType 2 =*/194).fork(), _depth + 1).ldelim();
                if (message.sessionLimit != null && $Object.hasOwnProperty.call(message, "sessionLimit") && (typeof message.sessionLimit === "object" ? message.sessionLimit.low || message.sessionLimit.high : message.sessionLimit !== 0))
                    writer.uint32(/* id 30, wireType 0 =*/240).uint64(message.sessionLimit);
                if (message.bibLimit != null && $Object.hasOwnProperty.call(message, "bibLimit") && (typeof message.bibLimit === "object" ? message.bibLimit.low || message.bibLimit.high : message.bibLimit !== 0))
                    writer.uint32(/* id 31, wireType 0 =*/248).uint64(message.bibLimit);
                if (message.workerCpuMs != null && message.workerCpuMs.length)
                    writer.uint32(/* id 32, wireType 2 =*/258).doubles(message.workerCpuMs);
                if (message.straySessions != null && $Object.hasOwnProperty.call(message, "straySessions") && (typeof message.straySessions === "object" ? message.straySessions.low || message.straySessions.high : message.straySessions !== 0))
                    writer.uint32(/* id 40, wireType 0 =*/320).uint64(message.straySessions);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InstanceStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.InstanceStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.InstanceStatus & isthmus.v1.InstanceStatus.$Shape} InstanceStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InstanceStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.InstanceStatus();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.tun = value;
                            else
                                delete message.tun;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.pool6 && message.pool6.length))
                                message.pool6 = [];
                            message.pool6.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sessions = value;
                            else
                                delete message.sessions;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.ownSessions = value;
                            else
                                delete message.ownSessions;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.replicaSessions = value;
                            else
                                delete message.replicaSessions;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bibEntries = value;
                            else
                                delete message.bibEntries;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.heartbeatAgeMs = value;
                            else
                                delete message.heartbeatAgeMs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if (!(message.preferredNodes && message.preferredNodes.length))
                                message.preferredNodes = [];
                            message.preferredNodes.push(reader.stringVerify());
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if (!(message.counters && message.counters.length))
                                message.counters = [];
                            message.counters.push($root.isthmus.v1.Counter.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if (!(message.tunOffloads && message.tunOffloads.length))
                                message.tunOffloads = [];
                            message.tunOffloads.push(reader.stringVerify());
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            if (!(message.interfaceOffloads && message.interfaceOffloads.length))
                                message.interfaceOffloads = [];
                            message.interfaceOffloads.push(reader.stringVerify());
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.fastPath = value;
                            else
                                delete message.fastPath;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            if (!(message.shards && message.shards.length))
                                message.shards = [];
                            message.shards.push($root.isthmus.v1.ShardStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.queues = value;
                            else
                                delete message.queues;
                            continue;
                        }
                    case 20: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.stalledMs = value;
                            else
                                delete message.stalledMs;
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.traffic = $root.isthmus.v1.Traffic.decode(reader, reader.size(), $undefined, _depth + 1, message.traffic);
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            if (!(message.pool && message.pool.length))
                                message.pool = [];
                            message.pool.push($root.isthmus.v1.PoolSlice.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 23: {
                            if (wireType !== 2)
                                break;
                            message.adoption = $root.isthmus.v1.AdoptionStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.adoption);
                            continue;
                        }
                    case 24: {
                            if (wireType !== 2)
                                break;
                            message.exported = $root.isthmus.v1.ExportStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.exported);
                            continue;
                        }
                    case 30: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sessionLimit = value;
                            else
                                delete message.sessionLimit;
                            continue;
                        }
                    case 31: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bibLimit = value;
                            else
                                delete message.bibLimit;
                            continue;
                        }
                    case 32: {
                            if (wireType === 2) {
                                if (!(message.workerCpuMs && message.workerCpuMs.length))
                                    message.workerCpuMs = [];
                                reader.doubles(message.workerCpuMs);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.workerCpuMs && message.workerCpuMs.length))
                                message.workerCpuMs = [];
                            message.workerCpuMs.push(reader.double());
                            continue;
                        }
                    case 40: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.straySessions = value;
                            else
                                delete message.straySessions;
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

            return InstanceStatus;
        })();

        v1.AdoptionStatus = (function() {

            /**
             * Properties of an AdoptionStatus.
             * @typedef {Object} isthmus.v1.AdoptionStatus.$Properties
             * @property {string|null} [place] AdoptionStatus place
             * @property {string|null} [state] AdoptionStatus state
             * @property {string|null} [reason] AdoptionStatus reason
             * @property {number|null} [datagrams] AdoptionStatus datagrams
             * @property {number|null} [records] AdoptionStatus records
             * @property {number|null} [held] AdoptionStatus held
             * @property {number|null} [silentMs] AdoptionStatus silentMs
             * @property {Array.<isthmus.v1.Counter.$Properties>|null} [refused] AdoptionStatus refused
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AdoptionStatus.
             * @memberof isthmus.v1
             * @interface IAdoptionStatus
             * @augments isthmus.v1.AdoptionStatus.$Properties
             * @deprecated Use isthmus.v1.AdoptionStatus.$Properties instead.
             */

            /**
             * Shape of an AdoptionStatus.
             * @typedef {isthmus.v1.AdoptionStatus.$Properties} isthmus.v1.AdoptionStatus.$Shape
             */

            /**
             * Constructs a new AdoptionStatus.
             * @memberof isthmus.v1
             * @classdesc Represents an AdoptionStatus.
             * @constructor
             * @param {isthmus.v1.AdoptionStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AdoptionStatus = function (properties) {
                this.refused = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AdoptionStatus place.
             * @member {string} place
             * @memberof isthmus.v1.AdoptionStatus
             * @instance
             */
            AdoptionStatus.prototype.place = "";

            /**
             * AdoptionStatus state.
             * @member {string} state
             * @memberof isthmus.v1.AdoptionStatus
             * @instance
             */
            AdoptionStatus.prototype.state = "";

            /**
             * AdoptionStatus reason.
             * @member {string} reason
             * @memberof isthmus.v1.AdoptionStatus
             * @instance
             */
            AdoptionStatus.prototype.reason = "";

            /**
             * AdoptionStatus datagrams.
             * @member {number} datagrams
             * @memberof isthmus.v1.AdoptionStatus
             * @instance
             */
            AdoptionStatus.prototype.datagrams = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * AdoptionStatus records.
             * @member {number} records
             * @memberof isthmus.v1.AdoptionStatus
             * @instance
             */
            AdoptionStatus.prototype.records = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * AdoptionStatus held.
             * @member {number} held
             * @memberof isthmus.v1.AdoptionStatus
             * @instance
             */
            AdoptionStatus.prototype.held = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * AdoptionStatus silentMs.
             * @member {number} silentMs
             * @memberof isthmus.v1.AdoptionStatus
             * @instance
             */
            AdoptionStatus.prototype.silentMs = 0;

            /**
             * AdoptionStatus refused.
             * @member {Array.<isthmus.v1.Counter.$Properties>} refused
             * @memberof isthmus.v1.AdoptionStatus
             * @instance
             */
            AdoptionStatus.prototype.refused = $util.emptyArray;

            /**
             * Creates a new AdoptionStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.AdoptionStatus
             * @static
             * @param {isthmus.v1.AdoptionStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.AdoptionStatus} AdoptionStatus instance
             * @type {{
             *   (properties: isthmus.v1.AdoptionStatus.$Shape): isthmus.v1.AdoptionStatus & isthmus.v1.AdoptionStatus.$Shape;
             *   (properties?: isthmus.v1.AdoptionStatus.$Properties): isthmus.v1.AdoptionStatus;
             * }}
             */
            AdoptionStatus.create = function(properties) {
                return new AdoptionStatus(properties);
            };

            /**
             * Encodes the specified AdoptionStatus message. Does not implicitly {@link isthmus.v1.AdoptionStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.AdoptionStatus
             * @static
             * @param {isthmus.v1.AdoptionStatus.$Properties} message AdoptionStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AdoptionStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.place != null && $Object.hasOwnProperty.call(message, "place") && message.place !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.place);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.state);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.reason);
                if (message.datagrams != null && $Object.hasOwnProperty.call(message, "datagrams") && (typeof message.datagrams === "object" ? message.datagrams.low || message.datagrams.high : message.datagrams !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.datagrams);
                if (message.records != null && $Object.hasOwnProperty.call(message, "records") && (typeof message.records === "object" ? message.records.low || message.records.high : message.records !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.records);
                if (message.held != null && $Object.hasOwnProperty.call(message, "held") && (typeof message.held === "object" ? message.held.low || message.held.high : message.held !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.held);
                if (message.silentMs != null && $Object.hasOwnProperty.call(message, "silentMs") && !$Object.is(message.silentMs, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.silentMs);
                if (message.refused != null && message.refused.length)
                    for (let i = 0; i < message.refused.length; ++i)
                        $root.isthmus.v1.Counter.encode(message.refused[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AdoptionStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.AdoptionStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.AdoptionStatus & isthmus.v1.AdoptionStatus.$Shape} AdoptionStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AdoptionStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.AdoptionStatus();
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
                                message.place = value;
                            else
                                delete message.place;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.datagrams = value;
                            else
                                delete message.datagrams;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.records = value;
                            else
                                delete message.records;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.held = value;
                            else
                                delete message.held;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.silentMs = value;
                            else
                                delete message.silentMs;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.refused && message.refused.length))
                                message.refused = [];
                            message.refused.push($root.isthmus.v1.Counter.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return AdoptionStatus;
        })();

        v1.ExportStatus = (function() {

            /**
             * Properties of an ExportStatus.
             * @typedef {Object} isthmus.v1.ExportStatus.$Properties
             * @property {string|null} [place] ExportStatus place
             * @property {string|null} [format] ExportStatus format
             * @property {string|null} [state] ExportStatus state
             * @property {string|null} [reason] ExportStatus reason
             * @property {number|null} [datagrams] ExportStatus datagrams
             * @property {number|null} [records] ExportStatus records
             * @property {number|null} [waiting] ExportStatus waiting
             * @property {number|null} [lost] ExportStatus lost
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ExportStatus.
             * @memberof isthmus.v1
             * @interface IExportStatus
             * @augments isthmus.v1.ExportStatus.$Properties
             * @deprecated Use isthmus.v1.ExportStatus.$Properties instead.
             */

            /**
             * Shape of an ExportStatus.
             * @typedef {isthmus.v1.ExportStatus.$Properties} isthmus.v1.ExportStatus.$Shape
             */

            /**
             * Constructs a new ExportStatus.
             * @memberof isthmus.v1
             * @classdesc Represents an ExportStatus.
             * @constructor
             * @param {isthmus.v1.ExportStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ExportStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ExportStatus place.
             * @member {string} place
             * @memberof isthmus.v1.ExportStatus
             * @instance
             */
            ExportStatus.prototype.place = "";

            /**
             * ExportStatus format.
             * @member {string} format
             * @memberof isthmus.v1.ExportStatus
             * @instance
             */
            ExportStatus.prototype.format = "";

            /**
             * ExportStatus state.
             * @member {string} state
             * @memberof isthmus.v1.ExportStatus
             * @instance
             */
            ExportStatus.prototype.state = "";

            /**
             * ExportStatus reason.
             * @member {string} reason
             * @memberof isthmus.v1.ExportStatus
             * @instance
             */
            ExportStatus.prototype.reason = "";

            /**
             * ExportStatus datagrams.
             * @member {number} datagrams
             * @memberof isthmus.v1.ExportStatus
             * @instance
             */
            ExportStatus.prototype.datagrams = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ExportStatus records.
             * @member {number} records
             * @memberof isthmus.v1.ExportStatus
             * @instance
             */
            ExportStatus.prototype.records = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ExportStatus waiting.
             * @member {number} waiting
             * @memberof isthmus.v1.ExportStatus
             * @instance
             */
            ExportStatus.prototype.waiting = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ExportStatus lost.
             * @member {number} lost
             * @memberof isthmus.v1.ExportStatus
             * @instance
             */
            ExportStatus.prototype.lost = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new ExportStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ExportStatus
             * @static
             * @param {isthmus.v1.ExportStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ExportStatus} ExportStatus instance
             * @type {{
             *   (properties: isthmus.v1.ExportStatus.$Shape): isthmus.v1.ExportStatus & isthmus.v1.ExportStatus.$Shape;
             *   (properties?: isthmus.v1.ExportStatus.$Properties): isthmus.v1.ExportStatus;
             * }}
             */
            ExportStatus.create = function(properties) {
                return new ExportStatus(properties);
            };

            /**
             * Encodes the specified ExportStatus message. Does not implicitly {@link isthmus.v1.ExportStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ExportStatus
             * @static
             * @param {isthmus.v1.ExportStatus.$Properties} message ExportStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ExportStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.place != null && $Object.hasOwnProperty.call(message, "place") && message.place !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.place);
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.format);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.state);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.reason);
                if (message.datagrams != null && $Object.hasOwnProperty.call(message, "datagrams") && (typeof message.datagrams === "object" ? message.datagrams.low || message.datagrams.high : message.datagrams !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.datagrams);
                if (message.records != null && $Object.hasOwnProperty.call(message, "records") && (typeof message.records === "object" ? message.records.low || message.records.high : message.records !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.records);
                if (message.waiting != null && $Object.hasOwnProperty.call(message, "waiting") && (typeof message.waiting === "object" ? message.waiting.low || message.waiting.high : message.waiting !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.waiting);
                if (message.lost != null && $Object.hasOwnProperty.call(message, "lost") && (typeof message.lost === "object" ? message.lost.low || message.lost.high : message.lost !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.lost);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ExportStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ExportStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ExportStatus & isthmus.v1.ExportStatus.$Shape} ExportStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ExportStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ExportStatus();
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
                                message.place = value;
                            else
                                delete message.place;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.datagrams = value;
                            else
                                delete message.datagrams;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.records = value;
                            else
                                delete message.records;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.waiting = value;
                            else
                                delete message.waiting;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lost = value;
                            else
                                delete message.lost;
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

            return ExportStatus;
        })();

        v1.ShardStatus = (function() {

            /**
             * Properties of a ShardStatus.
             * @typedef {Object} isthmus.v1.ShardStatus.$Properties
             * @property {number|null} [sessions] ShardStatus sessions
             * @property {number|null} [packets] ShardStatus packets
             * @property {number|null} [handedOver] ShardStatus handedOver
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ShardStatus.
             * @memberof isthmus.v1
             * @interface IShardStatus
             * @augments isthmus.v1.ShardStatus.$Properties
             * @deprecated Use isthmus.v1.ShardStatus.$Properties instead.
             */

            /**
             * Shape of a ShardStatus.
             * @typedef {isthmus.v1.ShardStatus.$Properties} isthmus.v1.ShardStatus.$Shape
             */

            /**
             * Constructs a new ShardStatus.
             * @memberof isthmus.v1
             * @classdesc Represents a ShardStatus.
             * @constructor
             * @param {isthmus.v1.ShardStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ShardStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ShardStatus sessions.
             * @member {number} sessions
             * @memberof isthmus.v1.ShardStatus
             * @instance
             */
            ShardStatus.prototype.sessions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ShardStatus packets.
             * @member {number} packets
             * @memberof isthmus.v1.ShardStatus
             * @instance
             */
            ShardStatus.prototype.packets = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ShardStatus handedOver.
             * @member {number} handedOver
             * @memberof isthmus.v1.ShardStatus
             * @instance
             */
            ShardStatus.prototype.handedOver = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new ShardStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ShardStatus
             * @static
             * @param {isthmus.v1.ShardStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ShardStatus} ShardStatus instance
             * @type {{
             *   (properties: isthmus.v1.ShardStatus.$Shape): isthmus.v1.ShardStatus & isthmus.v1.ShardStatus.$Shape;
             *   (properties?: isthmus.v1.ShardStatus.$Properties): isthmus.v1.ShardStatus;
             * }}
             */
            ShardStatus.create = function(properties) {
                return new ShardStatus(properties);
            };

            /**
             * Encodes the specified ShardStatus message. Does not implicitly {@link isthmus.v1.ShardStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ShardStatus
             * @static
             * @param {isthmus.v1.ShardStatus.$Properties} message ShardStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ShardStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessions != null && $Object.hasOwnProperty.call(message, "sessions") && (typeof message.sessions === "object" ? message.sessions.low || message.sessions.high : message.sessions !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.sessions);
                if (message.packets != null && $Object.hasOwnProperty.call(message, "packets") && (typeof message.packets === "object" ? message.packets.low || message.packets.high : message.packets !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.packets);
                if (message.handedOver != null && $Object.hasOwnProperty.call(message, "handedOver") && (typeof message.handedOver === "object" ? message.handedOver.low || message.handedOver.high : message.handedOver !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.handedOver);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ShardStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ShardStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ShardStatus & isthmus.v1.ShardStatus.$Shape} ShardStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ShardStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ShardStatus();
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
                                message.sessions = value;
                            else
                                delete message.sessions;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packets = value;
                            else
                                delete message.packets;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.handedOver = value;
                            else
                                delete message.handedOver;
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

            return ShardStatus;
        })();

        v1.Counter = (function() {

            /**
             * Properties of a Counter.
             * @typedef {Object} isthmus.v1.Counter.$Properties
             * @property {string|null} [name] Counter name
             * @property {string|null} [kind] Counter kind
             * @property {number|null} [value] Counter value
             * @property {string|null} [help] Counter help
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Counter.
             * @memberof isthmus.v1
             * @interface ICounter
             * @augments isthmus.v1.Counter.$Properties
             * @deprecated Use isthmus.v1.Counter.$Properties instead.
             */

            /**
             * Shape of a Counter.
             * @typedef {isthmus.v1.Counter.$Properties} isthmus.v1.Counter.$Shape
             */

            /**
             * Constructs a new Counter.
             * @memberof isthmus.v1
             * @classdesc Represents a Counter.
             * @constructor
             * @param {isthmus.v1.Counter.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Counter = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Counter name.
             * @member {string} name
             * @memberof isthmus.v1.Counter
             * @instance
             */
            Counter.prototype.name = "";

            /**
             * Counter kind.
             * @member {string} kind
             * @memberof isthmus.v1.Counter
             * @instance
             */
            Counter.prototype.kind = "";

            /**
             * Counter value.
             * @member {number} value
             * @memberof isthmus.v1.Counter
             * @instance
             */
            Counter.prototype.value = 0;

            /**
             * Counter help.
             * @member {string} help
             * @memberof isthmus.v1.Counter
             * @instance
             */
            Counter.prototype.help = "";

            /**
             * Creates a new Counter instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.Counter
             * @static
             * @param {isthmus.v1.Counter.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.Counter} Counter instance
             * @type {{
             *   (properties: isthmus.v1.Counter.$Shape): isthmus.v1.Counter & isthmus.v1.Counter.$Shape;
             *   (properties?: isthmus.v1.Counter.$Properties): isthmus.v1.Counter;
             * }}
             */
            Counter.create = function(properties) {
                return new Counter(properties);
            };

            /**
             * Encodes the specified Counter message. Does not implicitly {@link isthmus.v1.Counter.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.Counter
             * @static
             * @param {isthmus.v1.Counter.$Properties} message Counter message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Counter.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.kind);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && !$Object.is(message.value, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.value);
                if (message.help != null && $Object.hasOwnProperty.call(message, "help") && message.help !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.help);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Counter message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.Counter
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.Counter & isthmus.v1.Counter.$Shape} Counter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Counter.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.Counter();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.help = value;
                            else
                                delete message.help;
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

            return Counter;
        })();

        v1.LinkStatus = (function() {

            /**
             * Properties of a LinkStatus.
             * @typedef {Object} isthmus.v1.LinkStatus.$Properties
             * @property {string|null} [name] LinkStatus name
             * @property {string|null} [health] LinkStatus health
             * @property {string|null} [problem] LinkStatus problem
             * @property {number|null} [framesIn] LinkStatus framesIn
             * @property {number|null} [framesOut] LinkStatus framesOut
             * @property {number|null} [firstCopies] LinkStatus firstCopies
             * @property {number|null} [duplicates] LinkStatus duplicates
             * @property {number|null} [forwarded] LinkStatus forwarded
             * @property {number|null} [sendFailures] LinkStatus sendFailures
             * @property {number|null} [refused] LinkStatus refused
             * @property {Array.<isthmus.v1.Counter.$Properties>|null} [refusals] LinkStatus refusals
             * @property {Array.<isthmus.v1.LinkPeer.$Properties>|null} [peers] LinkStatus peers
             * @property {isthmus.v1.LinkStream.$Properties|null} [stream] LinkStatus stream
             * @property {number|null} [mtu] LinkStatus mtu
             * @property {number|null} [pathMtu] LinkStatus pathMtu
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LinkStatus.
             * @memberof isthmus.v1
             * @interface ILinkStatus
             * @augments isthmus.v1.LinkStatus.$Properties
             * @deprecated Use isthmus.v1.LinkStatus.$Properties instead.
             */

            /**
             * Shape of a LinkStatus.
             * @typedef {isthmus.v1.LinkStatus.$Properties} isthmus.v1.LinkStatus.$Shape
             */

            /**
             * Constructs a new LinkStatus.
             * @memberof isthmus.v1
             * @classdesc Represents a LinkStatus.
             * @constructor
             * @param {isthmus.v1.LinkStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LinkStatus = function (properties) {
                this.refusals = [];
                this.peers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LinkStatus name.
             * @member {string} name
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.name = "";

            /**
             * LinkStatus health.
             * @member {string} health
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.health = "";

            /**
             * LinkStatus problem.
             * @member {string} problem
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.problem = "";

            /**
             * LinkStatus framesIn.
             * @member {number} framesIn
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.framesIn = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LinkStatus framesOut.
             * @member {number} framesOut
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.framesOut = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LinkStatus firstCopies.
             * @member {number} firstCopies
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.firstCopies = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LinkStatus duplicates.
             * @member {number} duplicates
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.duplicates = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LinkStatus forwarded.
             * @member {number} forwarded
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.forwarded = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LinkStatus sendFailures.
             * @member {number} sendFailures
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.sendFailures = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LinkStatus refused.
             * @member {number} refused
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.refused = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LinkStatus refusals.
             * @member {Array.<isthmus.v1.Counter.$Properties>} refusals
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.refusals = $util.emptyArray;

            /**
             * LinkStatus peers.
             * @member {Array.<isthmus.v1.LinkPeer.$Properties>} peers
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.peers = $util.emptyArray;

            /**
             * LinkStatus stream.
             * @member {isthmus.v1.LinkStream.$Properties|null|undefined} stream
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.stream = null;

            /**
             * LinkStatus mtu.
             * @member {number} mtu
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.mtu = 0;

            /**
             * LinkStatus pathMtu.
             * @member {number} pathMtu
             * @memberof isthmus.v1.LinkStatus
             * @instance
             */
            LinkStatus.prototype.pathMtu = 0;

            /**
             * Creates a new LinkStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.LinkStatus
             * @static
             * @param {isthmus.v1.LinkStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.LinkStatus} LinkStatus instance
             * @type {{
             *   (properties: isthmus.v1.LinkStatus.$Shape): isthmus.v1.LinkStatus & isthmus.v1.LinkStatus.$Shape;
             *   (properties?: isthmus.v1.LinkStatus.$Properties): isthmus.v1.LinkStatus;
             * }}
             */
            LinkStatus.create = function(properties) {
                return new LinkStatus(properties);
            };

            /**
             * Encodes the specified LinkStatus message. Does not implicitly {@link isthmus.v1.LinkStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.LinkStatus
             * @static
             * @param {isthmus.v1.LinkStatus.$Properties} message LinkStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LinkStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.health != null && $Object.hasOwnProperty.call(message, "health") && message.health !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.health);
                if (message.problem != null && $Object.hasOwnProperty.call(message, "problem") && message.problem !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.problem);
                if (message.framesIn != null && $Object.hasOwnProperty.call(message, "framesIn") && (typeof message.framesIn === "object" ? message.framesIn.low || message.framesIn.high : message.framesIn !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.framesIn);
                if (message.framesOut != null && $Object.hasOwnProperty.call(message, "framesOut") && (typeof message.framesOut === "object" ? message.framesOut.low || message.framesOut.high : message.framesOut !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.framesOut);
                if (message.firstCopies != null && $Object.hasOwnProperty.call(message, "firstCopies") && (typeof message.firstCopies === "object" ? message.firstCopies.low || message.firstCopies.high : message.firstCopies !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.firstCopies);
                if (message.duplicates != null && $Object.hasOwnProperty.call(message, "duplicates") && (typeof message.duplicates === "object" ? message.duplicates.low || message.duplicates.high : message.duplicates !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.duplicates);
                if (message.forwarded != null && $Object.hasOwnProperty.call(message, "forwarded") && (typeof message.forwarded === "object" ? message.forwarded.low || message.forwarded.high : message.forwarded !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.forwarded);
                if (message.sendFailures != null && $Object.hasOwnProperty.call(message, "sendFailures") && (typeof message.sendFailures === "object" ? message.sendFailures.low || message.sendFailures.high : message.sendFailures !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.sendFailures);
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused") && (typeof message.refused === "object" ? message.refused.low || message.refused.high : message.refused !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.refused);
                if (message.refusals != null && message.refusals.length)
                    for (let i = 0; i < message.refusals.length; ++i)
                        $root.isthmus.v1.Counter.encode(message.refusals[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.peers != null && message.peers.length)
                    for (let i = 0; i < message.peers.length; ++i)
                        $root.isthmus.v1.LinkPeer.encode(message.peers[i], writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.stream != null && $Object.hasOwnProperty.call(message, "stream"))
                    $root.isthmus.v1.LinkStream.encode(message.stream, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.mtu != null && $Object.hasOwnProperty.call(message, "mtu") && message.mtu !== 0)
                    writer.uint32(/* id 14, wireType 0 =*/112).uint32(message.mtu);
                if (message.pathMtu != null && $Object.hasOwnProperty.call(message, "pathMtu") && message.pathMtu !== 0)
                    writer.uint32(/* id 15, wireType 0 =*/120).uint32(message.pathMtu);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LinkStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.LinkStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.LinkStatus & isthmus.v1.LinkStatus.$Shape} LinkStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LinkStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.LinkStatus();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.health = value;
                            else
                                delete message.health;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.problem = value;
                            else
                                delete message.problem;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.framesIn = value;
                            else
                                delete message.framesIn;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.framesOut = value;
                            else
                                delete message.framesOut;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.firstCopies = value;
                            else
                                delete message.firstCopies;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.duplicates = value;
                            else
                                delete message.duplicates;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.forwarded = value;
                            else
                                delete message.forwarded;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sendFailures = value;
                            else
                                delete message.sendFailures;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.refused = value;
                            else
                                delete message.refused;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.refusals && message.refusals.length))
                                message.refusals = [];
                            message.refusals.push($root.isthmus.v1.Counter.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.peers && message.peers.length))
                                message.peers = [];
                            message.peers.push($root.isthmus.v1.LinkPeer.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.stream = $root.isthmus.v1.LinkStream.decode(reader, reader.size(), $undefined, _depth + 1, message.stream);
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.mtu = value;
                            else
                                delete message.mtu;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pathMtu = value;
                            else
                                delete message.pathMtu;
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

            return LinkStatus;
        })();

        v1.LinkStream = (function() {

            /**
             * Properties of a LinkStream.
             * @typedef {Object} isthmus.v1.LinkStream.$Properties
             * @property {boolean|null} [connected] LinkStream connected
             * @property {number|null} [connects] LinkStream connects
             * @property {number|null} [failures] LinkStream failures
             * @property {number|null} [refusedFull] LinkStream refusedFull
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LinkStream.
             * @memberof isthmus.v1
             * @interface ILinkStream
             * @augments isthmus.v1.LinkStream.$Properties
             * @deprecated Use isthmus.v1.LinkStream.$Properties instead.
             */

            /**
             * Shape of a LinkStream.
             * @typedef {isthmus.v1.LinkStream.$Properties} isthmus.v1.LinkStream.$Shape
             */

            /**
             * Constructs a new LinkStream.
             * @memberof isthmus.v1
             * @classdesc Represents a LinkStream.
             * @constructor
             * @param {isthmus.v1.LinkStream.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LinkStream = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LinkStream connected.
             * @member {boolean} connected
             * @memberof isthmus.v1.LinkStream
             * @instance
             */
            LinkStream.prototype.connected = false;

            /**
             * LinkStream connects.
             * @member {number} connects
             * @memberof isthmus.v1.LinkStream
             * @instance
             */
            LinkStream.prototype.connects = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LinkStream failures.
             * @member {number} failures
             * @memberof isthmus.v1.LinkStream
             * @instance
             */
            LinkStream.prototype.failures = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LinkStream refusedFull.
             * @member {number} refusedFull
             * @memberof isthmus.v1.LinkStream
             * @instance
             */
            LinkStream.prototype.refusedFull = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new LinkStream instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.LinkStream
             * @static
             * @param {isthmus.v1.LinkStream.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.LinkStream} LinkStream instance
             * @type {{
             *   (properties: isthmus.v1.LinkStream.$Shape): isthmus.v1.LinkStream & isthmus.v1.LinkStream.$Shape;
             *   (properties?: isthmus.v1.LinkStream.$Properties): isthmus.v1.LinkStream;
             * }}
             */
            LinkStream.create = function(properties) {
                return new LinkStream(properties);
            };

            /**
             * Encodes the specified LinkStream message. Does not implicitly {@link isthmus.v1.LinkStream.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.LinkStream
             * @static
             * @param {isthmus.v1.LinkStream.$Properties} message LinkStream message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LinkStream.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.connected != null && $Object.hasOwnProperty.call(message, "connected") && message.connected !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.connected);
                if (message.connects != null && $Object.hasOwnProperty.call(message, "connects") && (typeof message.connects === "object" ? message.connects.low || message.connects.high : message.connects !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.connects);
                if (message.failures != null && $Object.hasOwnProperty.call(message, "failures") && (typeof message.failures === "object" ? message.failures.low || message.failures.high : message.failures !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.failures);
                if (message.refusedFull != null && $Object.hasOwnProperty.call(message, "refusedFull") && (typeof message.refusedFull === "object" ? message.refusedFull.low || message.refusedFull.high : message.refusedFull !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.refusedFull);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LinkStream message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.LinkStream
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.LinkStream & isthmus.v1.LinkStream.$Shape} LinkStream
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LinkStream.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.LinkStream();
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
                            if (value = reader.bool())
                                message.connected = value;
                            else
                                delete message.connected;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.connects = value;
                            else
                                delete message.connects;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.failures = value;
                            else
                                delete message.failures;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.refusedFull = value;
                            else
                                delete message.refusedFull;
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

            return LinkStream;
        })();

        v1.LinkPeer = (function() {

            /**
             * Properties of a LinkPeer.
             * @typedef {Object} isthmus.v1.LinkPeer.$Properties
             * @property {string|null} [node] LinkPeer node
             * @property {string|null} [health] LinkPeer health
             * @property {number|null} [sharePercent] LinkPeer sharePercent
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LinkPeer.
             * @memberof isthmus.v1
             * @interface ILinkPeer
             * @augments isthmus.v1.LinkPeer.$Properties
             * @deprecated Use isthmus.v1.LinkPeer.$Properties instead.
             */

            /**
             * Shape of a LinkPeer.
             * @typedef {isthmus.v1.LinkPeer.$Properties} isthmus.v1.LinkPeer.$Shape
             */

            /**
             * Constructs a new LinkPeer.
             * @memberof isthmus.v1
             * @classdesc Represents a LinkPeer.
             * @constructor
             * @param {isthmus.v1.LinkPeer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LinkPeer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LinkPeer node.
             * @member {string} node
             * @memberof isthmus.v1.LinkPeer
             * @instance
             */
            LinkPeer.prototype.node = "";

            /**
             * LinkPeer health.
             * @member {string} health
             * @memberof isthmus.v1.LinkPeer
             * @instance
             */
            LinkPeer.prototype.health = "";

            /**
             * LinkPeer sharePercent.
             * @member {number} sharePercent
             * @memberof isthmus.v1.LinkPeer
             * @instance
             */
            LinkPeer.prototype.sharePercent = 0;

            /**
             * Creates a new LinkPeer instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.LinkPeer
             * @static
             * @param {isthmus.v1.LinkPeer.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.LinkPeer} LinkPeer instance
             * @type {{
             *   (properties: isthmus.v1.LinkPeer.$Shape): isthmus.v1.LinkPeer & isthmus.v1.LinkPeer.$Shape;
             *   (properties?: isthmus.v1.LinkPeer.$Properties): isthmus.v1.LinkPeer;
             * }}
             */
            LinkPeer.create = function(properties) {
                return new LinkPeer(properties);
            };

            /**
             * Encodes the specified LinkPeer message. Does not implicitly {@link isthmus.v1.LinkPeer.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.LinkPeer
             * @static
             * @param {isthmus.v1.LinkPeer.$Properties} message LinkPeer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LinkPeer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                if (message.health != null && $Object.hasOwnProperty.call(message, "health") && message.health !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.health);
                if (message.sharePercent != null && $Object.hasOwnProperty.call(message, "sharePercent") && message.sharePercent !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.sharePercent);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LinkPeer message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.LinkPeer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.LinkPeer & isthmus.v1.LinkPeer.$Shape} LinkPeer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LinkPeer.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.LinkPeer();
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
                                message.health = value;
                            else
                                delete message.health;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.sharePercent = value;
                            else
                                delete message.sharePercent;
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

            return LinkPeer;
        })();

        v1.AnnouncementStatus = (function() {

            /**
             * Properties of an AnnouncementStatus.
             * @typedef {Object} isthmus.v1.AnnouncementStatus.$Properties
             * @property {string|null} [upstream] AnnouncementStatus upstream
             * @property {string|null} [kind] AnnouncementStatus kind
             * @property {string|null} [peer] AnnouncementStatus peer
             * @property {string|null} ["interface"] AnnouncementStatus interface
             * @property {string|null} [observed] AnnouncementStatus observed
             * @property {string|null} [wanted] AnnouncementStatus wanted
             * @property {string|null} [state] AnnouncementStatus state
             * @property {string|null} [detail] AnnouncementStatus detail
             * @property {number|null} [provenAt] AnnouncementStatus provenAt
             * @property {number|null} [provenMs] AnnouncementStatus provenMs
             * @property {string|null} [gateProblem] AnnouncementStatus gateProblem
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AnnouncementStatus.
             * @memberof isthmus.v1
             * @interface IAnnouncementStatus
             * @augments isthmus.v1.AnnouncementStatus.$Properties
             * @deprecated Use isthmus.v1.AnnouncementStatus.$Properties instead.
             */

            /**
             * Shape of an AnnouncementStatus.
             * @typedef {isthmus.v1.AnnouncementStatus.$Properties} isthmus.v1.AnnouncementStatus.$Shape
             */

            /**
             * Constructs a new AnnouncementStatus.
             * @memberof isthmus.v1
             * @classdesc Represents an AnnouncementStatus.
             * @constructor
             * @param {isthmus.v1.AnnouncementStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AnnouncementStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AnnouncementStatus upstream.
             * @member {string} upstream
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.upstream = "";

            /**
             * AnnouncementStatus kind.
             * @member {string} kind
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.kind = "";

            /**
             * AnnouncementStatus peer.
             * @member {string} peer
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.peer = "";

            /**
             * AnnouncementStatus interface.
             * @member {string} interface
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype["interface"] = "";

            /**
             * AnnouncementStatus observed.
             * @member {string} observed
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.observed = "";

            /**
             * AnnouncementStatus wanted.
             * @member {string} wanted
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.wanted = "";

            /**
             * AnnouncementStatus state.
             * @member {string} state
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.state = "";

            /**
             * AnnouncementStatus detail.
             * @member {string} detail
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.detail = "";

            /**
             * AnnouncementStatus provenAt.
             * @member {number} provenAt
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.provenAt = 0;

            /**
             * AnnouncementStatus provenMs.
             * @member {number} provenMs
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.provenMs = 0;

            /**
             * AnnouncementStatus gateProblem.
             * @member {string} gateProblem
             * @memberof isthmus.v1.AnnouncementStatus
             * @instance
             */
            AnnouncementStatus.prototype.gateProblem = "";

            /**
             * Creates a new AnnouncementStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.AnnouncementStatus
             * @static
             * @param {isthmus.v1.AnnouncementStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.AnnouncementStatus} AnnouncementStatus instance
             * @type {{
             *   (properties: isthmus.v1.AnnouncementStatus.$Shape): isthmus.v1.AnnouncementStatus & isthmus.v1.AnnouncementStatus.$Shape;
             *   (properties?: isthmus.v1.AnnouncementStatus.$Properties): isthmus.v1.AnnouncementStatus;
             * }}
             */
            AnnouncementStatus.create = function(properties) {
                return new AnnouncementStatus(properties);
            };

            /**
             * Encodes the specified AnnouncementStatus message. Does not implicitly {@link isthmus.v1.AnnouncementStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.AnnouncementStatus
             * @static
             * @param {isthmus.v1.AnnouncementStatus.$Properties} message AnnouncementStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AnnouncementStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.upstream != null && $Object.hasOwnProperty.call(message, "upstream") && message.upstream !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.upstream);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.kind);
                if (message.peer != null && $Object.hasOwnProperty.call(message, "peer") && message.peer !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.peer);
                if (message["interface"] != null && $Object.hasOwnProperty.call(message, "interface") && message["interface"] !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message["interface"]);
                if (message.observed != null && $Object.hasOwnProperty.call(message, "observed") && message.observed !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.observed);
                if (message.wanted != null && $Object.hasOwnProperty.call(message, "wanted") && message.wanted !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.wanted);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.state);
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.detail);
                if (message.provenAt != null && $Object.hasOwnProperty.call(message, "provenAt") && !$Object.is(message.provenAt, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.provenAt);
                if (message.provenMs != null && $Object.hasOwnProperty.call(message, "provenMs") && !$Object.is(message.provenMs, 0))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.provenMs);
                if (message.gateProblem != null && $Object.hasOwnProperty.call(message, "gateProblem") && message.gateProblem !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.gateProblem);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AnnouncementStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.AnnouncementStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.AnnouncementStatus & isthmus.v1.AnnouncementStatus.$Shape} AnnouncementStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AnnouncementStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.AnnouncementStatus();
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
                                message.upstream = value;
                            else
                                delete message.upstream;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.peer = value;
                            else
                                delete message.peer;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message["interface"] = value;
                            else
                                delete message["interface"];
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.observed = value;
                            else
                                delete message.observed;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.wanted = value;
                            else
                                delete message.wanted;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.detail = value;
                            else
                                delete message.detail;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.provenAt = value;
                            else
                                delete message.provenAt;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.provenMs = value;
                            else
                                delete message.provenMs;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.gateProblem = value;
                            else
                                delete message.gateProblem;
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

            return AnnouncementStatus;
        })();

        v1.TestWithdrawalRequest = (function() {

            /**
             * Properties of a TestWithdrawalRequest.
             * @typedef {Object} isthmus.v1.TestWithdrawalRequest.$Properties
             * @property {string|null} [upstream] TestWithdrawalRequest upstream
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TestWithdrawalRequest.
             * @memberof isthmus.v1
             * @interface ITestWithdrawalRequest
             * @augments isthmus.v1.TestWithdrawalRequest.$Properties
             * @deprecated Use isthmus.v1.TestWithdrawalRequest.$Properties instead.
             */

            /**
             * Shape of a TestWithdrawalRequest.
             * @typedef {isthmus.v1.TestWithdrawalRequest.$Properties} isthmus.v1.TestWithdrawalRequest.$Shape
             */

            /**
             * Constructs a new TestWithdrawalRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a TestWithdrawalRequest.
             * @constructor
             * @param {isthmus.v1.TestWithdrawalRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TestWithdrawalRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TestWithdrawalRequest upstream.
             * @member {string} upstream
             * @memberof isthmus.v1.TestWithdrawalRequest
             * @instance
             */
            TestWithdrawalRequest.prototype.upstream = "";

            /**
             * Creates a new TestWithdrawalRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TestWithdrawalRequest
             * @static
             * @param {isthmus.v1.TestWithdrawalRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TestWithdrawalRequest} TestWithdrawalRequest instance
             * @type {{
             *   (properties: isthmus.v1.TestWithdrawalRequest.$Shape): isthmus.v1.TestWithdrawalRequest & isthmus.v1.TestWithdrawalRequest.$Shape;
             *   (properties?: isthmus.v1.TestWithdrawalRequest.$Properties): isthmus.v1.TestWithdrawalRequest;
             * }}
             */
            TestWithdrawalRequest.create = function(properties) {
                return new TestWithdrawalRequest(properties);
            };

            /**
             * Encodes the specified TestWithdrawalRequest message. Does not implicitly {@link isthmus.v1.TestWithdrawalRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TestWithdrawalRequest
             * @static
             * @param {isthmus.v1.TestWithdrawalRequest.$Properties} message TestWithdrawalRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TestWithdrawalRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.upstream != null && $Object.hasOwnProperty.call(message, "upstream") && message.upstream !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.upstream);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TestWithdrawalRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TestWithdrawalRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TestWithdrawalRequest & isthmus.v1.TestWithdrawalRequest.$Shape} TestWithdrawalRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TestWithdrawalRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TestWithdrawalRequest();
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
                                message.upstream = value;
                            else
                                delete message.upstream;
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

            return TestWithdrawalRequest;
        })();

        v1.TestWithdrawalReply = (function() {

            /**
             * Properties of a TestWithdrawalReply.
             * @typedef {Object} isthmus.v1.TestWithdrawalReply.$Properties
             * @property {boolean|null} [done] TestWithdrawalReply done
             * @property {string|null} [code] TestWithdrawalReply code
             * @property {string|null} [text] TestWithdrawalReply text
             * @property {number|null} [stoppedMs] TestWithdrawalReply stoppedMs
             * @property {number|null} [packets] TestWithdrawalReply packets
             * @property {number|null} [announcedMs] TestWithdrawalReply announcedMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TestWithdrawalReply.
             * @memberof isthmus.v1
             * @interface ITestWithdrawalReply
             * @augments isthmus.v1.TestWithdrawalReply.$Properties
             * @deprecated Use isthmus.v1.TestWithdrawalReply.$Properties instead.
             */

            /**
             * Shape of a TestWithdrawalReply.
             * @typedef {isthmus.v1.TestWithdrawalReply.$Properties} isthmus.v1.TestWithdrawalReply.$Shape
             */

            /**
             * Constructs a new TestWithdrawalReply.
             * @memberof isthmus.v1
             * @classdesc Represents a TestWithdrawalReply.
             * @constructor
             * @param {isthmus.v1.TestWithdrawalReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TestWithdrawalReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TestWithdrawalReply done.
             * @member {boolean} done
             * @memberof isthmus.v1.TestWithdrawalReply
             * @instance
             */
            TestWithdrawalReply.prototype.done = false;

            /**
             * TestWithdrawalReply code.
             * @member {string} code
             * @memberof isthmus.v1.TestWithdrawalReply
             * @instance
             */
            TestWithdrawalReply.prototype.code = "";

            /**
             * TestWithdrawalReply text.
             * @member {string} text
             * @memberof isthmus.v1.TestWithdrawalReply
             * @instance
             */
            TestWithdrawalReply.prototype.text = "";

            /**
             * TestWithdrawalReply stoppedMs.
             * @member {number} stoppedMs
             * @memberof isthmus.v1.TestWithdrawalReply
             * @instance
             */
            TestWithdrawalReply.prototype.stoppedMs = 0;

            /**
             * TestWithdrawalReply packets.
             * @member {number} packets
             * @memberof isthmus.v1.TestWithdrawalReply
             * @instance
             */
            TestWithdrawalReply.prototype.packets = 0;

            /**
             * TestWithdrawalReply announcedMs.
             * @member {number} announcedMs
             * @memberof isthmus.v1.TestWithdrawalReply
             * @instance
             */
            TestWithdrawalReply.prototype.announcedMs = 0;

            /**
             * Creates a new TestWithdrawalReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TestWithdrawalReply
             * @static
             * @param {isthmus.v1.TestWithdrawalReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TestWithdrawalReply} TestWithdrawalReply instance
             * @type {{
             *   (properties: isthmus.v1.TestWithdrawalReply.$Shape): isthmus.v1.TestWithdrawalReply & isthmus.v1.TestWithdrawalReply.$Shape;
             *   (properties?: isthmus.v1.TestWithdrawalReply.$Properties): isthmus.v1.TestWithdrawalReply;
             * }}
             */
            TestWithdrawalReply.create = function(properties) {
                return new TestWithdrawalReply(properties);
            };

            /**
             * Encodes the specified TestWithdrawalReply message. Does not implicitly {@link isthmus.v1.TestWithdrawalReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TestWithdrawalReply
             * @static
             * @param {isthmus.v1.TestWithdrawalReply.$Properties} message TestWithdrawalReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TestWithdrawalReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.done != null && $Object.hasOwnProperty.call(message, "done") && message.done !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.done);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.code);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.text);
                if (message.stoppedMs != null && $Object.hasOwnProperty.call(message, "stoppedMs") && !$Object.is(message.stoppedMs, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.stoppedMs);
                if (message.packets != null && $Object.hasOwnProperty.call(message, "packets") && !$Object.is(message.packets, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.packets);
                if (message.announcedMs != null && $Object.hasOwnProperty.call(message, "announcedMs") && !$Object.is(message.announcedMs, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.announcedMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TestWithdrawalReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TestWithdrawalReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TestWithdrawalReply & isthmus.v1.TestWithdrawalReply.$Shape} TestWithdrawalReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TestWithdrawalReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TestWithdrawalReply();
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
                            if (value = reader.bool())
                                message.done = value;
                            else
                                delete message.done;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.stoppedMs = value;
                            else
                                delete message.stoppedMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.packets = value;
                            else
                                delete message.packets;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.announcedMs = value;
                            else
                                delete message.announcedMs;
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

            return TestWithdrawalReply;
        })();

        v1.CheckStatus = (function() {

            /**
             * Properties of a CheckStatus.
             * @typedef {Object} isthmus.v1.CheckStatus.$Properties
             * @property {string|null} [name] CheckStatus name
             * @property {boolean|null} [ok] CheckStatus ok
             * @property {string|null} [effect] CheckStatus effect
             * @property {string|null} [text] CheckStatus text
             * @property {string|null} [result] CheckStatus result
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CheckStatus.
             * @memberof isthmus.v1
             * @interface ICheckStatus
             * @augments isthmus.v1.CheckStatus.$Properties
             * @deprecated Use isthmus.v1.CheckStatus.$Properties instead.
             */

            /**
             * Shape of a CheckStatus.
             * @typedef {isthmus.v1.CheckStatus.$Properties} isthmus.v1.CheckStatus.$Shape
             */

            /**
             * Constructs a new CheckStatus.
             * @memberof isthmus.v1
             * @classdesc Represents a CheckStatus.
             * @constructor
             * @param {isthmus.v1.CheckStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CheckStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CheckStatus name.
             * @member {string} name
             * @memberof isthmus.v1.CheckStatus
             * @instance
             */
            CheckStatus.prototype.name = "";

            /**
             * CheckStatus ok.
             * @member {boolean} ok
             * @memberof isthmus.v1.CheckStatus
             * @instance
             */
            CheckStatus.prototype.ok = false;

            /**
             * CheckStatus effect.
             * @member {string} effect
             * @memberof isthmus.v1.CheckStatus
             * @instance
             */
            CheckStatus.prototype.effect = "";

            /**
             * CheckStatus text.
             * @member {string} text
             * @memberof isthmus.v1.CheckStatus
             * @instance
             */
            CheckStatus.prototype.text = "";

            /**
             * CheckStatus result.
             * @member {string} result
             * @memberof isthmus.v1.CheckStatus
             * @instance
             */
            CheckStatus.prototype.result = "";

            /**
             * Creates a new CheckStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.CheckStatus
             * @static
             * @param {isthmus.v1.CheckStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.CheckStatus} CheckStatus instance
             * @type {{
             *   (properties: isthmus.v1.CheckStatus.$Shape): isthmus.v1.CheckStatus & isthmus.v1.CheckStatus.$Shape;
             *   (properties?: isthmus.v1.CheckStatus.$Properties): isthmus.v1.CheckStatus;
             * }}
             */
            CheckStatus.create = function(properties) {
                return new CheckStatus(properties);
            };

            /**
             * Encodes the specified CheckStatus message. Does not implicitly {@link isthmus.v1.CheckStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.CheckStatus
             * @static
             * @param {isthmus.v1.CheckStatus.$Properties} message CheckStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CheckStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.ok != null && $Object.hasOwnProperty.call(message, "ok") && message.ok !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.ok);
                if (message.effect != null && $Object.hasOwnProperty.call(message, "effect") && message.effect !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.effect);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.text);
                if (message.result != null && $Object.hasOwnProperty.call(message, "result") && message.result !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.result);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CheckStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.CheckStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.CheckStatus & isthmus.v1.CheckStatus.$Shape} CheckStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CheckStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.CheckStatus();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.ok = value;
                            else
                                delete message.ok;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.effect = value;
                            else
                                delete message.effect;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.result = value;
                            else
                                delete message.result;
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

            return CheckStatus;
        })();

        v1.NotifyTarget = (function() {

            /**
             * Properties of a NotifyTarget.
             * @typedef {Object} isthmus.v1.NotifyTarget.$Properties
             * @property {string|null} [name] NotifyTarget name
             * @property {string|null} [kind] NotifyTarget kind
             * @property {string|null} [failure] NotifyTarget failure
             * @property {number|null} [delivered] NotifyTarget delivered
             * @property {number|null} [failedAttempts] NotifyTarget failedAttempts
             * @property {Array.<isthmus.v1.Counter.$Properties>|null} [lost] NotifyTarget lost
             * @property {number|null} [waiting] NotifyTarget waiting
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NotifyTarget.
             * @memberof isthmus.v1
             * @interface INotifyTarget
             * @augments isthmus.v1.NotifyTarget.$Properties
             * @deprecated Use isthmus.v1.NotifyTarget.$Properties instead.
             */

            /**
             * Shape of a NotifyTarget.
             * @typedef {isthmus.v1.NotifyTarget.$Properties} isthmus.v1.NotifyTarget.$Shape
             */

            /**
             * Constructs a new NotifyTarget.
             * @memberof isthmus.v1
             * @classdesc Represents a NotifyTarget.
             * @constructor
             * @param {isthmus.v1.NotifyTarget.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NotifyTarget = function (properties) {
                this.lost = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NotifyTarget name.
             * @member {string} name
             * @memberof isthmus.v1.NotifyTarget
             * @instance
             */
            NotifyTarget.prototype.name = "";

            /**
             * NotifyTarget kind.
             * @member {string} kind
             * @memberof isthmus.v1.NotifyTarget
             * @instance
             */
            NotifyTarget.prototype.kind = "";

            /**
             * NotifyTarget failure.
             * @member {string} failure
             * @memberof isthmus.v1.NotifyTarget
             * @instance
             */
            NotifyTarget.prototype.failure = "";

            /**
             * NotifyTarget delivered.
             * @member {number} delivered
             * @memberof isthmus.v1.NotifyTarget
             * @instance
             */
            NotifyTarget.prototype.delivered = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NotifyTarget failedAttempts.
             * @member {number} failedAttempts
             * @memberof isthmus.v1.NotifyTarget
             * @instance
             */
            NotifyTarget.prototype.failedAttempts = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NotifyTarget lost.
             * @member {Array.<isthmus.v1.Counter.$Properties>} lost
             * @memberof isthmus.v1.NotifyTarget
             * @instance
             */
            NotifyTarget.prototype.lost = $util.emptyArray;

            /**
             * NotifyTarget waiting.
             * @member {number} waiting
             * @memberof isthmus.v1.NotifyTarget
             * @instance
             */
            NotifyTarget.prototype.waiting = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new NotifyTarget instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.NotifyTarget
             * @static
             * @param {isthmus.v1.NotifyTarget.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.NotifyTarget} NotifyTarget instance
             * @type {{
             *   (properties: isthmus.v1.NotifyTarget.$Shape): isthmus.v1.NotifyTarget & isthmus.v1.NotifyTarget.$Shape;
             *   (properties?: isthmus.v1.NotifyTarget.$Properties): isthmus.v1.NotifyTarget;
             * }}
             */
            NotifyTarget.create = function(properties) {
                return new NotifyTarget(properties);
            };

            /**
             * Encodes the specified NotifyTarget message. Does not implicitly {@link isthmus.v1.NotifyTarget.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.NotifyTarget
             * @static
             * @param {isthmus.v1.NotifyTarget.$Properties} message NotifyTarget message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NotifyTarget.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.kind);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure") && message.failure !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.failure);
                if (message.delivered != null && $Object.hasOwnProperty.call(message, "delivered") && (typeof message.delivered === "object" ? message.delivered.low || message.delivered.high : message.delivered !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.delivered);
                if (message.failedAttempts != null && $Object.hasOwnProperty.call(message, "failedAttempts") && (typeof message.failedAttempts === "object" ? message.failedAttempts.low || message.failedAttempts.high : message.failedAttempts !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.failedAttempts);
                if (message.lost != null && message.lost.length)
                    for (let i = 0; i < message.lost.length; ++i)
                        $root.isthmus.v1.Counter.encode(message.lost[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.waiting != null && $Object.hasOwnProperty.call(message, "waiting") && (typeof message.waiting === "object" ? message.waiting.low || message.waiting.high : message.waiting !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.waiting);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NotifyTarget message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.NotifyTarget
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.NotifyTarget & isthmus.v1.NotifyTarget.$Shape} NotifyTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NotifyTarget.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.NotifyTarget();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.failure = value;
                            else
                                delete message.failure;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.delivered = value;
                            else
                                delete message.delivered;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.failedAttempts = value;
                            else
                                delete message.failedAttempts;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.lost && message.lost.length))
                                message.lost = [];
                            message.lost.push($root.isthmus.v1.Counter.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.waiting = value;
                            else
                                delete message.waiting;
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

            return NotifyTarget;
        })();

        v1.NatLogSink = (function() {

            /**
             * Properties of a NatLogSink.
             * @typedef {Object} isthmus.v1.NatLogSink.$Properties
             * @property {string|null} [name] NatLogSink name
             * @property {string|null} [kind] NatLogSink kind
             * @property {string|null} [target] NatLogSink target
             * @property {string|null} [problem] NatLogSink problem
             * @property {boolean|null} [losing] NatLogSink losing
             * @property {number|null} [lines] NatLogSink lines
             * @property {number|null} [bytes] NatLogSink bytes
             * @property {number|null} [waiting] NatLogSink waiting
             * @property {Array.<isthmus.v1.Counter.$Properties>|null} [lost] NatLogSink lost
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NatLogSink.
             * @memberof isthmus.v1
             * @interface INatLogSink
             * @augments isthmus.v1.NatLogSink.$Properties
             * @deprecated Use isthmus.v1.NatLogSink.$Properties instead.
             */

            /**
             * Shape of a NatLogSink.
             * @typedef {isthmus.v1.NatLogSink.$Properties} isthmus.v1.NatLogSink.$Shape
             */

            /**
             * Constructs a new NatLogSink.
             * @memberof isthmus.v1
             * @classdesc Represents a NatLogSink.
             * @constructor
             * @param {isthmus.v1.NatLogSink.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NatLogSink = function (properties) {
                this.lost = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NatLogSink name.
             * @member {string} name
             * @memberof isthmus.v1.NatLogSink
             * @instance
             */
            NatLogSink.prototype.name = "";

            /**
             * NatLogSink kind.
             * @member {string} kind
             * @memberof isthmus.v1.NatLogSink
             * @instance
             */
            NatLogSink.prototype.kind = "";

            /**
             * NatLogSink target.
             * @member {string} target
             * @memberof isthmus.v1.NatLogSink
             * @instance
             */
            NatLogSink.prototype.target = "";

            /**
             * NatLogSink problem.
             * @member {string} problem
             * @memberof isthmus.v1.NatLogSink
             * @instance
             */
            NatLogSink.prototype.problem = "";

            /**
             * NatLogSink losing.
             * @member {boolean} losing
             * @memberof isthmus.v1.NatLogSink
             * @instance
             */
            NatLogSink.prototype.losing = false;

            /**
             * NatLogSink lines.
             * @member {number} lines
             * @memberof isthmus.v1.NatLogSink
             * @instance
             */
            NatLogSink.prototype.lines = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NatLogSink bytes.
             * @member {number} bytes
             * @memberof isthmus.v1.NatLogSink
             * @instance
             */
            NatLogSink.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NatLogSink waiting.
             * @member {number} waiting
             * @memberof isthmus.v1.NatLogSink
             * @instance
             */
            NatLogSink.prototype.waiting = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NatLogSink lost.
             * @member {Array.<isthmus.v1.Counter.$Properties>} lost
             * @memberof isthmus.v1.NatLogSink
             * @instance
             */
            NatLogSink.prototype.lost = $util.emptyArray;

            /**
             * Creates a new NatLogSink instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.NatLogSink
             * @static
             * @param {isthmus.v1.NatLogSink.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.NatLogSink} NatLogSink instance
             * @type {{
             *   (properties: isthmus.v1.NatLogSink.$Shape): isthmus.v1.NatLogSink & isthmus.v1.NatLogSink.$Shape;
             *   (properties?: isthmus.v1.NatLogSink.$Properties): isthmus.v1.NatLogSink;
             * }}
             */
            NatLogSink.create = function(properties) {
                return new NatLogSink(properties);
            };

            /**
             * Encodes the specified NatLogSink message. Does not implicitly {@link isthmus.v1.NatLogSink.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.NatLogSink
             * @static
             * @param {isthmus.v1.NatLogSink.$Properties} message NatLogSink message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NatLogSink.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.kind);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.target);
                if (message.problem != null && $Object.hasOwnProperty.call(message, "problem") && message.problem !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.problem);
                if (message.losing != null && $Object.hasOwnProperty.call(message, "losing") && message.losing !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.losing);
                if (message.lines != null && $Object.hasOwnProperty.call(message, "lines") && (typeof message.lines === "object" ? message.lines.low || message.lines.high : message.lines !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.lines);
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.bytes);
                if (message.waiting != null && $Object.hasOwnProperty.call(message, "waiting") && (typeof message.waiting === "object" ? message.waiting.low || message.waiting.high : message.waiting !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.waiting);
                if (message.lost != null && message.lost.length)
                    for (let i = 0; i < message.lost.length; ++i)
                        $root.isthmus.v1.Counter.encode(message.lost[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NatLogSink message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.NatLogSink
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.NatLogSink & isthmus.v1.NatLogSink.$Shape} NatLogSink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NatLogSink.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.NatLogSink();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.problem = value;
                            else
                                delete message.problem;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.losing = value;
                            else
                                delete message.losing;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lines = value;
                            else
                                delete message.lines;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.waiting = value;
                            else
                                delete message.waiting;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.lost && message.lost.length))
                                message.lost = [];
                            message.lost.push($root.isthmus.v1.Counter.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return NatLogSink;
        })();

        v1.ReplicationStatus = (function() {

            /**
             * Properties of a ReplicationStatus.
             * @typedef {Object} isthmus.v1.ReplicationStatus.$Properties
             * @property {number|null} [sequence] ReplicationStatus sequence
             * @property {number|null} [framesQueued] ReplicationStatus framesQueued
             * @property {number|null} [recordsPublished] ReplicationStatus recordsPublished
             * @property {number|null} [recordsRefused] ReplicationStatus recordsRefused
             * @property {number|null} [framesResent] ReplicationStatus framesResent
             * @property {number|null} [duplicatesDropped] ReplicationStatus duplicatesDropped
             * @property {number|null} [framesLost] ReplicationStatus framesLost
             * @property {boolean|null} [refusedSlot] ReplicationStatus refusedSlot
             * @property {Array.<isthmus.v1.Counter.$Properties>|null} [connectionsRefused] ReplicationStatus connectionsRefused
             * @property {boolean|null} [rival] ReplicationStatus rival
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReplicationStatus.
             * @memberof isthmus.v1
             * @interface IReplicationStatus
             * @augments isthmus.v1.ReplicationStatus.$Properties
             * @deprecated Use isthmus.v1.ReplicationStatus.$Properties instead.
             */

            /**
             * Shape of a ReplicationStatus.
             * @typedef {isthmus.v1.ReplicationStatus.$Properties} isthmus.v1.ReplicationStatus.$Shape
             */

            /**
             * Constructs a new ReplicationStatus.
             * @memberof isthmus.v1
             * @classdesc Represents a ReplicationStatus.
             * @constructor
             * @param {isthmus.v1.ReplicationStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReplicationStatus = function (properties) {
                this.connectionsRefused = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReplicationStatus sequence.
             * @member {number} sequence
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ReplicationStatus framesQueued.
             * @member {number} framesQueued
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.framesQueued = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ReplicationStatus recordsPublished.
             * @member {number} recordsPublished
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.recordsPublished = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ReplicationStatus recordsRefused.
             * @member {number} recordsRefused
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.recordsRefused = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ReplicationStatus framesResent.
             * @member {number} framesResent
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.framesResent = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ReplicationStatus duplicatesDropped.
             * @member {number} duplicatesDropped
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.duplicatesDropped = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ReplicationStatus framesLost.
             * @member {number} framesLost
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.framesLost = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ReplicationStatus refusedSlot.
             * @member {boolean} refusedSlot
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.refusedSlot = false;

            /**
             * ReplicationStatus connectionsRefused.
             * @member {Array.<isthmus.v1.Counter.$Properties>} connectionsRefused
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.connectionsRefused = $util.emptyArray;

            /**
             * ReplicationStatus rival.
             * @member {boolean} rival
             * @memberof isthmus.v1.ReplicationStatus
             * @instance
             */
            ReplicationStatus.prototype.rival = false;

            /**
             * Creates a new ReplicationStatus instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ReplicationStatus
             * @static
             * @param {isthmus.v1.ReplicationStatus.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ReplicationStatus} ReplicationStatus instance
             * @type {{
             *   (properties: isthmus.v1.ReplicationStatus.$Shape): isthmus.v1.ReplicationStatus & isthmus.v1.ReplicationStatus.$Shape;
             *   (properties?: isthmus.v1.ReplicationStatus.$Properties): isthmus.v1.ReplicationStatus;
             * }}
             */
            ReplicationStatus.create = function(properties) {
                return new ReplicationStatus(properties);
            };

            /**
             * Encodes the specified ReplicationStatus message. Does not implicitly {@link isthmus.v1.ReplicationStatus.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ReplicationStatus
             * @static
             * @param {isthmus.v1.ReplicationStatus.$Properties} message ReplicationStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReplicationStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.sequence);
                if (message.framesQueued != null && $Object.hasOwnProperty.call(message, "framesQueued") && (typeof message.framesQueued === "object" ? message.framesQueued.low || message.framesQueued.high : message.framesQueued !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.framesQueued);
                if (message.recordsPublished != null && $Object.hasOwnProperty.call(message, "recordsPublished") && (typeof message.recordsPublished === "object" ? message.recordsPublished.low || message.recordsPublished.high : message.recordsPublished !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.recordsPublished);
                if (message.recordsRefused != null && $Object.hasOwnProperty.call(message, "recordsRefused") && (typeof message.recordsRefused === "object" ? message.recordsRefused.low || message.recordsRefused.high : message.recordsRefused !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.recordsRefused);
                if (message.framesResent != null && $Object.hasOwnProperty.call(message, "framesResent") && (typeof message.framesResent === "object" ? message.framesResent.low || message.framesResent.high : message.framesResent !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.framesResent);
                if (message.duplicatesDropped != null && $Object.hasOwnProperty.call(message, "duplicatesDropped") && (typeof message.duplicatesDropped === "object" ? message.duplicatesDropped.low || message.duplicatesDropped.high : message.duplicatesDropped !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.duplicatesDropped);
                if (message.framesLost != null && $Object.hasOwnProperty.call(message, "framesLost") && (typeof message.framesLost === "object" ? message.framesLost.low || message.framesLost.high : message.framesLost !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.framesLost);
                if (message.refusedSlot != null && $Object.hasOwnProperty.call(message, "refusedSlot") && message.refusedSlot !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.refusedSlot);
                if (message.connectionsRefused != null && message.connectionsRefused.length)
                    for (let i = 0; i < message.connectionsRefused.length; ++i)
                        $root.isthmus.v1.Counter.encode(message.connectionsRefused[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.rival != null && $Object.hasOwnProperty.call(message, "rival") && message.rival !== false)
                    writer.uint32(/* id 10, wireType 0 =*/80).bool(message.rival);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReplicationStatus message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ReplicationStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ReplicationStatus & isthmus.v1.ReplicationStatus.$Shape} ReplicationStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReplicationStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ReplicationStatus();
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
                                message.sequence = value;
                            else
                                delete message.sequence;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.framesQueued = value;
                            else
                                delete message.framesQueued;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.recordsPublished = value;
                            else
                                delete message.recordsPublished;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.recordsRefused = value;
                            else
                                delete message.recordsRefused;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.framesResent = value;
                            else
                                delete message.framesResent;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.duplicatesDropped = value;
                            else
                                delete message.duplicatesDropped;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.framesLost = value;
                            else
                                delete message.framesLost;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.refusedSlot = value;
                            else
                                delete message.refusedSlot;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.connectionsRefused && message.connectionsRefused.length))
                                message.connectionsRefused = [];
                            message.connectionsRefused.push($root.isthmus.v1.Counter.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.rival = value;
                            else
                                delete message.rival;
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

            return ReplicationStatus;
        })();

        v1.NodeInfo = (function() {

            /**
             * Properties of a NodeInfo.
             * @typedef {Object} isthmus.v1.NodeInfo.$Properties
             * @property {string|null} [state] NodeInfo state
             * @property {string|null} [reason] NodeInfo reason
             * @property {number|null} [since] NodeInfo since
             * @property {boolean|null} [announcing] NodeInfo announcing
             * @property {string|null} [revision] NodeInfo revision
             * @property {string|null} [software] NodeInfo software
             * @property {number|null} [pid] NodeInfo pid
             * @property {number|null} [started] NodeInfo started
             * @property {Array.<isthmus.v1.NodeInstance.$Properties>|null} [instances] NodeInfo instances
             * @property {Array.<string>|null} [failingShared] NodeInfo failingShared
             * @property {Array.<number>|null} [works] NodeInfo works
             * @property {Array.<isthmus.v1.SectionHash.$Properties>|null} [sections] NodeInfo sections
             * @property {Array.<number>|null} [worked] NodeInfo worked
             * @property {Array.<isthmus.v1.NodeLink.$Properties>|null} [links] NodeInfo links
             * @property {Array.<isthmus.v1.AnnouncementStatus.$Properties>|null} [announcements] NodeInfo announcements
             * @property {Array.<isthmus.v1.NodeReplica.$Properties>|null} [replicas] NodeInfo replicas
             * @property {boolean|null} [upstreamDown] NodeInfo upstreamDown
             * @property {string|null} [paused] NodeInfo paused
             * @property {number|null} [time] NodeInfo time
             * @property {Array.<string>|null} [takesRelayed] NodeInfo takesRelayed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeInfo.
             * @memberof isthmus.v1
             * @interface INodeInfo
             * @augments isthmus.v1.NodeInfo.$Properties
             * @deprecated Use isthmus.v1.NodeInfo.$Properties instead.
             */

            /**
             * Shape of a NodeInfo.
             * @typedef {isthmus.v1.NodeInfo.$Properties} isthmus.v1.NodeInfo.$Shape
             */

            /**
             * Constructs a new NodeInfo.
             * @memberof isthmus.v1
             * @classdesc Represents a NodeInfo.
             * @constructor
             * @param {isthmus.v1.NodeInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeInfo = function (properties) {
                this.instances = [];
                this.failingShared = [];
                this.works = [];
                this.sections = [];
                this.worked = [];
                this.links = [];
                this.announcements = [];
                this.replicas = [];
                this.takesRelayed = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeInfo state.
             * @member {string} state
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.state = "";

            /**
             * NodeInfo reason.
             * @member {string} reason
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.reason = "";

            /**
             * NodeInfo since.
             * @member {number} since
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.since = 0;

            /**
             * NodeInfo announcing.
             * @member {boolean} announcing
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.announcing = false;

            /**
             * NodeInfo revision.
             * @member {string} revision
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.revision = "";

            /**
             * NodeInfo software.
             * @member {string} software
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.software = "";

            /**
             * NodeInfo pid.
             * @member {number} pid
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.pid = 0;

            /**
             * NodeInfo started.
             * @member {number} started
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.started = 0;

            /**
             * NodeInfo instances.
             * @member {Array.<isthmus.v1.NodeInstance.$Properties>} instances
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.instances = $util.emptyArray;

            /**
             * NodeInfo failingShared.
             * @member {Array.<string>} failingShared
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.failingShared = $util.emptyArray;

            /**
             * NodeInfo works.
             * @member {Array.<number>} works
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.works = $util.emptyArray;

            /**
             * NodeInfo sections.
             * @member {Array.<isthmus.v1.SectionHash.$Properties>} sections
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.sections = $util.emptyArray;

            /**
             * NodeInfo worked.
             * @member {Array.<number>} worked
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.worked = $util.emptyArray;

            /**
             * NodeInfo links.
             * @member {Array.<isthmus.v1.NodeLink.$Properties>} links
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.links = $util.emptyArray;

            /**
             * NodeInfo announcements.
             * @member {Array.<isthmus.v1.AnnouncementStatus.$Properties>} announcements
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.announcements = $util.emptyArray;

            /**
             * NodeInfo replicas.
             * @member {Array.<isthmus.v1.NodeReplica.$Properties>} replicas
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.replicas = $util.emptyArray;

            /**
             * NodeInfo upstreamDown.
             * @member {boolean} upstreamDown
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.upstreamDown = false;

            /**
             * NodeInfo paused.
             * @member {string} paused
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.paused = "";

            /**
             * NodeInfo time.
             * @member {number} time
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.time = 0;

            /**
             * NodeInfo takesRelayed.
             * @member {Array.<string>} takesRelayed
             * @memberof isthmus.v1.NodeInfo
             * @instance
             */
            NodeInfo.prototype.takesRelayed = $util.emptyArray;

            /**
             * Creates a new NodeInfo instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.NodeInfo
             * @static
             * @param {isthmus.v1.NodeInfo.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.NodeInfo} NodeInfo instance
             * @type {{
             *   (properties: isthmus.v1.NodeInfo.$Shape): isthmus.v1.NodeInfo & isthmus.v1.NodeInfo.$Shape;
             *   (properties?: isthmus.v1.NodeInfo.$Properties): isthmus.v1.NodeInfo;
             * }}
             */
            NodeInfo.create = function(properties) {
                return new NodeInfo(properties);
            };

            /**
             * Encodes the specified NodeInfo message. Does not implicitly {@link isthmus.v1.NodeInfo.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.NodeInfo
             * @static
             * @param {isthmus.v1.NodeInfo.$Properties} message NodeInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.state);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
                if (message.since != null && $Object.hasOwnProperty.call(message, "since") && !$Object.is(message.since, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.since);
                if (message.announcing != null && $Object.hasOwnProperty.call(message, "announcing") && message.announcing !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.announcing);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && message.revision !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.revision);
                if (message.software != null && $Object.hasOwnProperty.call(message, "software") && message.software !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.software);
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.pid);
                if (message.started != null && $Object.hasOwnProperty.call(message, "started") && !$Object.is(message.started, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.started);
                if (message.instances != null && message.instances.length)
                    for (let i = 0; i < message.instances.length; ++i)
                        $root.isthmus.v1.NodeInstance.encode(message.instances[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.failingShared != null && message.failingShared.length)
                    for (let i = 0; i < message.failingShared.length; ++i)
                        writer.uint32(/* id 10, wireType 2 =*/82).string(message.failingShared[i]);
                if (message.works != null && message.works.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).uint32s(message.works);
                if (message.sections != null && message.sections.length)
                    for (let i = 0; i < message.sections.length; ++i)
                        $root.isthmus.v1.SectionHash.encode(message.sections[i], writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.worked != null && message.worked.length)
                    writer.uint32(/* id 13, wireType 2 =*/106).uint32s(message.worked);
                if (message.upstreamDown != null && $Object.hasOwnProperty.call(message, "upstreamDown") && message.upstreamDown !== false)
                    writer.uint32(/* id 14, wireType 0 =*/112).bool(message.upstreamDown);
                if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== "")
                    writer.uint32(/* id 15, wireType 2 =*/122).string(message.paused);
                if (message.time != null && $Object.hasOwnProperty.call(message, "time") && !$Object.is(message.time, 0))
                    writer.uint32(/* id 16, wireType 1 =*/129).double(message.time);
                if (message.takesRelayed != null && message.takesRelayed.length)
                    for (let i = 0; i < message.takesRelayed.length; ++i)
                        writer.uint32(/* id 17, wireType 2 =*/138).string(message.takesRelayed[i]);
                if (message.links != null && message.links.length)
                    for (let i = 0; i < message.links.length; ++i)
                        $root.isthmus.v1.NodeLink.encode(message.links[i], writer.uint32(/* id 30, wireType 2 =*/242).fork(), _depth + 1).ldelim();
                if (message.announcements != null && message.announcements.length)
                    for (let i = 0; i < message.announcements.length; ++i)
                        $root.isthmus.v1.AnnouncementStatus.encode(message.announcements[i], writer.uint32(/* id 31, wireType 2 =*/250).fork(), _depth + 1).ldelim();
                if (message.replicas != null && message.replicas.length)
                    for (let i = 0; i < message.replicas.length; ++i)
                        $root.isthmus.v1.NodeReplica.encode(message.replicas[i], writer.uint32(/* id 32, wireType 2 =*/258).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeInfo message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.NodeInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeInfo & isthmus.v1.NodeInfo.$Shape} NodeInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.NodeInfo();
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
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.since = value;
                            else
                                delete message.since;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.announcing = value;
                            else
                                delete message.announcing;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.software = value;
                            else
                                delete message.software;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pid = value;
                            else
                                delete message.pid;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.started = value;
                            else
                                delete message.started;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.instances && message.instances.length))
                                message.instances = [];
                            message.instances.push($root.isthmus.v1.NodeInstance.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.failingShared && message.failingShared.length))
                                message.failingShared = [];
                            message.failingShared.push(reader.stringVerify());
                            continue;
                        }
                    case 11: {
                            if (wireType === 2) {
                                if (!(message.works && message.works.length))
                                    message.works = [];
                                reader.uint32s(message.works);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.works && message.works.length))
                                message.works = [];
                            message.works.push(reader.uint32());
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sections && message.sections.length))
                                message.sections = [];
                            message.sections.push($root.isthmus.v1.SectionHash.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 13: {
                            if (wireType === 2) {
                                if (!(message.worked && message.worked.length))
                                    message.worked = [];
                                reader.uint32s(message.worked);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.worked && message.worked.length))
                                message.worked = [];
                            message.worked.push(reader.uint32());
                            continue;
                        }
                    case 30: {
                            if (wireType !== 2)
                                break;
                            if (!(message.links && message.links.length))
                                message.links = [];
                            message.links.push($root.isthmus.v1.NodeLink.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 31: {
                            if (wireType !== 2)
                                break;
                            if (!(message.announcements && message.announcements.length))
                                message.announcements = [];
                            message.announcements.push($root.isthmus.v1.AnnouncementStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 32: {
                            if (wireType !== 2)
                                break;
                            if (!(message.replicas && message.replicas.length))
                                message.replicas = [];
                            message.replicas.push($root.isthmus.v1.NodeReplica.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.upstreamDown = value;
                            else
                                delete message.upstreamDown;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.paused = value;
                            else
                                delete message.paused;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.time = value;
                            else
                                delete message.time;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            if (!(message.takesRelayed && message.takesRelayed.length))
                                message.takesRelayed = [];
                            message.takesRelayed.push(reader.stringVerify());
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

            return NodeInfo;
        })();

        v1.SectionHash = (function() {

            /**
             * Properties of a SectionHash.
             * @typedef {Object} isthmus.v1.SectionHash.$Properties
             * @property {string|null} [path] SectionHash path
             * @property {string|null} [hash] SectionHash hash
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SectionHash.
             * @memberof isthmus.v1
             * @interface ISectionHash
             * @augments isthmus.v1.SectionHash.$Properties
             * @deprecated Use isthmus.v1.SectionHash.$Properties instead.
             */

            /**
             * Shape of a SectionHash.
             * @typedef {isthmus.v1.SectionHash.$Properties} isthmus.v1.SectionHash.$Shape
             */

            /**
             * Constructs a new SectionHash.
             * @memberof isthmus.v1
             * @classdesc Represents a SectionHash.
             * @constructor
             * @param {isthmus.v1.SectionHash.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SectionHash = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SectionHash path.
             * @member {string} path
             * @memberof isthmus.v1.SectionHash
             * @instance
             */
            SectionHash.prototype.path = "";

            /**
             * SectionHash hash.
             * @member {string} hash
             * @memberof isthmus.v1.SectionHash
             * @instance
             */
            SectionHash.prototype.hash = "";

            /**
             * Creates a new SectionHash instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.SectionHash
             * @static
             * @param {isthmus.v1.SectionHash.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.SectionHash} SectionHash instance
             * @type {{
             *   (properties: isthmus.v1.SectionHash.$Shape): isthmus.v1.SectionHash & isthmus.v1.SectionHash.$Shape;
             *   (properties?: isthmus.v1.SectionHash.$Properties): isthmus.v1.SectionHash;
             * }}
             */
            SectionHash.create = function(properties) {
                return new SectionHash(properties);
            };

            /**
             * Encodes the specified SectionHash message. Does not implicitly {@link isthmus.v1.SectionHash.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.SectionHash
             * @static
             * @param {isthmus.v1.SectionHash.$Properties} message SectionHash message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SectionHash.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.hash);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SectionHash message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.SectionHash
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.SectionHash & isthmus.v1.SectionHash.$Shape} SectionHash
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SectionHash.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.SectionHash();
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
                                message.path = value;
                            else
                                delete message.path;
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

            return SectionHash;
        })();

        v1.StatsRequest = (function() {

            /**
             * Properties of a StatsRequest.
             * @typedef {Object} isthmus.v1.StatsRequest.$Properties
             * @property {string|null} [instance] StatsRequest instance
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StatsRequest.
             * @memberof isthmus.v1
             * @interface IStatsRequest
             * @augments isthmus.v1.StatsRequest.$Properties
             * @deprecated Use isthmus.v1.StatsRequest.$Properties instead.
             */

            /**
             * Shape of a StatsRequest.
             * @typedef {isthmus.v1.StatsRequest.$Properties} isthmus.v1.StatsRequest.$Shape
             */

            /**
             * Constructs a new StatsRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a StatsRequest.
             * @constructor
             * @param {isthmus.v1.StatsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StatsRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StatsRequest instance.
             * @member {string} instance
             * @memberof isthmus.v1.StatsRequest
             * @instance
             */
            StatsRequest.prototype.instance = "";

            /**
             * Creates a new StatsRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.StatsRequest
             * @static
             * @param {isthmus.v1.StatsRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.StatsRequest} StatsRequest instance
             * @type {{
             *   (properties: isthmus.v1.StatsRequest.$Shape): isthmus.v1.StatsRequest & isthmus.v1.StatsRequest.$Shape;
             *   (properties?: isthmus.v1.StatsRequest.$Properties): isthmus.v1.StatsRequest;
             * }}
             */
            StatsRequest.create = function(properties) {
                return new StatsRequest(properties);
            };

            /**
             * Encodes the specified StatsRequest message. Does not implicitly {@link isthmus.v1.StatsRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.StatsRequest
             * @static
             * @param {isthmus.v1.StatsRequest.$Properties} message StatsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StatsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StatsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.StatsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.StatsRequest & isthmus.v1.StatsRequest.$Shape} StatsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StatsRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.StatsRequest();
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

            return StatsRequest;
        })();

        v1.StatsReply = (function() {

            /**
             * Properties of a StatsReply.
             * @typedef {Object} isthmus.v1.StatsReply.$Properties
             * @property {string|null} [node] StatsReply node
             * @property {Array.<isthmus.v1.InstanceStats.$Properties>|null} [instances] StatsReply instances
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StatsReply.
             * @memberof isthmus.v1
             * @interface IStatsReply
             * @augments isthmus.v1.StatsReply.$Properties
             * @deprecated Use isthmus.v1.StatsReply.$Properties instead.
             */

            /**
             * Shape of a StatsReply.
             * @typedef {isthmus.v1.StatsReply.$Properties} isthmus.v1.StatsReply.$Shape
             */

            /**
             * Constructs a new StatsReply.
             * @memberof isthmus.v1
             * @classdesc Represents a StatsReply.
             * @constructor
             * @param {isthmus.v1.StatsReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StatsReply = function (properties) {
                this.instances = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StatsReply node.
             * @member {string} node
             * @memberof isthmus.v1.StatsReply
             * @instance
             */
            StatsReply.prototype.node = "";

            /**
             * StatsReply instances.
             * @member {Array.<isthmus.v1.InstanceStats.$Properties>} instances
             * @memberof isthmus.v1.StatsReply
             * @instance
             */
            StatsReply.prototype.instances = $util.emptyArray;

            /**
             * Creates a new StatsReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.StatsReply
             * @static
             * @param {isthmus.v1.StatsReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.StatsReply} StatsReply instance
             * @type {{
             *   (properties: isthmus.v1.StatsReply.$Shape): isthmus.v1.StatsReply & isthmus.v1.StatsReply.$Shape;
             *   (properties?: isthmus.v1.StatsReply.$Properties): isthmus.v1.StatsReply;
             * }}
             */
            StatsReply.create = function(properties) {
                return new StatsReply(properties);
            };

            /**
             * Encodes the specified StatsReply message. Does not implicitly {@link isthmus.v1.StatsReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.StatsReply
             * @static
             * @param {isthmus.v1.StatsReply.$Properties} message StatsReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StatsReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                if (message.instances != null && message.instances.length)
                    for (let i = 0; i < message.instances.length; ++i)
                        $root.isthmus.v1.InstanceStats.encode(message.instances[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StatsReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.StatsReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.StatsReply & isthmus.v1.StatsReply.$Shape} StatsReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StatsReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.StatsReply();
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
                            if (!(message.instances && message.instances.length))
                                message.instances = [];
                            message.instances.push($root.isthmus.v1.InstanceStats.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return StatsReply;
        })();

        v1.InstanceStats = (function() {

            /**
             * Properties of an InstanceStats.
             * @typedef {Object} isthmus.v1.InstanceStats.$Properties
             * @property {string|null} [name] InstanceStats name
             * @property {string|null} [kind] InstanceStats kind
             * @property {number|null} [spanMs] InstanceStats spanMs
             * @property {Array.<isthmus.v1.CounterStats.$Properties>|null} [counters] InstanceStats counters
             * @property {number|null} [since] InstanceStats since
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InstanceStats.
             * @memberof isthmus.v1
             * @interface IInstanceStats
             * @augments isthmus.v1.InstanceStats.$Properties
             * @deprecated Use isthmus.v1.InstanceStats.$Properties instead.
             */

            /**
             * Shape of an InstanceStats.
             * @typedef {isthmus.v1.InstanceStats.$Properties} isthmus.v1.InstanceStats.$Shape
             */

            /**
             * Constructs a new InstanceStats.
             * @memberof isthmus.v1
             * @classdesc Represents an InstanceStats.
             * @constructor
             * @param {isthmus.v1.InstanceStats.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InstanceStats = function (properties) {
                this.counters = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * InstanceStats name.
             * @member {string} name
             * @memberof isthmus.v1.InstanceStats
             * @instance
             */
            InstanceStats.prototype.name = "";

            /**
             * InstanceStats kind.
             * @member {string} kind
             * @memberof isthmus.v1.InstanceStats
             * @instance
             */
            InstanceStats.prototype.kind = "";

            /**
             * InstanceStats spanMs.
             * @member {number} spanMs
             * @memberof isthmus.v1.InstanceStats
             * @instance
             */
            InstanceStats.prototype.spanMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * InstanceStats counters.
             * @member {Array.<isthmus.v1.CounterStats.$Properties>} counters
             * @memberof isthmus.v1.InstanceStats
             * @instance
             */
            InstanceStats.prototype.counters = $util.emptyArray;

            /**
             * InstanceStats since.
             * @member {number} since
             * @memberof isthmus.v1.InstanceStats
             * @instance
             */
            InstanceStats.prototype.since = 0;

            /**
             * Creates a new InstanceStats instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.InstanceStats
             * @static
             * @param {isthmus.v1.InstanceStats.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.InstanceStats} InstanceStats instance
             * @type {{
             *   (properties: isthmus.v1.InstanceStats.$Shape): isthmus.v1.InstanceStats & isthmus.v1.InstanceStats.$Shape;
             *   (properties?: isthmus.v1.InstanceStats.$Properties): isthmus.v1.InstanceStats;
             * }}
             */
            InstanceStats.create = function(properties) {
                return new InstanceStats(properties);
            };

            /**
             * Encodes the specified InstanceStats message. Does not implicitly {@link isthmus.v1.InstanceStats.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.InstanceStats
             * @static
             * @param {isthmus.v1.InstanceStats.$Properties} message InstanceStats message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InstanceStats.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.kind);
                if (message.spanMs != null && $Object.hasOwnProperty.call(message, "spanMs") && (typeof message.spanMs === "object" ? message.spanMs.low || message.spanMs.high : message.spanMs !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.spanMs);
                if (message.counters != null && message.counters.length)
                    for (let i = 0; i < message.counters.length; ++i)
                        $root.isthmus.v1.CounterStats.encode(message.counters[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.since != null && $Object.hasOwnProperty.call(message, "since") && !$Object.is(message.since, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.since);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InstanceStats message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.InstanceStats
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.InstanceStats & isthmus.v1.InstanceStats.$Shape} InstanceStats
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InstanceStats.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.InstanceStats();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.spanMs = value;
                            else
                                delete message.spanMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.counters && message.counters.length))
                                message.counters = [];
                            message.counters.push($root.isthmus.v1.CounterStats.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.since = value;
                            else
                                delete message.since;
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

            return InstanceStats;
        })();

        v1.CounterStats = (function() {

            /**
             * Properties of a CounterStats.
             * @typedef {Object} isthmus.v1.CounterStats.$Properties
             * @property {string|null} [name] CounterStats name
             * @property {string|null} [kind] CounterStats kind
             * @property {string|null} [help] CounterStats help
             * @property {string|null} [advice] CounterStats advice
             * @property {number|null} [rate] CounterStats rate
             * @property {number|null} [lastMinute] CounterStats lastMinute
             * @property {number|null} [total] CounterStats total
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CounterStats.
             * @memberof isthmus.v1
             * @interface ICounterStats
             * @augments isthmus.v1.CounterStats.$Properties
             * @deprecated Use isthmus.v1.CounterStats.$Properties instead.
             */

            /**
             * Shape of a CounterStats.
             * @typedef {isthmus.v1.CounterStats.$Properties} isthmus.v1.CounterStats.$Shape
             */

            /**
             * Constructs a new CounterStats.
             * @memberof isthmus.v1
             * @classdesc Represents a CounterStats.
             * @constructor
             * @param {isthmus.v1.CounterStats.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CounterStats = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CounterStats name.
             * @member {string} name
             * @memberof isthmus.v1.CounterStats
             * @instance
             */
            CounterStats.prototype.name = "";

            /**
             * CounterStats kind.
             * @member {string} kind
             * @memberof isthmus.v1.CounterStats
             * @instance
             */
            CounterStats.prototype.kind = "";

            /**
             * CounterStats help.
             * @member {string} help
             * @memberof isthmus.v1.CounterStats
             * @instance
             */
            CounterStats.prototype.help = "";

            /**
             * CounterStats advice.
             * @member {string} advice
             * @memberof isthmus.v1.CounterStats
             * @instance
             */
            CounterStats.prototype.advice = "";

            /**
             * CounterStats rate.
             * @member {number} rate
             * @memberof isthmus.v1.CounterStats
             * @instance
             */
            CounterStats.prototype.rate = 0;

            /**
             * CounterStats lastMinute.
             * @member {number} lastMinute
             * @memberof isthmus.v1.CounterStats
             * @instance
             */
            CounterStats.prototype.lastMinute = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * CounterStats total.
             * @member {number} total
             * @memberof isthmus.v1.CounterStats
             * @instance
             */
            CounterStats.prototype.total = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new CounterStats instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.CounterStats
             * @static
             * @param {isthmus.v1.CounterStats.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.CounterStats} CounterStats instance
             * @type {{
             *   (properties: isthmus.v1.CounterStats.$Shape): isthmus.v1.CounterStats & isthmus.v1.CounterStats.$Shape;
             *   (properties?: isthmus.v1.CounterStats.$Properties): isthmus.v1.CounterStats;
             * }}
             */
            CounterStats.create = function(properties) {
                return new CounterStats(properties);
            };

            /**
             * Encodes the specified CounterStats message. Does not implicitly {@link isthmus.v1.CounterStats.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.CounterStats
             * @static
             * @param {isthmus.v1.CounterStats.$Properties} message CounterStats message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CounterStats.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.kind);
                if (message.help != null && $Object.hasOwnProperty.call(message, "help") && message.help !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.help);
                if (message.advice != null && $Object.hasOwnProperty.call(message, "advice") && message.advice !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.advice);
                if (message.rate != null && $Object.hasOwnProperty.call(message, "rate") && !$Object.is(message.rate, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.rate);
                if (message.lastMinute != null && $Object.hasOwnProperty.call(message, "lastMinute") && (typeof message.lastMinute === "object" ? message.lastMinute.low || message.lastMinute.high : message.lastMinute !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.lastMinute);
                if (message.total != null && $Object.hasOwnProperty.call(message, "total") && (typeof message.total === "object" ? message.total.low || message.total.high : message.total !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.total);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CounterStats message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.CounterStats
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.CounterStats & isthmus.v1.CounterStats.$Shape} CounterStats
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CounterStats.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.CounterStats();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.help = value;
                            else
                                delete message.help;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.advice = value;
                            else
                                delete message.advice;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.rate = value;
                            else
                                delete message.rate;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastMinute = value;
                            else
                                delete message.lastMinute;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.total = value;
                            else
                                delete message.total;
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

            return CounterStats;
        })();

        v1.SessionsRequest = (function() {

            /**
             * Properties of a SessionsRequest.
             * @typedef {Object} isthmus.v1.SessionsRequest.$Properties
             * @property {string|null} [instance] SessionsRequest instance
             * @property {string|null} [protocol] SessionsRequest protocol
             * @property {string|null} [client] SessionsRequest client
             * @property {string|null} [pool4] SessionsRequest pool4
             * @property {string|null} [remote] SessionsRequest remote
             * @property {number|null} [owner] SessionsRequest owner
             * @property {number|null} [limit] SessionsRequest limit
             * @property {boolean|null} [countOnly] SessionsRequest countOnly
             * @property {boolean|null} [outsidePool4] SessionsRequest outsidePool4
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SessionsRequest.
             * @memberof isthmus.v1
             * @interface ISessionsRequest
             * @augments isthmus.v1.SessionsRequest.$Properties
             * @deprecated Use isthmus.v1.SessionsRequest.$Properties instead.
             */

            /**
             * Shape of a SessionsRequest.
             * @typedef {isthmus.v1.SessionsRequest.$Properties} isthmus.v1.SessionsRequest.$Shape
             */

            /**
             * Constructs a new SessionsRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a SessionsRequest.
             * @constructor
             * @param {isthmus.v1.SessionsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SessionsRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SessionsRequest instance.
             * @member {string} instance
             * @memberof isthmus.v1.SessionsRequest
             * @instance
             */
            SessionsRequest.prototype.instance = "";

            /**
             * SessionsRequest protocol.
             * @member {string} protocol
             * @memberof isthmus.v1.SessionsRequest
             * @instance
             */
            SessionsRequest.prototype.protocol = "";

            /**
             * SessionsRequest client.
             * @member {string} client
             * @memberof isthmus.v1.SessionsRequest
             * @instance
             */
            SessionsRequest.prototype.client = "";

            /**
             * SessionsRequest pool4.
             * @member {string} pool4
             * @memberof isthmus.v1.SessionsRequest
             * @instance
             */
            SessionsRequest.prototype.pool4 = "";

            /**
             * SessionsRequest remote.
             * @member {string} remote
             * @memberof isthmus.v1.SessionsRequest
             * @instance
             */
            SessionsRequest.prototype.remote = "";

            /**
             * SessionsRequest owner.
             * @member {number} owner
             * @memberof isthmus.v1.SessionsRequest
             * @instance
             */
            SessionsRequest.prototype.owner = 0;

            /**
             * SessionsRequest limit.
             * @member {number} limit
             * @memberof isthmus.v1.SessionsRequest
             * @instance
             */
            SessionsRequest.prototype.limit = 0;

            /**
             * SessionsRequest countOnly.
             * @member {boolean} countOnly
             * @memberof isthmus.v1.SessionsRequest
             * @instance
             */
            SessionsRequest.prototype.countOnly = false;

            /**
             * SessionsRequest outsidePool4.
             * @member {boolean} outsidePool4
             * @memberof isthmus.v1.SessionsRequest
             * @instance
             */
            SessionsRequest.prototype.outsidePool4 = false;

            /**
             * Creates a new SessionsRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.SessionsRequest
             * @static
             * @param {isthmus.v1.SessionsRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.SessionsRequest} SessionsRequest instance
             * @type {{
             *   (properties: isthmus.v1.SessionsRequest.$Shape): isthmus.v1.SessionsRequest & isthmus.v1.SessionsRequest.$Shape;
             *   (properties?: isthmus.v1.SessionsRequest.$Properties): isthmus.v1.SessionsRequest;
             * }}
             */
            SessionsRequest.create = function(properties) {
                return new SessionsRequest(properties);
            };

            /**
             * Encodes the specified SessionsRequest message. Does not implicitly {@link isthmus.v1.SessionsRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.SessionsRequest
             * @static
             * @param {isthmus.v1.SessionsRequest.$Properties} message SessionsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SessionsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.protocol);
                if (message.client != null && $Object.hasOwnProperty.call(message, "client") && message.client !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.client);
                if (message.pool4 != null && $Object.hasOwnProperty.call(message, "pool4") && message.pool4 !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.pool4);
                if (message.remote != null && $Object.hasOwnProperty.call(message, "remote") && message.remote !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.remote);
                if (message.owner != null && $Object.hasOwnProperty.call(message, "owner") && message.owner !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.owner);
                if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.limit);
                if (message.countOnly != null && $Object.hasOwnProperty.call(message, "countOnly") && message.countOnly !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.countOnly);
                if (message.outsidePool4 != null && $Object.hasOwnProperty.call(message, "outsidePool4") && message.outsidePool4 !== false)
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.outsidePool4);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SessionsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.SessionsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.SessionsRequest & isthmus.v1.SessionsRequest.$Shape} SessionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SessionsRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.SessionsRequest();
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
                            if ((value = reader.stringVerify()).length)
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.client = value;
                            else
                                delete message.client;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.pool4 = value;
                            else
                                delete message.pool4;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.remote = value;
                            else
                                delete message.remote;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.owner = value;
                            else
                                delete message.owner;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.limit = value;
                            else
                                delete message.limit;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.countOnly = value;
                            else
                                delete message.countOnly;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.outsidePool4 = value;
                            else
                                delete message.outsidePool4;
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

            return SessionsRequest;
        })();

        v1.SessionPage = (function() {

            /**
             * Properties of a SessionPage.
             * @typedef {Object} isthmus.v1.SessionPage.$Properties
             * @property {Array.<isthmus.v1.Session.$Properties>|null} [sessions] SessionPage sessions
             * @property {number|null} [count] SessionPage count
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SessionPage.
             * @memberof isthmus.v1
             * @interface ISessionPage
             * @augments isthmus.v1.SessionPage.$Properties
             * @deprecated Use isthmus.v1.SessionPage.$Properties instead.
             */

            /**
             * Shape of a SessionPage.
             * @typedef {isthmus.v1.SessionPage.$Properties} isthmus.v1.SessionPage.$Shape
             */

            /**
             * Constructs a new SessionPage.
             * @memberof isthmus.v1
             * @classdesc Represents a SessionPage.
             * @constructor
             * @param {isthmus.v1.SessionPage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SessionPage = function (properties) {
                this.sessions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SessionPage sessions.
             * @member {Array.<isthmus.v1.Session.$Properties>} sessions
             * @memberof isthmus.v1.SessionPage
             * @instance
             */
            SessionPage.prototype.sessions = $util.emptyArray;

            /**
             * SessionPage count.
             * @member {number} count
             * @memberof isthmus.v1.SessionPage
             * @instance
             */
            SessionPage.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new SessionPage instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.SessionPage
             * @static
             * @param {isthmus.v1.SessionPage.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.SessionPage} SessionPage instance
             * @type {{
             *   (properties: isthmus.v1.SessionPage.$Shape): isthmus.v1.SessionPage & isthmus.v1.SessionPage.$Shape;
             *   (properties?: isthmus.v1.SessionPage.$Properties): isthmus.v1.SessionPage;
             * }}
             */
            SessionPage.create = function(properties) {
                return new SessionPage(properties);
            };

            /**
             * Encodes the specified SessionPage message. Does not implicitly {@link isthmus.v1.SessionPage.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.SessionPage
             * @static
             * @param {isthmus.v1.SessionPage.$Properties} message SessionPage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SessionPage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessions != null && message.sessions.length)
                    for (let i = 0; i < message.sessions.length; ++i)
                        $root.isthmus.v1.Session.encode(message.sessions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && (typeof message.count === "object" ? message.count.low || message.count.high : message.count !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.count);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SessionPage message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.SessionPage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.SessionPage & isthmus.v1.SessionPage.$Shape} SessionPage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SessionPage.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.SessionPage();
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
                            if (!(message.sessions && message.sessions.length))
                                message.sessions = [];
                            message.sessions.push($root.isthmus.v1.Session.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
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

            return SessionPage;
        })();

        v1.EndReply = (function() {

            /**
             * Properties of an EndReply.
             * @typedef {Object} isthmus.v1.EndReply.$Properties
             * @property {boolean|null} [done] EndReply done
             * @property {string|null} [text] EndReply text
             * @property {string|null} [code] EndReply code
             * @property {number|null} [ended] EndReply ended
             * @property {number|null} [foreign] EndReply foreign
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an EndReply.
             * @memberof isthmus.v1
             * @interface IEndReply
             * @augments isthmus.v1.EndReply.$Properties
             * @deprecated Use isthmus.v1.EndReply.$Properties instead.
             */

            /**
             * Shape of an EndReply.
             * @typedef {isthmus.v1.EndReply.$Properties} isthmus.v1.EndReply.$Shape
             */

            /**
             * Constructs a new EndReply.
             * @memberof isthmus.v1
             * @classdesc Represents an EndReply.
             * @constructor
             * @param {isthmus.v1.EndReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const EndReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * EndReply done.
             * @member {boolean} done
             * @memberof isthmus.v1.EndReply
             * @instance
             */
            EndReply.prototype.done = false;

            /**
             * EndReply text.
             * @member {string} text
             * @memberof isthmus.v1.EndReply
             * @instance
             */
            EndReply.prototype.text = "";

            /**
             * EndReply code.
             * @member {string} code
             * @memberof isthmus.v1.EndReply
             * @instance
             */
            EndReply.prototype.code = "";

            /**
             * EndReply ended.
             * @member {number} ended
             * @memberof isthmus.v1.EndReply
             * @instance
             */
            EndReply.prototype.ended = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * EndReply foreign.
             * @member {number} foreign
             * @memberof isthmus.v1.EndReply
             * @instance
             */
            EndReply.prototype.foreign = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new EndReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.EndReply
             * @static
             * @param {isthmus.v1.EndReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.EndReply} EndReply instance
             * @type {{
             *   (properties: isthmus.v1.EndReply.$Shape): isthmus.v1.EndReply & isthmus.v1.EndReply.$Shape;
             *   (properties?: isthmus.v1.EndReply.$Properties): isthmus.v1.EndReply;
             * }}
             */
            EndReply.create = function(properties) {
                return new EndReply(properties);
            };

            /**
             * Encodes the specified EndReply message. Does not implicitly {@link isthmus.v1.EndReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.EndReply
             * @static
             * @param {isthmus.v1.EndReply.$Properties} message EndReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            EndReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.done != null && $Object.hasOwnProperty.call(message, "done") && message.done !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.done);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.code);
                if (message.ended != null && $Object.hasOwnProperty.call(message, "ended") && (typeof message.ended === "object" ? message.ended.low || message.ended.high : message.ended !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.ended);
                if (message.foreign != null && $Object.hasOwnProperty.call(message, "foreign") && (typeof message.foreign === "object" ? message.foreign.low || message.foreign.high : message.foreign !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.foreign);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an EndReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.EndReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.EndReply & isthmus.v1.EndReply.$Shape} EndReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            EndReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.EndReply();
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
                            if (value = reader.bool())
                                message.done = value;
                            else
                                delete message.done;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.ended = value;
                            else
                                delete message.ended;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.foreign = value;
                            else
                                delete message.foreign;
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

            return EndReply;
        })();

        v1.TraceRequest = (function() {

            /**
             * Properties of a TraceRequest.
             * @typedef {Object} isthmus.v1.TraceRequest.$Properties
             * @property {string|null} [instance] TraceRequest instance
             * @property {string|null} [client] TraceRequest client
             * @property {string|null} [remote] TraceRequest remote
             * @property {number|null} [packets] TraceRequest packets
             * @property {number|null} [seconds] TraceRequest seconds
             * @property {number|null} [snapLength] TraceRequest snapLength
             * @property {boolean|null} [explain] TraceRequest explain
             * @property {string|null} [command] TraceRequest command
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TraceRequest.
             * @memberof isthmus.v1
             * @interface ITraceRequest
             * @augments isthmus.v1.TraceRequest.$Properties
             * @deprecated Use isthmus.v1.TraceRequest.$Properties instead.
             */

            /**
             * Shape of a TraceRequest.
             * @typedef {isthmus.v1.TraceRequest.$Properties} isthmus.v1.TraceRequest.$Shape
             */

            /**
             * Constructs a new TraceRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a TraceRequest.
             * @constructor
             * @param {isthmus.v1.TraceRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TraceRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TraceRequest instance.
             * @member {string} instance
             * @memberof isthmus.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.instance = "";

            /**
             * TraceRequest client.
             * @member {string} client
             * @memberof isthmus.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.client = "";

            /**
             * TraceRequest remote.
             * @member {string} remote
             * @memberof isthmus.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.remote = "";

            /**
             * TraceRequest packets.
             * @member {number} packets
             * @memberof isthmus.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.packets = 0;

            /**
             * TraceRequest seconds.
             * @member {number} seconds
             * @memberof isthmus.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.seconds = 0;

            /**
             * TraceRequest snapLength.
             * @member {number} snapLength
             * @memberof isthmus.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.snapLength = 0;

            /**
             * TraceRequest explain.
             * @member {boolean} explain
             * @memberof isthmus.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.explain = false;

            /**
             * TraceRequest command.
             * @member {string} command
             * @memberof isthmus.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.command = "";

            /**
             * Creates a new TraceRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TraceRequest
             * @static
             * @param {isthmus.v1.TraceRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TraceRequest} TraceRequest instance
             * @type {{
             *   (properties: isthmus.v1.TraceRequest.$Shape): isthmus.v1.TraceRequest & isthmus.v1.TraceRequest.$Shape;
             *   (properties?: isthmus.v1.TraceRequest.$Properties): isthmus.v1.TraceRequest;
             * }}
             */
            TraceRequest.create = function(properties) {
                return new TraceRequest(properties);
            };

            /**
             * Encodes the specified TraceRequest message. Does not implicitly {@link isthmus.v1.TraceRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TraceRequest
             * @static
             * @param {isthmus.v1.TraceRequest.$Properties} message TraceRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TraceRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.client != null && $Object.hasOwnProperty.call(message, "client") && message.client !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.client);
                if (message.remote != null && $Object.hasOwnProperty.call(message, "remote") && message.remote !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.remote);
                if (message.packets != null && $Object.hasOwnProperty.call(message, "packets") && message.packets !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.packets);
                if (message.seconds != null && $Object.hasOwnProperty.call(message, "seconds") && message.seconds !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.seconds);
                if (message.snapLength != null && $Object.hasOwnProperty.call(message, "snapLength") && message.snapLength !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.snapLength);
                if (message.explain != null && $Object.hasOwnProperty.call(message, "explain") && message.explain !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.explain);
                if (message.command != null && $Object.hasOwnProperty.call(message, "command") && message.command !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.command);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TraceRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TraceRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TraceRequest & isthmus.v1.TraceRequest.$Shape} TraceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TraceRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TraceRequest();
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
                            if ((value = reader.stringVerify()).length)
                                message.client = value;
                            else
                                delete message.client;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.remote = value;
                            else
                                delete message.remote;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.packets = value;
                            else
                                delete message.packets;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.seconds = value;
                            else
                                delete message.seconds;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.snapLength = value;
                            else
                                delete message.snapLength;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.explain = value;
                            else
                                delete message.explain;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.command = value;
                            else
                                delete message.command;
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

            return TraceRequest;
        })();

        v1.TraceReply = (function() {

            /**
             * Properties of a TraceReply.
             * @typedef {Object} isthmus.v1.TraceReply.$Properties
             * @property {Array.<isthmus.v1.TracedPacket.$Properties>|null} [packets] TraceReply packets
             * @property {number|null} [skipped] TraceReply skipped
             * @property {Array.<string>|null} [notes] TraceReply notes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TraceReply.
             * @memberof isthmus.v1
             * @interface ITraceReply
             * @augments isthmus.v1.TraceReply.$Properties
             * @deprecated Use isthmus.v1.TraceReply.$Properties instead.
             */

            /**
             * Shape of a TraceReply.
             * @typedef {isthmus.v1.TraceReply.$Properties} isthmus.v1.TraceReply.$Shape
             */

            /**
             * Constructs a new TraceReply.
             * @memberof isthmus.v1
             * @classdesc Represents a TraceReply.
             * @constructor
             * @param {isthmus.v1.TraceReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TraceReply = function (properties) {
                this.packets = [];
                this.notes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TraceReply packets.
             * @member {Array.<isthmus.v1.TracedPacket.$Properties>} packets
             * @memberof isthmus.v1.TraceReply
             * @instance
             */
            TraceReply.prototype.packets = $util.emptyArray;

            /**
             * TraceReply skipped.
             * @member {number} skipped
             * @memberof isthmus.v1.TraceReply
             * @instance
             */
            TraceReply.prototype.skipped = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TraceReply notes.
             * @member {Array.<string>} notes
             * @memberof isthmus.v1.TraceReply
             * @instance
             */
            TraceReply.prototype.notes = $util.emptyArray;

            /**
             * Creates a new TraceReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TraceReply
             * @static
             * @param {isthmus.v1.TraceReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TraceReply} TraceReply instance
             * @type {{
             *   (properties: isthmus.v1.TraceReply.$Shape): isthmus.v1.TraceReply & isthmus.v1.TraceReply.$Shape;
             *   (properties?: isthmus.v1.TraceReply.$Properties): isthmus.v1.TraceReply;
             * }}
             */
            TraceReply.create = function(properties) {
                return new TraceReply(properties);
            };

            /**
             * Encodes the specified TraceReply message. Does not implicitly {@link isthmus.v1.TraceReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TraceReply
             * @static
             * @param {isthmus.v1.TraceReply.$Properties} message TraceReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TraceReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.packets != null && message.packets.length)
                    for (let i = 0; i < message.packets.length; ++i)
                        $root.isthmus.v1.TracedPacket.encode(message.packets[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.skipped != null && $Object.hasOwnProperty.call(message, "skipped") && (typeof message.skipped === "object" ? message.skipped.low || message.skipped.high : message.skipped !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.skipped);
                if (message.notes != null && message.notes.length)
                    for (let i = 0; i < message.notes.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.notes[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TraceReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TraceReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TraceReply & isthmus.v1.TraceReply.$Shape} TraceReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TraceReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TraceReply();
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
                            if (!(message.packets && message.packets.length))
                                message.packets = [];
                            message.packets.push($root.isthmus.v1.TracedPacket.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.skipped = value;
                            else
                                delete message.skipped;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.notes && message.notes.length))
                                message.notes = [];
                            message.notes.push(reader.stringVerify());
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

            return TraceReply;
        })();

        v1.TracedPacket = (function() {

            /**
             * Properties of a TracedPacket.
             * @typedef {Object} isthmus.v1.TracedPacket.$Properties
             * @property {number|null} [time] TracedPacket time
             * @property {string|null} [instance] TracedPacket instance
             * @property {string|null} [direction] TracedPacket direction
             * @property {string|null} [verdict] TracedPacket verdict
             * @property {string|null} [counter] TracedPacket counter
             * @property {Array.<string>|null} [steps] TracedPacket steps
             * @property {Array.<isthmus.v1.Counter.$Properties>|null} [counted] TracedPacket counted
             * @property {isthmus.v1.TracedBytes.$Properties|null} [before] TracedPacket before
             * @property {Array.<isthmus.v1.TracedBytes.$Properties>|null} [after] TracedPacket after
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TracedPacket.
             * @memberof isthmus.v1
             * @interface ITracedPacket
             * @augments isthmus.v1.TracedPacket.$Properties
             * @deprecated Use isthmus.v1.TracedPacket.$Properties instead.
             */

            /**
             * Shape of a TracedPacket.
             * @typedef {isthmus.v1.TracedPacket.$Properties} isthmus.v1.TracedPacket.$Shape
             */

            /**
             * Constructs a new TracedPacket.
             * @memberof isthmus.v1
             * @classdesc Represents a TracedPacket.
             * @constructor
             * @param {isthmus.v1.TracedPacket.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TracedPacket = function (properties) {
                this.steps = [];
                this.counted = [];
                this.after = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TracedPacket time.
             * @member {number} time
             * @memberof isthmus.v1.TracedPacket
             * @instance
             */
            TracedPacket.prototype.time = 0;

            /**
             * TracedPacket instance.
             * @member {string} instance
             * @memberof isthmus.v1.TracedPacket
             * @instance
             */
            TracedPacket.prototype.instance = "";

            /**
             * TracedPacket direction.
             * @member {string} direction
             * @memberof isthmus.v1.TracedPacket
             * @instance
             */
            TracedPacket.prototype.direction = "";

            /**
             * TracedPacket verdict.
             * @member {string} verdict
             * @memberof isthmus.v1.TracedPacket
             * @instance
             */
            TracedPacket.prototype.verdict = "";

            /**
             * TracedPacket counter.
             * @member {string} counter
             * @memberof isthmus.v1.TracedPacket
             * @instance
             */
            TracedPacket.prototype.counter = "";

            /**
             * TracedPacket steps.
             * @member {Array.<string>} steps
             * @memberof isthmus.v1.TracedPacket
             * @instance
             */
            TracedPacket.prototype.steps = $util.emptyArray;

            /**
             * TracedPacket counted.
             * @member {Array.<isthmus.v1.Counter.$Properties>} counted
             * @memberof isthmus.v1.TracedPacket
             * @instance
             */
            TracedPacket.prototype.counted = $util.emptyArray;

            /**
             * TracedPacket before.
             * @member {isthmus.v1.TracedBytes.$Properties|null|undefined} before
             * @memberof isthmus.v1.TracedPacket
             * @instance
             */
            TracedPacket.prototype.before = null;

            /**
             * TracedPacket after.
             * @member {Array.<isthmus.v1.TracedBytes.$Properties>} after
             * @memberof isthmus.v1.TracedPacket
             * @instance
             */
            TracedPacket.prototype.after = $util.emptyArray;

            /**
             * Creates a new TracedPacket instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TracedPacket
             * @static
             * @param {isthmus.v1.TracedPacket.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TracedPacket} TracedPacket instance
             * @type {{
             *   (properties: isthmus.v1.TracedPacket.$Shape): isthmus.v1.TracedPacket & isthmus.v1.TracedPacket.$Shape;
             *   (properties?: isthmus.v1.TracedPacket.$Properties): isthmus.v1.TracedPacket;
             * }}
             */
            TracedPacket.create = function(properties) {
                return new TracedPacket(properties);
            };

            /**
             * Encodes the specified TracedPacket message. Does not implicitly {@link isthmus.v1.TracedPacket.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TracedPacket
             * @static
             * @param {isthmus.v1.TracedPacket.$Properties} message TracedPacket message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TracedPacket.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.time != null && $Object.hasOwnProperty.call(message, "time") && !$Object.is(message.time, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.time);
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.instance);
                if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.direction);
                if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict") && message.verdict !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.verdict);
                if (message.counter != null && $Object.hasOwnProperty.call(message, "counter") && message.counter !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.counter);
                if (message.steps != null && message.steps.length)
                    for (let i = 0; i < message.steps.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.steps[i]);
                if (message.counted != null && message.counted.length)
                    for (let i = 0; i < message.counted.length; ++i)
                        $root.isthmus.v1.Counter.encode(message.counted[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.before != null && $Object.hasOwnProperty.call(message, "before"))
                    $root.isthmus.v1.TracedBytes.encode(message.before, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.after != null && message.after.length)
                    for (let i = 0; i < message.after.length; ++i)
                        $root.isthmus.v1.TracedBytes.encode(message.after[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TracedPacket message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TracedPacket
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TracedPacket & isthmus.v1.TracedPacket.$Shape} TracedPacket
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TracedPacket.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TracedPacket();
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
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.time = value;
                            else
                                delete message.time;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.instance = value;
                            else
                                delete message.instance;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.direction = value;
                            else
                                delete message.direction;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.verdict = value;
                            else
                                delete message.verdict;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.counter = value;
                            else
                                delete message.counter;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.steps && message.steps.length))
                                message.steps = [];
                            message.steps.push(reader.stringVerify());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.counted && message.counted.length))
                                message.counted = [];
                            message.counted.push($root.isthmus.v1.Counter.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.before = $root.isthmus.v1.TracedBytes.decode(reader, reader.size(), $undefined, _depth + 1, message.before);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.after && message.after.length))
                                message.after = [];
                            message.after.push($root.isthmus.v1.TracedBytes.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return TracedPacket;
        })();

        v1.TracedBytes = (function() {

            /**
             * Properties of a TracedBytes.
             * @typedef {Object} isthmus.v1.TracedBytes.$Properties
             * @property {Uint8Array|null} [content] TracedBytes content
             * @property {number|null} [length] TracedBytes length
             * @property {isthmus.v1.PacketSummary.$Properties|null} [summary] TracedBytes summary
             * @property {string|null} [protocol] TracedBytes protocol
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TracedBytes.
             * @memberof isthmus.v1
             * @interface ITracedBytes
             * @augments isthmus.v1.TracedBytes.$Properties
             * @deprecated Use isthmus.v1.TracedBytes.$Properties instead.
             */

            /**
             * Shape of a TracedBytes.
             * @typedef {isthmus.v1.TracedBytes.$Properties} isthmus.v1.TracedBytes.$Shape
             */

            /**
             * Constructs a new TracedBytes.
             * @memberof isthmus.v1
             * @classdesc Represents a TracedBytes.
             * @constructor
             * @param {isthmus.v1.TracedBytes.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TracedBytes = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TracedBytes content.
             * @member {Uint8Array} content
             * @memberof isthmus.v1.TracedBytes
             * @instance
             */
            TracedBytes.prototype.content = $util.newBuffer([]);

            /**
             * TracedBytes length.
             * @member {number} length
             * @memberof isthmus.v1.TracedBytes
             * @instance
             */
            TracedBytes.prototype.length = 0;

            /**
             * TracedBytes summary.
             * @member {isthmus.v1.PacketSummary.$Properties|null|undefined} summary
             * @memberof isthmus.v1.TracedBytes
             * @instance
             */
            TracedBytes.prototype.summary = null;

            /**
             * TracedBytes protocol.
             * @member {string} protocol
             * @memberof isthmus.v1.TracedBytes
             * @instance
             */
            TracedBytes.prototype.protocol = "";

            /**
             * Creates a new TracedBytes instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TracedBytes
             * @static
             * @param {isthmus.v1.TracedBytes.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TracedBytes} TracedBytes instance
             * @type {{
             *   (properties: isthmus.v1.TracedBytes.$Shape): isthmus.v1.TracedBytes & isthmus.v1.TracedBytes.$Shape;
             *   (properties?: isthmus.v1.TracedBytes.$Properties): isthmus.v1.TracedBytes;
             * }}
             */
            TracedBytes.create = function(properties) {
                return new TracedBytes(properties);
            };

            /**
             * Encodes the specified TracedBytes message. Does not implicitly {@link isthmus.v1.TracedBytes.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TracedBytes
             * @static
             * @param {isthmus.v1.TracedBytes.$Properties} message TracedBytes message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TracedBytes.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.content != null && $Object.hasOwnProperty.call(message, "content") && message.content.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.content);
                if (message.length != null && $Object.hasOwnProperty.call(message, "length") && message.length !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.length);
                if (message.summary != null && $Object.hasOwnProperty.call(message, "summary"))
                    $root.isthmus.v1.PacketSummary.encode(message.summary, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.protocol);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TracedBytes message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TracedBytes
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TracedBytes & isthmus.v1.TracedBytes.$Shape} TracedBytes
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TracedBytes.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TracedBytes();
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
                                message.content = value;
                            else
                                delete message.content;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.length = value;
                            else
                                delete message.length;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.summary = $root.isthmus.v1.PacketSummary.decode(reader, reader.size(), $undefined, _depth + 1, message.summary);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.protocol = value;
                            else
                                delete message.protocol;
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

            return TracedBytes;
        })();

        v1.FollowReply = (function() {

            /**
             * Properties of a FollowReply.
             * @typedef {Object} isthmus.v1.FollowReply.$Properties
             * @property {Array.<isthmus.v1.FollowedSession.$Properties>|null} [changes] FollowReply changes
             * @property {number|null} [skipped] FollowReply skipped
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FollowReply.
             * @memberof isthmus.v1
             * @interface IFollowReply
             * @augments isthmus.v1.FollowReply.$Properties
             * @deprecated Use isthmus.v1.FollowReply.$Properties instead.
             */

            /**
             * Shape of a FollowReply.
             * @typedef {isthmus.v1.FollowReply.$Properties} isthmus.v1.FollowReply.$Shape
             */

            /**
             * Constructs a new FollowReply.
             * @memberof isthmus.v1
             * @classdesc Represents a FollowReply.
             * @constructor
             * @param {isthmus.v1.FollowReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FollowReply = function (properties) {
                this.changes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FollowReply changes.
             * @member {Array.<isthmus.v1.FollowedSession.$Properties>} changes
             * @memberof isthmus.v1.FollowReply
             * @instance
             */
            FollowReply.prototype.changes = $util.emptyArray;

            /**
             * FollowReply skipped.
             * @member {number} skipped
             * @memberof isthmus.v1.FollowReply
             * @instance
             */
            FollowReply.prototype.skipped = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new FollowReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.FollowReply
             * @static
             * @param {isthmus.v1.FollowReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.FollowReply} FollowReply instance
             * @type {{
             *   (properties: isthmus.v1.FollowReply.$Shape): isthmus.v1.FollowReply & isthmus.v1.FollowReply.$Shape;
             *   (properties?: isthmus.v1.FollowReply.$Properties): isthmus.v1.FollowReply;
             * }}
             */
            FollowReply.create = function(properties) {
                return new FollowReply(properties);
            };

            /**
             * Encodes the specified FollowReply message. Does not implicitly {@link isthmus.v1.FollowReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.FollowReply
             * @static
             * @param {isthmus.v1.FollowReply.$Properties} message FollowReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FollowReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.changes != null && message.changes.length)
                    for (let i = 0; i < message.changes.length; ++i)
                        $root.isthmus.v1.FollowedSession.encode(message.changes[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.skipped != null && $Object.hasOwnProperty.call(message, "skipped") && (typeof message.skipped === "object" ? message.skipped.low || message.skipped.high : message.skipped !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.skipped);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FollowReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.FollowReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.FollowReply & isthmus.v1.FollowReply.$Shape} FollowReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FollowReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.FollowReply();
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
                            if (!(message.changes && message.changes.length))
                                message.changes = [];
                            message.changes.push($root.isthmus.v1.FollowedSession.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.skipped = value;
                            else
                                delete message.skipped;
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

            return FollowReply;
        })();

        v1.FollowedSession = (function() {

            /**
             * Properties of a FollowedSession.
             * @typedef {Object} isthmus.v1.FollowedSession.$Properties
             * @property {number|null} [time] FollowedSession time
             * @property {string|null} [change] FollowedSession change
             * @property {isthmus.v1.Session.$Properties|null} [session] FollowedSession session
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FollowedSession.
             * @memberof isthmus.v1
             * @interface IFollowedSession
             * @augments isthmus.v1.FollowedSession.$Properties
             * @deprecated Use isthmus.v1.FollowedSession.$Properties instead.
             */

            /**
             * Shape of a FollowedSession.
             * @typedef {isthmus.v1.FollowedSession.$Properties} isthmus.v1.FollowedSession.$Shape
             */

            /**
             * Constructs a new FollowedSession.
             * @memberof isthmus.v1
             * @classdesc Represents a FollowedSession.
             * @constructor
             * @param {isthmus.v1.FollowedSession.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FollowedSession = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FollowedSession time.
             * @member {number} time
             * @memberof isthmus.v1.FollowedSession
             * @instance
             */
            FollowedSession.prototype.time = 0;

            /**
             * FollowedSession change.
             * @member {string} change
             * @memberof isthmus.v1.FollowedSession
             * @instance
             */
            FollowedSession.prototype.change = "";

            /**
             * FollowedSession session.
             * @member {isthmus.v1.Session.$Properties|null|undefined} session
             * @memberof isthmus.v1.FollowedSession
             * @instance
             */
            FollowedSession.prototype.session = null;

            /**
             * Creates a new FollowedSession instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.FollowedSession
             * @static
             * @param {isthmus.v1.FollowedSession.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.FollowedSession} FollowedSession instance
             * @type {{
             *   (properties: isthmus.v1.FollowedSession.$Shape): isthmus.v1.FollowedSession & isthmus.v1.FollowedSession.$Shape;
             *   (properties?: isthmus.v1.FollowedSession.$Properties): isthmus.v1.FollowedSession;
             * }}
             */
            FollowedSession.create = function(properties) {
                return new FollowedSession(properties);
            };

            /**
             * Encodes the specified FollowedSession message. Does not implicitly {@link isthmus.v1.FollowedSession.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.FollowedSession
             * @static
             * @param {isthmus.v1.FollowedSession.$Properties} message FollowedSession message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FollowedSession.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.time != null && $Object.hasOwnProperty.call(message, "time") && !$Object.is(message.time, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.time);
                if (message.change != null && $Object.hasOwnProperty.call(message, "change") && message.change !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.change);
                if (message.session != null && $Object.hasOwnProperty.call(message, "session"))
                    $root.isthmus.v1.Session.encode(message.session, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FollowedSession message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.FollowedSession
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.FollowedSession & isthmus.v1.FollowedSession.$Shape} FollowedSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FollowedSession.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.FollowedSession();
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
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.time = value;
                            else
                                delete message.time;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.change = value;
                            else
                                delete message.change;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.session = $root.isthmus.v1.Session.decode(reader, reader.size(), $undefined, _depth + 1, message.session);
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

            return FollowedSession;
        })();

        v1.TopRequest = (function() {

            /**
             * Properties of a TopRequest.
             * @typedef {Object} isthmus.v1.TopRequest.$Properties
             * @property {isthmus.v1.SessionsRequest.$Properties|null} [sessions] TopRequest sessions
             * @property {string|null} [by] TopRequest by
             * @property {string|null} [sort] TopRequest sort
             * @property {number|null} [prefixLength] TopRequest prefixLength
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TopRequest.
             * @memberof isthmus.v1
             * @interface ITopRequest
             * @augments isthmus.v1.TopRequest.$Properties
             * @deprecated Use isthmus.v1.TopRequest.$Properties instead.
             */

            /**
             * Shape of a TopRequest.
             * @typedef {isthmus.v1.TopRequest.$Properties} isthmus.v1.TopRequest.$Shape
             */

            /**
             * Constructs a new TopRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a TopRequest.
             * @constructor
             * @param {isthmus.v1.TopRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TopRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TopRequest sessions.
             * @member {isthmus.v1.SessionsRequest.$Properties|null|undefined} sessions
             * @memberof isthmus.v1.TopRequest
             * @instance
             */
            TopRequest.prototype.sessions = null;

            /**
             * TopRequest by.
             * @member {string} by
             * @memberof isthmus.v1.TopRequest
             * @instance
             */
            TopRequest.prototype.by = "";

            /**
             * TopRequest sort.
             * @member {string} sort
             * @memberof isthmus.v1.TopRequest
             * @instance
             */
            TopRequest.prototype.sort = "";

            /**
             * TopRequest prefixLength.
             * @member {number} prefixLength
             * @memberof isthmus.v1.TopRequest
             * @instance
             */
            TopRequest.prototype.prefixLength = 0;

            /**
             * Creates a new TopRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TopRequest
             * @static
             * @param {isthmus.v1.TopRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TopRequest} TopRequest instance
             * @type {{
             *   (properties: isthmus.v1.TopRequest.$Shape): isthmus.v1.TopRequest & isthmus.v1.TopRequest.$Shape;
             *   (properties?: isthmus.v1.TopRequest.$Properties): isthmus.v1.TopRequest;
             * }}
             */
            TopRequest.create = function(properties) {
                return new TopRequest(properties);
            };

            /**
             * Encodes the specified TopRequest message. Does not implicitly {@link isthmus.v1.TopRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TopRequest
             * @static
             * @param {isthmus.v1.TopRequest.$Properties} message TopRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessions != null && $Object.hasOwnProperty.call(message, "sessions"))
                    $root.isthmus.v1.SessionsRequest.encode(message.sessions, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.by != null && $Object.hasOwnProperty.call(message, "by") && message.by !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.by);
                if (message.sort != null && $Object.hasOwnProperty.call(message, "sort") && message.sort !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.sort);
                if (message.prefixLength != null && $Object.hasOwnProperty.call(message, "prefixLength") && message.prefixLength !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.prefixLength);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TopRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TopRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TopRequest & isthmus.v1.TopRequest.$Shape} TopRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TopRequest();
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
                            message.sessions = $root.isthmus.v1.SessionsRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.sessions);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.by = value;
                            else
                                delete message.by;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sort = value;
                            else
                                delete message.sort;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.prefixLength = value;
                            else
                                delete message.prefixLength;
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

            return TopRequest;
        })();

        v1.TopReply = (function() {

            /**
             * Properties of a TopReply.
             * @typedef {Object} isthmus.v1.TopReply.$Properties
             * @property {Array.<isthmus.v1.TopRow.$Properties>|null} [rows] TopReply rows
             * @property {number|null} [groups] TopReply groups
             * @property {boolean|null} [approximate] TopReply approximate
             * @property {number|null} [largestHidden] TopReply largestHidden
             * @property {isthmus.v1.TopRow.$Properties|null} [total] TopReply total
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TopReply.
             * @memberof isthmus.v1
             * @interface ITopReply
             * @augments isthmus.v1.TopReply.$Properties
             * @deprecated Use isthmus.v1.TopReply.$Properties instead.
             */

            /**
             * Shape of a TopReply.
             * @typedef {isthmus.v1.TopReply.$Properties} isthmus.v1.TopReply.$Shape
             */

            /**
             * Constructs a new TopReply.
             * @memberof isthmus.v1
             * @classdesc Represents a TopReply.
             * @constructor
             * @param {isthmus.v1.TopReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TopReply = function (properties) {
                this.rows = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TopReply rows.
             * @member {Array.<isthmus.v1.TopRow.$Properties>} rows
             * @memberof isthmus.v1.TopReply
             * @instance
             */
            TopReply.prototype.rows = $util.emptyArray;

            /**
             * TopReply groups.
             * @member {number} groups
             * @memberof isthmus.v1.TopReply
             * @instance
             */
            TopReply.prototype.groups = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TopReply approximate.
             * @member {boolean} approximate
             * @memberof isthmus.v1.TopReply
             * @instance
             */
            TopReply.prototype.approximate = false;

            /**
             * TopReply largestHidden.
             * @member {number} largestHidden
             * @memberof isthmus.v1.TopReply
             * @instance
             */
            TopReply.prototype.largestHidden = 0;

            /**
             * TopReply total.
             * @member {isthmus.v1.TopRow.$Properties|null|undefined} total
             * @memberof isthmus.v1.TopReply
             * @instance
             */
            TopReply.prototype.total = null;

            /**
             * Creates a new TopReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TopReply
             * @static
             * @param {isthmus.v1.TopReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TopReply} TopReply instance
             * @type {{
             *   (properties: isthmus.v1.TopReply.$Shape): isthmus.v1.TopReply & isthmus.v1.TopReply.$Shape;
             *   (properties?: isthmus.v1.TopReply.$Properties): isthmus.v1.TopReply;
             * }}
             */
            TopReply.create = function(properties) {
                return new TopReply(properties);
            };

            /**
             * Encodes the specified TopReply message. Does not implicitly {@link isthmus.v1.TopReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TopReply
             * @static
             * @param {isthmus.v1.TopReply.$Properties} message TopReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rows != null && message.rows.length)
                    for (let i = 0; i < message.rows.length; ++i)
                        $root.isthmus.v1.TopRow.encode(message.rows[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.groups != null && $Object.hasOwnProperty.call(message, "groups") && (typeof message.groups === "object" ? message.groups.low || message.groups.high : message.groups !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.groups);
                if (message.approximate != null && $Object.hasOwnProperty.call(message, "approximate") && message.approximate !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.approximate);
                if (message.largestHidden != null && $Object.hasOwnProperty.call(message, "largestHidden") && !$Object.is(message.largestHidden, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.largestHidden);
                if (message.total != null && $Object.hasOwnProperty.call(message, "total"))
                    $root.isthmus.v1.TopRow.encode(message.total, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TopReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TopReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TopReply & isthmus.v1.TopReply.$Shape} TopReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TopReply();
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
                            if (!(message.rows && message.rows.length))
                                message.rows = [];
                            message.rows.push($root.isthmus.v1.TopRow.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.groups = value;
                            else
                                delete message.groups;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.approximate = value;
                            else
                                delete message.approximate;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.largestHidden = value;
                            else
                                delete message.largestHidden;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.total = $root.isthmus.v1.TopRow.decode(reader, reader.size(), $undefined, _depth + 1, message.total);
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

            return TopReply;
        })();

        v1.TopRow = (function() {

            /**
             * Properties of a TopRow.
             * @typedef {Object} isthmus.v1.TopRow.$Properties
             * @property {string|null} [instance] TopRow instance
             * @property {string|null} [address] TopRow address
             * @property {string|null} [protocol] TopRow protocol
             * @property {number|null} [port] TopRow port
             * @property {number|null} [sessions] TopRow sessions
             * @property {number|null} [newLastMinute] TopRow newLastMinute
             * @property {number|null} [packets] TopRow packets
             * @property {number|null} [bytes] TopRow bytes
             * @property {number|null} [excess] TopRow excess
             * @property {number|null} [poolPorts] TopRow poolPorts
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TopRow.
             * @memberof isthmus.v1
             * @interface ITopRow
             * @augments isthmus.v1.TopRow.$Properties
             * @deprecated Use isthmus.v1.TopRow.$Properties instead.
             */

            /**
             * Shape of a TopRow.
             * @typedef {isthmus.v1.TopRow.$Properties} isthmus.v1.TopRow.$Shape
             */

            /**
             * Constructs a new TopRow.
             * @memberof isthmus.v1
             * @classdesc Represents a TopRow.
             * @constructor
             * @param {isthmus.v1.TopRow.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TopRow = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TopRow instance.
             * @member {string} instance
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.instance = "";

            /**
             * TopRow address.
             * @member {string} address
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.address = "";

            /**
             * TopRow protocol.
             * @member {string} protocol
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.protocol = "";

            /**
             * TopRow port.
             * @member {number} port
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.port = 0;

            /**
             * TopRow sessions.
             * @member {number} sessions
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.sessions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TopRow newLastMinute.
             * @member {number} newLastMinute
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.newLastMinute = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TopRow packets.
             * @member {number} packets
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.packets = 0;

            /**
             * TopRow bytes.
             * @member {number} bytes
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.bytes = 0;

            /**
             * TopRow excess.
             * @member {number} excess
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.excess = 0;

            /**
             * TopRow poolPorts.
             * @member {number} poolPorts
             * @memberof isthmus.v1.TopRow
             * @instance
             */
            TopRow.prototype.poolPorts = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new TopRow instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TopRow
             * @static
             * @param {isthmus.v1.TopRow.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TopRow} TopRow instance
             * @type {{
             *   (properties: isthmus.v1.TopRow.$Shape): isthmus.v1.TopRow & isthmus.v1.TopRow.$Shape;
             *   (properties?: isthmus.v1.TopRow.$Properties): isthmus.v1.TopRow;
             * }}
             */
            TopRow.create = function(properties) {
                return new TopRow(properties);
            };

            /**
             * Encodes the specified TopRow message. Does not implicitly {@link isthmus.v1.TopRow.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TopRow
             * @static
             * @param {isthmus.v1.TopRow.$Properties} message TopRow message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopRow.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.address);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.protocol);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.port);
                if (message.sessions != null && $Object.hasOwnProperty.call(message, "sessions") && (typeof message.sessions === "object" ? message.sessions.low || message.sessions.high : message.sessions !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.sessions);
                if (message.newLastMinute != null && $Object.hasOwnProperty.call(message, "newLastMinute") && (typeof message.newLastMinute === "object" ? message.newLastMinute.low || message.newLastMinute.high : message.newLastMinute !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.newLastMinute);
                if (message.packets != null && $Object.hasOwnProperty.call(message, "packets") && !$Object.is(message.packets, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.packets);
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && !$Object.is(message.bytes, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.bytes);
                if (message.excess != null && $Object.hasOwnProperty.call(message, "excess") && !$Object.is(message.excess, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.excess);
                if (message.poolPorts != null && $Object.hasOwnProperty.call(message, "poolPorts") && (typeof message.poolPorts === "object" ? message.poolPorts.low || message.poolPorts.high : message.poolPorts !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.poolPorts);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TopRow message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TopRow
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TopRow & isthmus.v1.TopRow.$Shape} TopRow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopRow.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TopRow();
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
                            if ((value = reader.stringVerify()).length)
                                message.address = value;
                            else
                                delete message.address;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.port = value;
                            else
                                delete message.port;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sessions = value;
                            else
                                delete message.sessions;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.newLastMinute = value;
                            else
                                delete message.newLastMinute;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.packets = value;
                            else
                                delete message.packets;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.excess = value;
                            else
                                delete message.excess;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.poolPorts = value;
                            else
                                delete message.poolPorts;
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

            return TopRow;
        })();

        v1.DropsRequest = (function() {

            /**
             * Properties of a DropsRequest.
             * @typedef {Object} isthmus.v1.DropsRequest.$Properties
             * @property {string|null} [instance] DropsRequest instance
             * @property {string|null} [reason] DropsRequest reason
             * @property {number|null} [limit] DropsRequest limit
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DropsRequest.
             * @memberof isthmus.v1
             * @interface IDropsRequest
             * @augments isthmus.v1.DropsRequest.$Properties
             * @deprecated Use isthmus.v1.DropsRequest.$Properties instead.
             */

            /**
             * Shape of a DropsRequest.
             * @typedef {isthmus.v1.DropsRequest.$Properties} isthmus.v1.DropsRequest.$Shape
             */

            /**
             * Constructs a new DropsRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a DropsRequest.
             * @constructor
             * @param {isthmus.v1.DropsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DropsRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DropsRequest instance.
             * @member {string} instance
             * @memberof isthmus.v1.DropsRequest
             * @instance
             */
            DropsRequest.prototype.instance = "";

            /**
             * DropsRequest reason.
             * @member {string} reason
             * @memberof isthmus.v1.DropsRequest
             * @instance
             */
            DropsRequest.prototype.reason = "";

            /**
             * DropsRequest limit.
             * @member {number} limit
             * @memberof isthmus.v1.DropsRequest
             * @instance
             */
            DropsRequest.prototype.limit = 0;

            /**
             * Creates a new DropsRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.DropsRequest
             * @static
             * @param {isthmus.v1.DropsRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.DropsRequest} DropsRequest instance
             * @type {{
             *   (properties: isthmus.v1.DropsRequest.$Shape): isthmus.v1.DropsRequest & isthmus.v1.DropsRequest.$Shape;
             *   (properties?: isthmus.v1.DropsRequest.$Properties): isthmus.v1.DropsRequest;
             * }}
             */
            DropsRequest.create = function(properties) {
                return new DropsRequest(properties);
            };

            /**
             * Encodes the specified DropsRequest message. Does not implicitly {@link isthmus.v1.DropsRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.DropsRequest
             * @static
             * @param {isthmus.v1.DropsRequest.$Properties} message DropsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DropsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
                if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.limit);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DropsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.DropsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.DropsRequest & isthmus.v1.DropsRequest.$Shape} DropsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DropsRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.DropsRequest();
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
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.limit = value;
                            else
                                delete message.limit;
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

            return DropsRequest;
        })();

        v1.DropsReply = (function() {

            /**
             * Properties of a DropsReply.
             * @typedef {Object} isthmus.v1.DropsReply.$Properties
             * @property {Array.<isthmus.v1.DropReason.$Properties>|null} [reasons] DropsReply reasons
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DropsReply.
             * @memberof isthmus.v1
             * @interface IDropsReply
             * @augments isthmus.v1.DropsReply.$Properties
             * @deprecated Use isthmus.v1.DropsReply.$Properties instead.
             */

            /**
             * Shape of a DropsReply.
             * @typedef {isthmus.v1.DropsReply.$Properties} isthmus.v1.DropsReply.$Shape
             */

            /**
             * Constructs a new DropsReply.
             * @memberof isthmus.v1
             * @classdesc Represents a DropsReply.
             * @constructor
             * @param {isthmus.v1.DropsReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DropsReply = function (properties) {
                this.reasons = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DropsReply reasons.
             * @member {Array.<isthmus.v1.DropReason.$Properties>} reasons
             * @memberof isthmus.v1.DropsReply
             * @instance
             */
            DropsReply.prototype.reasons = $util.emptyArray;

            /**
             * Creates a new DropsReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.DropsReply
             * @static
             * @param {isthmus.v1.DropsReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.DropsReply} DropsReply instance
             * @type {{
             *   (properties: isthmus.v1.DropsReply.$Shape): isthmus.v1.DropsReply & isthmus.v1.DropsReply.$Shape;
             *   (properties?: isthmus.v1.DropsReply.$Properties): isthmus.v1.DropsReply;
             * }}
             */
            DropsReply.create = function(properties) {
                return new DropsReply(properties);
            };

            /**
             * Encodes the specified DropsReply message. Does not implicitly {@link isthmus.v1.DropsReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.DropsReply
             * @static
             * @param {isthmus.v1.DropsReply.$Properties} message DropsReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DropsReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reasons != null && message.reasons.length)
                    for (let i = 0; i < message.reasons.length; ++i)
                        $root.isthmus.v1.DropReason.encode(message.reasons[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DropsReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.DropsReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.DropsReply & isthmus.v1.DropsReply.$Shape} DropsReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DropsReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.DropsReply();
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
                            if (!(message.reasons && message.reasons.length))
                                message.reasons = [];
                            message.reasons.push($root.isthmus.v1.DropReason.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return DropsReply;
        })();

        v1.DropReason = (function() {

            /**
             * Properties of a DropReason.
             * @typedef {Object} isthmus.v1.DropReason.$Properties
             * @property {string|null} [instance] DropReason instance
             * @property {string|null} [reason] DropReason reason
             * @property {string|null} [kind] DropReason kind
             * @property {string|null} [help] DropReason help
             * @property {number|null} [packets] DropReason packets
             * @property {number|null} [spanMs] DropReason spanMs
             * @property {Array.<isthmus.v1.DropEnd.$Properties>|null} [sources] DropReason sources
             * @property {Array.<isthmus.v1.DropEnd.$Properties>|null} [destinations] DropReason destinations
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DropReason.
             * @memberof isthmus.v1
             * @interface IDropReason
             * @augments isthmus.v1.DropReason.$Properties
             * @deprecated Use isthmus.v1.DropReason.$Properties instead.
             */

            /**
             * Shape of a DropReason.
             * @typedef {isthmus.v1.DropReason.$Properties} isthmus.v1.DropReason.$Shape
             */

            /**
             * Constructs a new DropReason.
             * @memberof isthmus.v1
             * @classdesc Represents a DropReason.
             * @constructor
             * @param {isthmus.v1.DropReason.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DropReason = function (properties) {
                this.sources = [];
                this.destinations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DropReason instance.
             * @member {string} instance
             * @memberof isthmus.v1.DropReason
             * @instance
             */
            DropReason.prototype.instance = "";

            /**
             * DropReason reason.
             * @member {string} reason
             * @memberof isthmus.v1.DropReason
             * @instance
             */
            DropReason.prototype.reason = "";

            /**
             * DropReason kind.
             * @member {string} kind
             * @memberof isthmus.v1.DropReason
             * @instance
             */
            DropReason.prototype.kind = "";

            /**
             * DropReason help.
             * @member {string} help
             * @memberof isthmus.v1.DropReason
             * @instance
             */
            DropReason.prototype.help = "";

            /**
             * DropReason packets.
             * @member {number} packets
             * @memberof isthmus.v1.DropReason
             * @instance
             */
            DropReason.prototype.packets = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * DropReason spanMs.
             * @member {number} spanMs
             * @memberof isthmus.v1.DropReason
             * @instance
             */
            DropReason.prototype.spanMs = 0;

            /**
             * DropReason sources.
             * @member {Array.<isthmus.v1.DropEnd.$Properties>} sources
             * @memberof isthmus.v1.DropReason
             * @instance
             */
            DropReason.prototype.sources = $util.emptyArray;

            /**
             * DropReason destinations.
             * @member {Array.<isthmus.v1.DropEnd.$Properties>} destinations
             * @memberof isthmus.v1.DropReason
             * @instance
             */
            DropReason.prototype.destinations = $util.emptyArray;

            /**
             * Creates a new DropReason instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.DropReason
             * @static
             * @param {isthmus.v1.DropReason.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.DropReason} DropReason instance
             * @type {{
             *   (properties: isthmus.v1.DropReason.$Shape): isthmus.v1.DropReason & isthmus.v1.DropReason.$Shape;
             *   (properties?: isthmus.v1.DropReason.$Properties): isthmus.v1.DropReason;
             * }}
             */
            DropReason.create = function(properties) {
                return new DropReason(properties);
            };

            /**
             * Encodes the specified DropReason message. Does not implicitly {@link isthmus.v1.DropReason.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.DropReason
             * @static
             * @param {isthmus.v1.DropReason.$Properties} message DropReason message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DropReason.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.kind);
                if (message.help != null && $Object.hasOwnProperty.call(message, "help") && message.help !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.help);
                if (message.packets != null && $Object.hasOwnProperty.call(message, "packets") && (typeof message.packets === "object" ? message.packets.low || message.packets.high : message.packets !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.packets);
                if (message.spanMs != null && $Object.hasOwnProperty.call(message, "spanMs") && !$Object.is(message.spanMs, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.spanMs);
                if (message.sources != null && message.sources.length)
                    for (let i = 0; i < message.sources.length; ++i)
                        $root.isthmus.v1.DropEnd.encode(message.sources[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.destinations != null && message.destinations.length)
                    for (let i = 0; i < message.destinations.length; ++i)
                        $root.isthmus.v1.DropEnd.encode(message.destinations[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DropReason message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.DropReason
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.DropReason & isthmus.v1.DropReason.$Shape} DropReason
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DropReason.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.DropReason();
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
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.help = value;
                            else
                                delete message.help;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packets = value;
                            else
                                delete message.packets;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.spanMs = value;
                            else
                                delete message.spanMs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sources && message.sources.length))
                                message.sources = [];
                            message.sources.push($root.isthmus.v1.DropEnd.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.destinations && message.destinations.length))
                                message.destinations = [];
                            message.destinations.push($root.isthmus.v1.DropEnd.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return DropReason;
        })();

        v1.DropEnd = (function() {

            /**
             * Properties of a DropEnd.
             * @typedef {Object} isthmus.v1.DropEnd.$Properties
             * @property {string|null} [address] DropEnd address
             * @property {number|null} [packets] DropEnd packets
             * @property {number|null} [excess] DropEnd excess
             * @property {string|null} [protocol] DropEnd protocol
             * @property {string|null} [source] DropEnd source
             * @property {number|null} [sourcePort] DropEnd sourcePort
             * @property {string|null} [destination] DropEnd destination
             * @property {number|null} [destinationPort] DropEnd destinationPort
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DropEnd.
             * @memberof isthmus.v1
             * @interface IDropEnd
             * @augments isthmus.v1.DropEnd.$Properties
             * @deprecated Use isthmus.v1.DropEnd.$Properties instead.
             */

            /**
             * Shape of a DropEnd.
             * @typedef {isthmus.v1.DropEnd.$Properties} isthmus.v1.DropEnd.$Shape
             */

            /**
             * Constructs a new DropEnd.
             * @memberof isthmus.v1
             * @classdesc Represents a DropEnd.
             * @constructor
             * @param {isthmus.v1.DropEnd.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DropEnd = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DropEnd address.
             * @member {string} address
             * @memberof isthmus.v1.DropEnd
             * @instance
             */
            DropEnd.prototype.address = "";

            /**
             * DropEnd packets.
             * @member {number} packets
             * @memberof isthmus.v1.DropEnd
             * @instance
             */
            DropEnd.prototype.packets = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * DropEnd excess.
             * @member {number} excess
             * @memberof isthmus.v1.DropEnd
             * @instance
             */
            DropEnd.prototype.excess = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * DropEnd protocol.
             * @member {string} protocol
             * @memberof isthmus.v1.DropEnd
             * @instance
             */
            DropEnd.prototype.protocol = "";

            /**
             * DropEnd source.
             * @member {string} source
             * @memberof isthmus.v1.DropEnd
             * @instance
             */
            DropEnd.prototype.source = "";

            /**
             * DropEnd sourcePort.
             * @member {number} sourcePort
             * @memberof isthmus.v1.DropEnd
             * @instance
             */
            DropEnd.prototype.sourcePort = 0;

            /**
             * DropEnd destination.
             * @member {string} destination
             * @memberof isthmus.v1.DropEnd
             * @instance
             */
            DropEnd.prototype.destination = "";

            /**
             * DropEnd destinationPort.
             * @member {number} destinationPort
             * @memberof isthmus.v1.DropEnd
             * @instance
             */
            DropEnd.prototype.destinationPort = 0;

            /**
             * Creates a new DropEnd instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.DropEnd
             * @static
             * @param {isthmus.v1.DropEnd.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.DropEnd} DropEnd instance
             * @type {{
             *   (properties: isthmus.v1.DropEnd.$Shape): isthmus.v1.DropEnd & isthmus.v1.DropEnd.$Shape;
             *   (properties?: isthmus.v1.DropEnd.$Properties): isthmus.v1.DropEnd;
             * }}
             */
            DropEnd.create = function(properties) {
                return new DropEnd(properties);
            };

            /**
             * Encodes the specified DropEnd message. Does not implicitly {@link isthmus.v1.DropEnd.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.DropEnd
             * @static
             * @param {isthmus.v1.DropEnd.$Properties} message DropEnd message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DropEnd.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.address);
                if (message.packets != null && $Object.hasOwnProperty.call(message, "packets") && (typeof message.packets === "object" ? message.packets.low || message.packets.high : message.packets !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.packets);
                if (message.excess != null && $Object.hasOwnProperty.call(message, "excess") && (typeof message.excess === "object" ? message.excess.low || message.excess.high : message.excess !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.excess);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.protocol);
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.source);
                if (message.sourcePort != null && $Object.hasOwnProperty.call(message, "sourcePort") && message.sourcePort !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.sourcePort);
                if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.destination);
                if (message.destinationPort != null && $Object.hasOwnProperty.call(message, "destinationPort") && message.destinationPort !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.destinationPort);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DropEnd message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.DropEnd
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.DropEnd & isthmus.v1.DropEnd.$Shape} DropEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DropEnd.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.DropEnd();
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
                                message.address = value;
                            else
                                delete message.address;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packets = value;
                            else
                                delete message.packets;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.excess = value;
                            else
                                delete message.excess;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sourcePort = value;
                            else
                                delete message.sourcePort;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.destination = value;
                            else
                                delete message.destination;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.destinationPort = value;
                            else
                                delete message.destinationPort;
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

            return DropEnd;
        })();

        v1.Session = (function() {

            /**
             * Properties of a Session.
             * @typedef {Object} isthmus.v1.Session.$Properties
             * @property {string|null} [instance] Session instance
             * @property {string|null} [protocol] Session protocol
             * @property {string|null} [client] Session client
             * @property {number|null} [clientPort] Session clientPort
             * @property {string|null} [pool4] Session pool4
             * @property {number|null} [pool4Port] Session pool4Port
             * @property {string|null} [remote] Session remote
             * @property {number|null} [remotePort] Session remotePort
             * @property {string|null} [state] Session state
             * @property {number|null} [expiresInMs] Session expiresInMs
             * @property {string|null} [owner] Session owner
             * @property {number|null} [idleMs] Session idleMs
             * @property {number|null} [ageMs] Session ageMs
             * @property {number|null} [packetsOut] Session packetsOut
             * @property {number|null} [bytesOut] Session bytesOut
             * @property {number|null} [packetsIn] Session packetsIn
             * @property {number|null} [bytesIn] Session bytesIn
             * @property {boolean|null} [fastPath] Session fastPath
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Session.
             * @memberof isthmus.v1
             * @interface ISession
             * @augments isthmus.v1.Session.$Properties
             * @deprecated Use isthmus.v1.Session.$Properties instead.
             */

            /**
             * Shape of a Session.
             * @typedef {isthmus.v1.Session.$Properties} isthmus.v1.Session.$Shape
             */

            /**
             * Constructs a new Session.
             * @memberof isthmus.v1
             * @classdesc Represents a Session.
             * @constructor
             * @param {isthmus.v1.Session.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Session = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Session instance.
             * @member {string} instance
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.instance = "";

            /**
             * Session protocol.
             * @member {string} protocol
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.protocol = "";

            /**
             * Session client.
             * @member {string} client
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.client = "";

            /**
             * Session clientPort.
             * @member {number} clientPort
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.clientPort = 0;

            /**
             * Session pool4.
             * @member {string} pool4
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.pool4 = "";

            /**
             * Session pool4Port.
             * @member {number} pool4Port
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.pool4Port = 0;

            /**
             * Session remote.
             * @member {string} remote
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.remote = "";

            /**
             * Session remotePort.
             * @member {number} remotePort
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.remotePort = 0;

            /**
             * Session state.
             * @member {string} state
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.state = "";

            /**
             * Session expiresInMs.
             * @member {number} expiresInMs
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.expiresInMs = 0;

            /**
             * Session owner.
             * @member {string} owner
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.owner = "";

            /**
             * Session idleMs.
             * @member {number} idleMs
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.idleMs = 0;

            /**
             * Session ageMs.
             * @member {number} ageMs
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.ageMs = 0;

            /**
             * Session packetsOut.
             * @member {number} packetsOut
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.packetsOut = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Session bytesOut.
             * @member {number} bytesOut
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.bytesOut = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Session packetsIn.
             * @member {number} packetsIn
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.packetsIn = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Session bytesIn.
             * @member {number} bytesIn
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.bytesIn = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Session fastPath.
             * @member {boolean} fastPath
             * @memberof isthmus.v1.Session
             * @instance
             */
            Session.prototype.fastPath = false;

            /**
             * Creates a new Session instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.Session
             * @static
             * @param {isthmus.v1.Session.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.Session} Session instance
             * @type {{
             *   (properties: isthmus.v1.Session.$Shape): isthmus.v1.Session & isthmus.v1.Session.$Shape;
             *   (properties?: isthmus.v1.Session.$Properties): isthmus.v1.Session;
             * }}
             */
            Session.create = function(properties) {
                return new Session(properties);
            };

            /**
             * Encodes the specified Session message. Does not implicitly {@link isthmus.v1.Session.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.Session
             * @static
             * @param {isthmus.v1.Session.$Properties} message Session message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Session.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.protocol);
                if (message.client != null && $Object.hasOwnProperty.call(message, "client") && message.client !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.client);
                if (message.clientPort != null && $Object.hasOwnProperty.call(message, "clientPort") && message.clientPort !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.clientPort);
                if (message.pool4 != null && $Object.hasOwnProperty.call(message, "pool4") && message.pool4 !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.pool4);
                if (message.pool4Port != null && $Object.hasOwnProperty.call(message, "pool4Port") && message.pool4Port !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.pool4Port);
                if (message.remote != null && $Object.hasOwnProperty.call(message, "remote") && message.remote !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.remote);
                if (message.remotePort != null && $Object.hasOwnProperty.call(message, "remotePort") && message.remotePort !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.remotePort);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.state);
                if (message.expiresInMs != null && $Object.hasOwnProperty.call(message, "expiresInMs") && !$Object.is(message.expiresInMs, 0))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.expiresInMs);
                if (message.owner != null && $Object.hasOwnProperty.call(message, "owner") && message.owner !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.owner);
                if (message.idleMs != null && $Object.hasOwnProperty.call(message, "idleMs") && !$Object.is(message.idleMs, 0))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.idleMs);
                if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs") && !$Object.is(message.ageMs, 0))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.ageMs);
                if (message.packetsOut != null && $Object.hasOwnProperty.call(message, "packetsOut") && (typeof message.packetsOut === "object" ? message.packetsOut.low || message.packetsOut.high : message.packetsOut !== 0))
                    writer.uint32(/* id 14, wireType 0 =*/112).uint64(message.packetsOut);
                if (message.bytesOut != null && $Object.hasOwnProperty.call(message, "bytesOut") && (typeof message.bytesOut === "object" ? message.bytesOut.low || message.bytesOut.high : message.bytesOut !== 0))
                    writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.bytesOut);
                if (message.packetsIn != null && $Object.hasOwnProperty.call(message, "packetsIn") && (typeof message.packetsIn === "object" ? message.packetsIn.low || message.packetsIn.high : message.packetsIn !== 0))
                    writer.uint32(/* id 16, wireType 0 =*/128).uint64(message.packetsIn);
                if (message.bytesIn != null && $Object.hasOwnProperty.call(message, "bytesIn") && (typeof message.bytesIn === "object" ? message.bytesIn.low || message.bytesIn.high : message.bytesIn !== 0))
                    writer.uint32(/* id 17, wireType 0 =*/136).uint64(message.bytesIn);
                if (message.fastPath != null && $Object.hasOwnProperty.call(message, "fastPath") && message.fastPath !== false)
                    writer.uint32(/* id 18, wireType 0 =*/144).bool(message.fastPath);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Session message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.Session
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.Session & isthmus.v1.Session.$Shape} Session
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Session.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.Session();
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
                            if ((value = reader.stringVerify()).length)
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.client = value;
                            else
                                delete message.client;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.clientPort = value;
                            else
                                delete message.clientPort;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.pool4 = value;
                            else
                                delete message.pool4;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pool4Port = value;
                            else
                                delete message.pool4Port;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.remote = value;
                            else
                                delete message.remote;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.remotePort = value;
                            else
                                delete message.remotePort;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.expiresInMs = value;
                            else
                                delete message.expiresInMs;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.owner = value;
                            else
                                delete message.owner;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.idleMs = value;
                            else
                                delete message.idleMs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.ageMs = value;
                            else
                                delete message.ageMs;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packetsOut = value;
                            else
                                delete message.packetsOut;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytesOut = value;
                            else
                                delete message.bytesOut;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packetsIn = value;
                            else
                                delete message.packetsIn;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytesIn = value;
                            else
                                delete message.bytesIn;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.fastPath = value;
                            else
                                delete message.fastPath;
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

            return Session;
        })();

        v1.BibPage = (function() {

            /**
             * Properties of a BibPage.
             * @typedef {Object} isthmus.v1.BibPage.$Properties
             * @property {Array.<isthmus.v1.BibEntry.$Properties>|null} [entries] BibPage entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BibPage.
             * @memberof isthmus.v1
             * @interface IBibPage
             * @augments isthmus.v1.BibPage.$Properties
             * @deprecated Use isthmus.v1.BibPage.$Properties instead.
             */

            /**
             * Shape of a BibPage.
             * @typedef {isthmus.v1.BibPage.$Properties} isthmus.v1.BibPage.$Shape
             */

            /**
             * Constructs a new BibPage.
             * @memberof isthmus.v1
             * @classdesc Represents a BibPage.
             * @constructor
             * @param {isthmus.v1.BibPage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BibPage = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BibPage entries.
             * @member {Array.<isthmus.v1.BibEntry.$Properties>} entries
             * @memberof isthmus.v1.BibPage
             * @instance
             */
            BibPage.prototype.entries = $util.emptyArray;

            /**
             * Creates a new BibPage instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.BibPage
             * @static
             * @param {isthmus.v1.BibPage.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.BibPage} BibPage instance
             * @type {{
             *   (properties: isthmus.v1.BibPage.$Shape): isthmus.v1.BibPage & isthmus.v1.BibPage.$Shape;
             *   (properties?: isthmus.v1.BibPage.$Properties): isthmus.v1.BibPage;
             * }}
             */
            BibPage.create = function(properties) {
                return new BibPage(properties);
            };

            /**
             * Encodes the specified BibPage message. Does not implicitly {@link isthmus.v1.BibPage.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.BibPage
             * @static
             * @param {isthmus.v1.BibPage.$Properties} message BibPage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BibPage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.isthmus.v1.BibEntry.encode(message.entries[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BibPage message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.BibPage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.BibPage & isthmus.v1.BibPage.$Shape} BibPage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BibPage.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.BibPage();
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
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.isthmus.v1.BibEntry.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return BibPage;
        })();

        v1.BibEntry = (function() {

            /**
             * Properties of a BibEntry.
             * @typedef {Object} isthmus.v1.BibEntry.$Properties
             * @property {string|null} [instance] BibEntry instance
             * @property {string|null} [protocol] BibEntry protocol
             * @property {string|null} [client] BibEntry client
             * @property {number|null} [clientPort] BibEntry clientPort
             * @property {string|null} [pool4] BibEntry pool4
             * @property {number|null} [pool4Port] BibEntry pool4Port
             * @property {number|null} [sessions] BibEntry sessions
             * @property {boolean|null} ["static"] BibEntry static
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BibEntry.
             * @memberof isthmus.v1
             * @interface IBibEntry
             * @augments isthmus.v1.BibEntry.$Properties
             * @deprecated Use isthmus.v1.BibEntry.$Properties instead.
             */

            /**
             * Shape of a BibEntry.
             * @typedef {isthmus.v1.BibEntry.$Properties} isthmus.v1.BibEntry.$Shape
             */

            /**
             * Constructs a new BibEntry.
             * @memberof isthmus.v1
             * @classdesc Represents a BibEntry.
             * @constructor
             * @param {isthmus.v1.BibEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BibEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BibEntry instance.
             * @member {string} instance
             * @memberof isthmus.v1.BibEntry
             * @instance
             */
            BibEntry.prototype.instance = "";

            /**
             * BibEntry protocol.
             * @member {string} protocol
             * @memberof isthmus.v1.BibEntry
             * @instance
             */
            BibEntry.prototype.protocol = "";

            /**
             * BibEntry client.
             * @member {string} client
             * @memberof isthmus.v1.BibEntry
             * @instance
             */
            BibEntry.prototype.client = "";

            /**
             * BibEntry clientPort.
             * @member {number} clientPort
             * @memberof isthmus.v1.BibEntry
             * @instance
             */
            BibEntry.prototype.clientPort = 0;

            /**
             * BibEntry pool4.
             * @member {string} pool4
             * @memberof isthmus.v1.BibEntry
             * @instance
             */
            BibEntry.prototype.pool4 = "";

            /**
             * BibEntry pool4Port.
             * @member {number} pool4Port
             * @memberof isthmus.v1.BibEntry
             * @instance
             */
            BibEntry.prototype.pool4Port = 0;

            /**
             * BibEntry sessions.
             * @member {number} sessions
             * @memberof isthmus.v1.BibEntry
             * @instance
             */
            BibEntry.prototype.sessions = 0;

            /**
             * BibEntry static.
             * @member {boolean} static
             * @memberof isthmus.v1.BibEntry
             * @instance
             */
            BibEntry.prototype["static"] = false;

            /**
             * Creates a new BibEntry instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.BibEntry
             * @static
             * @param {isthmus.v1.BibEntry.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.BibEntry} BibEntry instance
             * @type {{
             *   (properties: isthmus.v1.BibEntry.$Shape): isthmus.v1.BibEntry & isthmus.v1.BibEntry.$Shape;
             *   (properties?: isthmus.v1.BibEntry.$Properties): isthmus.v1.BibEntry;
             * }}
             */
            BibEntry.create = function(properties) {
                return new BibEntry(properties);
            };

            /**
             * Encodes the specified BibEntry message. Does not implicitly {@link isthmus.v1.BibEntry.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.BibEntry
             * @static
             * @param {isthmus.v1.BibEntry.$Properties} message BibEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BibEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.protocol);
                if (message.client != null && $Object.hasOwnProperty.call(message, "client") && message.client !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.client);
                if (message.clientPort != null && $Object.hasOwnProperty.call(message, "clientPort") && message.clientPort !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.clientPort);
                if (message.pool4 != null && $Object.hasOwnProperty.call(message, "pool4") && message.pool4 !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.pool4);
                if (message.pool4Port != null && $Object.hasOwnProperty.call(message, "pool4Port") && message.pool4Port !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.pool4Port);
                if (message.sessions != null && $Object.hasOwnProperty.call(message, "sessions") && message.sessions !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.sessions);
                if (message["static"] != null && $Object.hasOwnProperty.call(message, "static") && message["static"] !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message["static"]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BibEntry message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.BibEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.BibEntry & isthmus.v1.BibEntry.$Shape} BibEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BibEntry.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.BibEntry();
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
                            if ((value = reader.stringVerify()).length)
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.client = value;
                            else
                                delete message.client;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.clientPort = value;
                            else
                                delete message.clientPort;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.pool4 = value;
                            else
                                delete message.pool4;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pool4Port = value;
                            else
                                delete message.pool4Port;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sessions = value;
                            else
                                delete message.sessions;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message["static"] = value;
                            else
                                delete message["static"];
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

            return BibEntry;
        })();

        v1.PoolRequest = (function() {

            /**
             * Properties of a PoolRequest.
             * @typedef {Object} isthmus.v1.PoolRequest.$Properties
             * @property {string|null} [instance] PoolRequest instance
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PoolRequest.
             * @memberof isthmus.v1
             * @interface IPoolRequest
             * @augments isthmus.v1.PoolRequest.$Properties
             * @deprecated Use isthmus.v1.PoolRequest.$Properties instead.
             */

            /**
             * Shape of a PoolRequest.
             * @typedef {isthmus.v1.PoolRequest.$Properties} isthmus.v1.PoolRequest.$Shape
             */

            /**
             * Constructs a new PoolRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a PoolRequest.
             * @constructor
             * @param {isthmus.v1.PoolRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PoolRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PoolRequest instance.
             * @member {string} instance
             * @memberof isthmus.v1.PoolRequest
             * @instance
             */
            PoolRequest.prototype.instance = "";

            /**
             * Creates a new PoolRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.PoolRequest
             * @static
             * @param {isthmus.v1.PoolRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.PoolRequest} PoolRequest instance
             * @type {{
             *   (properties: isthmus.v1.PoolRequest.$Shape): isthmus.v1.PoolRequest & isthmus.v1.PoolRequest.$Shape;
             *   (properties?: isthmus.v1.PoolRequest.$Properties): isthmus.v1.PoolRequest;
             * }}
             */
            PoolRequest.create = function(properties) {
                return new PoolRequest(properties);
            };

            /**
             * Encodes the specified PoolRequest message. Does not implicitly {@link isthmus.v1.PoolRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.PoolRequest
             * @static
             * @param {isthmus.v1.PoolRequest.$Properties} message PoolRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PoolRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PoolRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.PoolRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.PoolRequest & isthmus.v1.PoolRequest.$Shape} PoolRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PoolRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.PoolRequest();
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

            return PoolRequest;
        })();

        v1.PoolReply = (function() {

            /**
             * Properties of a PoolReply.
             * @typedef {Object} isthmus.v1.PoolReply.$Properties
             * @property {Array.<isthmus.v1.PoolUse.$Properties>|null} [entries] PoolReply entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PoolReply.
             * @memberof isthmus.v1
             * @interface IPoolReply
             * @augments isthmus.v1.PoolReply.$Properties
             * @deprecated Use isthmus.v1.PoolReply.$Properties instead.
             */

            /**
             * Shape of a PoolReply.
             * @typedef {isthmus.v1.PoolReply.$Properties} isthmus.v1.PoolReply.$Shape
             */

            /**
             * Constructs a new PoolReply.
             * @memberof isthmus.v1
             * @classdesc Represents a PoolReply.
             * @constructor
             * @param {isthmus.v1.PoolReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PoolReply = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PoolReply entries.
             * @member {Array.<isthmus.v1.PoolUse.$Properties>} entries
             * @memberof isthmus.v1.PoolReply
             * @instance
             */
            PoolReply.prototype.entries = $util.emptyArray;

            /**
             * Creates a new PoolReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.PoolReply
             * @static
             * @param {isthmus.v1.PoolReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.PoolReply} PoolReply instance
             * @type {{
             *   (properties: isthmus.v1.PoolReply.$Shape): isthmus.v1.PoolReply & isthmus.v1.PoolReply.$Shape;
             *   (properties?: isthmus.v1.PoolReply.$Properties): isthmus.v1.PoolReply;
             * }}
             */
            PoolReply.create = function(properties) {
                return new PoolReply(properties);
            };

            /**
             * Encodes the specified PoolReply message. Does not implicitly {@link isthmus.v1.PoolReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.PoolReply
             * @static
             * @param {isthmus.v1.PoolReply.$Properties} message PoolReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PoolReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.isthmus.v1.PoolUse.encode(message.entries[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PoolReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.PoolReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.PoolReply & isthmus.v1.PoolReply.$Shape} PoolReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PoolReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.PoolReply();
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
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.isthmus.v1.PoolUse.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return PoolReply;
        })();

        v1.PoolUse = (function() {

            /**
             * Properties of a PoolUse.
             * @typedef {Object} isthmus.v1.PoolUse.$Properties
             * @property {string|null} [instance] PoolUse instance
             * @property {string|null} [prefix] PoolUse prefix
             * @property {string|null} [ports] PoolUse ports
             * @property {string|null} [protocols] PoolUse protocols
             * @property {number|null} [capacity] PoolUse capacity
             * @property {number|null} [used] PoolUse used
             * @property {Array.<string>|null} [slices] PoolUse slices
             * @property {number|null} [assignedClients] PoolUse assignedClients
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PoolUse.
             * @memberof isthmus.v1
             * @interface IPoolUse
             * @augments isthmus.v1.PoolUse.$Properties
             * @deprecated Use isthmus.v1.PoolUse.$Properties instead.
             */

            /**
             * Shape of a PoolUse.
             * @typedef {isthmus.v1.PoolUse.$Properties} isthmus.v1.PoolUse.$Shape
             */

            /**
             * Constructs a new PoolUse.
             * @memberof isthmus.v1
             * @classdesc Represents a PoolUse.
             * @constructor
             * @param {isthmus.v1.PoolUse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PoolUse = function (properties) {
                this.slices = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PoolUse instance.
             * @member {string} instance
             * @memberof isthmus.v1.PoolUse
             * @instance
             */
            PoolUse.prototype.instance = "";

            /**
             * PoolUse prefix.
             * @member {string} prefix
             * @memberof isthmus.v1.PoolUse
             * @instance
             */
            PoolUse.prototype.prefix = "";

            /**
             * PoolUse ports.
             * @member {string} ports
             * @memberof isthmus.v1.PoolUse
             * @instance
             */
            PoolUse.prototype.ports = "";

            /**
             * PoolUse protocols.
             * @member {string} protocols
             * @memberof isthmus.v1.PoolUse
             * @instance
             */
            PoolUse.prototype.protocols = "";

            /**
             * PoolUse capacity.
             * @member {number} capacity
             * @memberof isthmus.v1.PoolUse
             * @instance
             */
            PoolUse.prototype.capacity = 0;

            /**
             * PoolUse used.
             * @member {number} used
             * @memberof isthmus.v1.PoolUse
             * @instance
             */
            PoolUse.prototype.used = 0;

            /**
             * PoolUse slices.
             * @member {Array.<string>} slices
             * @memberof isthmus.v1.PoolUse
             * @instance
             */
            PoolUse.prototype.slices = $util.emptyArray;

            /**
             * PoolUse assignedClients.
             * @member {number} assignedClients
             * @memberof isthmus.v1.PoolUse
             * @instance
             */
            PoolUse.prototype.assignedClients = 0;

            /**
             * Creates a new PoolUse instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.PoolUse
             * @static
             * @param {isthmus.v1.PoolUse.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.PoolUse} PoolUse instance
             * @type {{
             *   (properties: isthmus.v1.PoolUse.$Shape): isthmus.v1.PoolUse & isthmus.v1.PoolUse.$Shape;
             *   (properties?: isthmus.v1.PoolUse.$Properties): isthmus.v1.PoolUse;
             * }}
             */
            PoolUse.create = function(properties) {
                return new PoolUse(properties);
            };

            /**
             * Encodes the specified PoolUse message. Does not implicitly {@link isthmus.v1.PoolUse.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.PoolUse
             * @static
             * @param {isthmus.v1.PoolUse.$Properties} message PoolUse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PoolUse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.prefix != null && $Object.hasOwnProperty.call(message, "prefix") && message.prefix !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.prefix);
                if (message.ports != null && $Object.hasOwnProperty.call(message, "ports") && message.ports !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.ports);
                if (message.protocols != null && $Object.hasOwnProperty.call(message, "protocols") && message.protocols !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.protocols);
                if (message.capacity != null && $Object.hasOwnProperty.call(message, "capacity") && !$Object.is(message.capacity, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.capacity);
                if (message.used != null && $Object.hasOwnProperty.call(message, "used") && !$Object.is(message.used, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.used);
                if (message.slices != null && message.slices.length)
                    for (let i = 0; i < message.slices.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.slices[i]);
                if (message.assignedClients != null && $Object.hasOwnProperty.call(message, "assignedClients") && message.assignedClients !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.assignedClients);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PoolUse message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.PoolUse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.PoolUse & isthmus.v1.PoolUse.$Shape} PoolUse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PoolUse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.PoolUse();
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
                            if ((value = reader.stringVerify()).length)
                                message.prefix = value;
                            else
                                delete message.prefix;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.ports = value;
                            else
                                delete message.ports;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.protocols = value;
                            else
                                delete message.protocols;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.capacity = value;
                            else
                                delete message.capacity;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.used = value;
                            else
                                delete message.used;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.slices && message.slices.length))
                                message.slices = [];
                            message.slices.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.assignedClients = value;
                            else
                                delete message.assignedClients;
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

            return PoolUse;
        })();

        v1.ExplainRequest = (function() {

            /**
             * Properties of an ExplainRequest.
             * @typedef {Object} isthmus.v1.ExplainRequest.$Properties
             * @property {string|null} [instance] ExplainRequest instance
             * @property {string|null} [protocol] ExplainRequest protocol
             * @property {string|null} [source] ExplainRequest source
             * @property {number|null} [sourcePort] ExplainRequest sourcePort
             * @property {string|null} [destination] ExplainRequest destination
             * @property {number|null} [destinationPort] ExplainRequest destinationPort
             * @property {number|null} [payload] ExplainRequest payload
             * @property {number|null} [hopLimit] ExplainRequest hopLimit
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ExplainRequest.
             * @memberof isthmus.v1
             * @interface IExplainRequest
             * @augments isthmus.v1.ExplainRequest.$Properties
             * @deprecated Use isthmus.v1.ExplainRequest.$Properties instead.
             */

            /**
             * Shape of an ExplainRequest.
             * @typedef {isthmus.v1.ExplainRequest.$Properties} isthmus.v1.ExplainRequest.$Shape
             */

            /**
             * Constructs a new ExplainRequest.
             * @memberof isthmus.v1
             * @classdesc Represents an ExplainRequest.
             * @constructor
             * @param {isthmus.v1.ExplainRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ExplainRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ExplainRequest instance.
             * @member {string} instance
             * @memberof isthmus.v1.ExplainRequest
             * @instance
             */
            ExplainRequest.prototype.instance = "";

            /**
             * ExplainRequest protocol.
             * @member {string} protocol
             * @memberof isthmus.v1.ExplainRequest
             * @instance
             */
            ExplainRequest.prototype.protocol = "";

            /**
             * ExplainRequest source.
             * @member {string} source
             * @memberof isthmus.v1.ExplainRequest
             * @instance
             */
            ExplainRequest.prototype.source = "";

            /**
             * ExplainRequest sourcePort.
             * @member {number} sourcePort
             * @memberof isthmus.v1.ExplainRequest
             * @instance
             */
            ExplainRequest.prototype.sourcePort = 0;

            /**
             * ExplainRequest destination.
             * @member {string} destination
             * @memberof isthmus.v1.ExplainRequest
             * @instance
             */
            ExplainRequest.prototype.destination = "";

            /**
             * ExplainRequest destinationPort.
             * @member {number} destinationPort
             * @memberof isthmus.v1.ExplainRequest
             * @instance
             */
            ExplainRequest.prototype.destinationPort = 0;

            /**
             * ExplainRequest payload.
             * @member {number} payload
             * @memberof isthmus.v1.ExplainRequest
             * @instance
             */
            ExplainRequest.prototype.payload = 0;

            /**
             * ExplainRequest hopLimit.
             * @member {number} hopLimit
             * @memberof isthmus.v1.ExplainRequest
             * @instance
             */
            ExplainRequest.prototype.hopLimit = 0;

            /**
             * Creates a new ExplainRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ExplainRequest
             * @static
             * @param {isthmus.v1.ExplainRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ExplainRequest} ExplainRequest instance
             * @type {{
             *   (properties: isthmus.v1.ExplainRequest.$Shape): isthmus.v1.ExplainRequest & isthmus.v1.ExplainRequest.$Shape;
             *   (properties?: isthmus.v1.ExplainRequest.$Properties): isthmus.v1.ExplainRequest;
             * }}
             */
            ExplainRequest.create = function(properties) {
                return new ExplainRequest(properties);
            };

            /**
             * Encodes the specified ExplainRequest message. Does not implicitly {@link isthmus.v1.ExplainRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ExplainRequest
             * @static
             * @param {isthmus.v1.ExplainRequest.$Properties} message ExplainRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ExplainRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.protocol);
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.source);
                if (message.sourcePort != null && $Object.hasOwnProperty.call(message, "sourcePort") && message.sourcePort !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.sourcePort);
                if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.destination);
                if (message.destinationPort != null && $Object.hasOwnProperty.call(message, "destinationPort") && message.destinationPort !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.destinationPort);
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.payload);
                if (message.hopLimit != null && $Object.hasOwnProperty.call(message, "hopLimit") && message.hopLimit !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.hopLimit);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ExplainRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ExplainRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ExplainRequest & isthmus.v1.ExplainRequest.$Shape} ExplainRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ExplainRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ExplainRequest();
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
                            if ((value = reader.stringVerify()).length)
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sourcePort = value;
                            else
                                delete message.sourcePort;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.destination = value;
                            else
                                delete message.destination;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.destinationPort = value;
                            else
                                delete message.destinationPort;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.payload = value;
                            else
                                delete message.payload;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.hopLimit = value;
                            else
                                delete message.hopLimit;
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

            return ExplainRequest;
        })();

        v1.ExplainReply = (function() {

            /**
             * Properties of an ExplainReply.
             * @typedef {Object} isthmus.v1.ExplainReply.$Properties
             * @property {Array.<string>|null} [steps] ExplainReply steps
             * @property {string|null} [verdict] ExplainReply verdict
             * @property {string|null} [instance] ExplainReply instance
             * @property {string|null} [source] ExplainReply source
             * @property {number|null} [sourcePort] ExplainReply sourcePort
             * @property {string|null} [destination] ExplainReply destination
             * @property {number|null} [destinationPort] ExplainReply destinationPort
             * @property {string|null} [counter] ExplainReply counter
             * @property {Array.<isthmus.v1.PacketSummary.$Properties>|null} [packets] ExplainReply packets
             * @property {string|null} ["interface"] ExplainReply interface
             * @property {Array.<string>|null} [concerns] ExplainReply concerns
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ExplainReply.
             * @memberof isthmus.v1
             * @interface IExplainReply
             * @augments isthmus.v1.ExplainReply.$Properties
             * @deprecated Use isthmus.v1.ExplainReply.$Properties instead.
             */

            /**
             * Shape of an ExplainReply.
             * @typedef {isthmus.v1.ExplainReply.$Properties} isthmus.v1.ExplainReply.$Shape
             */

            /**
             * Constructs a new ExplainReply.
             * @memberof isthmus.v1
             * @classdesc Represents an ExplainReply.
             * @constructor
             * @param {isthmus.v1.ExplainReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ExplainReply = function (properties) {
                this.steps = [];
                this.packets = [];
                this.concerns = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ExplainReply steps.
             * @member {Array.<string>} steps
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.steps = $util.emptyArray;

            /**
             * ExplainReply verdict.
             * @member {string} verdict
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.verdict = "";

            /**
             * ExplainReply instance.
             * @member {string} instance
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.instance = "";

            /**
             * ExplainReply source.
             * @member {string} source
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.source = "";

            /**
             * ExplainReply sourcePort.
             * @member {number} sourcePort
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.sourcePort = 0;

            /**
             * ExplainReply destination.
             * @member {string} destination
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.destination = "";

            /**
             * ExplainReply destinationPort.
             * @member {number} destinationPort
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.destinationPort = 0;

            /**
             * ExplainReply counter.
             * @member {string} counter
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.counter = "";

            /**
             * ExplainReply packets.
             * @member {Array.<isthmus.v1.PacketSummary.$Properties>} packets
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.packets = $util.emptyArray;

            /**
             * ExplainReply interface.
             * @member {string} interface
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype["interface"] = "";

            /**
             * ExplainReply concerns.
             * @member {Array.<string>} concerns
             * @memberof isthmus.v1.ExplainReply
             * @instance
             */
            ExplainReply.prototype.concerns = $util.emptyArray;

            /**
             * Creates a new ExplainReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ExplainReply
             * @static
             * @param {isthmus.v1.ExplainReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ExplainReply} ExplainReply instance
             * @type {{
             *   (properties: isthmus.v1.ExplainReply.$Shape): isthmus.v1.ExplainReply & isthmus.v1.ExplainReply.$Shape;
             *   (properties?: isthmus.v1.ExplainReply.$Properties): isthmus.v1.ExplainReply;
             * }}
             */
            ExplainReply.create = function(properties) {
                return new ExplainReply(properties);
            };

            /**
             * Encodes the specified ExplainReply message. Does not implicitly {@link isthmus.v1.ExplainReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ExplainReply
             * @static
             * @param {isthmus.v1.ExplainReply.$Properties} message ExplainReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ExplainReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.steps != null && message.steps.length)
                    for (let i = 0; i < message.steps.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.steps[i]);
                if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict") && message.verdict !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.verdict);
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.instance);
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.source);
                if (message.sourcePort != null && $Object.hasOwnProperty.call(message, "sourcePort") && message.sourcePort !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.sourcePort);
                if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.destination);
                if (message.destinationPort != null && $Object.hasOwnProperty.call(message, "destinationPort") && message.destinationPort !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.destinationPort);
                if (message.counter != null && $Object.hasOwnProperty.call(message, "counter") && message.counter !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.counter);
                if (message.packets != null && message.packets.length)
                    for (let i = 0; i < message.packets.length; ++i)
                        $root.isthmus.v1.PacketSummary.encode(message.packets[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message["interface"] != null && $Object.hasOwnProperty.call(message, "interface") && message["interface"] !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message["interface"]);
                if (message.concerns != null && message.concerns.length)
                    for (let i = 0; i < message.concerns.length; ++i)
                        writer.uint32(/* id 11, wireType 2 =*/90).string(message.concerns[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ExplainReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ExplainReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ExplainReply & isthmus.v1.ExplainReply.$Shape} ExplainReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ExplainReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ExplainReply();
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
                            if (!(message.steps && message.steps.length))
                                message.steps = [];
                            message.steps.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.verdict = value;
                            else
                                delete message.verdict;
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sourcePort = value;
                            else
                                delete message.sourcePort;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.destination = value;
                            else
                                delete message.destination;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.destinationPort = value;
                            else
                                delete message.destinationPort;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.counter = value;
                            else
                                delete message.counter;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.packets && message.packets.length))
                                message.packets = [];
                            message.packets.push($root.isthmus.v1.PacketSummary.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message["interface"] = value;
                            else
                                delete message["interface"];
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.concerns && message.concerns.length))
                                message.concerns = [];
                            message.concerns.push(reader.stringVerify());
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

            return ExplainReply;
        })();

        v1.PacketSummary = (function() {

            /**
             * Properties of a PacketSummary.
             * @typedef {Object} isthmus.v1.PacketSummary.$Properties
             * @property {string|null} [source] PacketSummary source
             * @property {number|null} [sourcePort] PacketSummary sourcePort
             * @property {string|null} [destination] PacketSummary destination
             * @property {number|null} [destinationPort] PacketSummary destinationPort
             * @property {number|null} [hopLimit] PacketSummary hopLimit
             * @property {number|null} [length] PacketSummary length
             * @property {boolean|null} [fragment] PacketSummary fragment
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PacketSummary.
             * @memberof isthmus.v1
             * @interface IPacketSummary
             * @augments isthmus.v1.PacketSummary.$Properties
             * @deprecated Use isthmus.v1.PacketSummary.$Properties instead.
             */

            /**
             * Shape of a PacketSummary.
             * @typedef {isthmus.v1.PacketSummary.$Properties} isthmus.v1.PacketSummary.$Shape
             */

            /**
             * Constructs a new PacketSummary.
             * @memberof isthmus.v1
             * @classdesc Represents a PacketSummary.
             * @constructor
             * @param {isthmus.v1.PacketSummary.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PacketSummary = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PacketSummary source.
             * @member {string} source
             * @memberof isthmus.v1.PacketSummary
             * @instance
             */
            PacketSummary.prototype.source = "";

            /**
             * PacketSummary sourcePort.
             * @member {number} sourcePort
             * @memberof isthmus.v1.PacketSummary
             * @instance
             */
            PacketSummary.prototype.sourcePort = 0;

            /**
             * PacketSummary destination.
             * @member {string} destination
             * @memberof isthmus.v1.PacketSummary
             * @instance
             */
            PacketSummary.prototype.destination = "";

            /**
             * PacketSummary destinationPort.
             * @member {number} destinationPort
             * @memberof isthmus.v1.PacketSummary
             * @instance
             */
            PacketSummary.prototype.destinationPort = 0;

            /**
             * PacketSummary hopLimit.
             * @member {number} hopLimit
             * @memberof isthmus.v1.PacketSummary
             * @instance
             */
            PacketSummary.prototype.hopLimit = 0;

            /**
             * PacketSummary length.
             * @member {number} length
             * @memberof isthmus.v1.PacketSummary
             * @instance
             */
            PacketSummary.prototype.length = 0;

            /**
             * PacketSummary fragment.
             * @member {boolean} fragment
             * @memberof isthmus.v1.PacketSummary
             * @instance
             */
            PacketSummary.prototype.fragment = false;

            /**
             * Creates a new PacketSummary instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.PacketSummary
             * @static
             * @param {isthmus.v1.PacketSummary.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.PacketSummary} PacketSummary instance
             * @type {{
             *   (properties: isthmus.v1.PacketSummary.$Shape): isthmus.v1.PacketSummary & isthmus.v1.PacketSummary.$Shape;
             *   (properties?: isthmus.v1.PacketSummary.$Properties): isthmus.v1.PacketSummary;
             * }}
             */
            PacketSummary.create = function(properties) {
                return new PacketSummary(properties);
            };

            /**
             * Encodes the specified PacketSummary message. Does not implicitly {@link isthmus.v1.PacketSummary.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.PacketSummary
             * @static
             * @param {isthmus.v1.PacketSummary.$Properties} message PacketSummary message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PacketSummary.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.source);
                if (message.sourcePort != null && $Object.hasOwnProperty.call(message, "sourcePort") && message.sourcePort !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.sourcePort);
                if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.destination);
                if (message.destinationPort != null && $Object.hasOwnProperty.call(message, "destinationPort") && message.destinationPort !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.destinationPort);
                if (message.hopLimit != null && $Object.hasOwnProperty.call(message, "hopLimit") && message.hopLimit !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.hopLimit);
                if (message.length != null && $Object.hasOwnProperty.call(message, "length") && message.length !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.length);
                if (message.fragment != null && $Object.hasOwnProperty.call(message, "fragment") && message.fragment !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.fragment);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PacketSummary message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.PacketSummary
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.PacketSummary & isthmus.v1.PacketSummary.$Shape} PacketSummary
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PacketSummary.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.PacketSummary();
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
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sourcePort = value;
                            else
                                delete message.sourcePort;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.destination = value;
                            else
                                delete message.destination;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.destinationPort = value;
                            else
                                delete message.destinationPort;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.hopLimit = value;
                            else
                                delete message.hopLimit;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.length = value;
                            else
                                delete message.length;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.fragment = value;
                            else
                                delete message.fragment;
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

            return PacketSummary;
        })();

        v1.DrainRequest = (function() {

            /**
             * Properties of a DrainRequest.
             * @typedef {Object} isthmus.v1.DrainRequest.$Properties
             * @property {string|null} [reason] DrainRequest reason
             * @property {boolean|null} [force] DrainRequest force
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DrainRequest.
             * @memberof isthmus.v1
             * @interface IDrainRequest
             * @augments isthmus.v1.DrainRequest.$Properties
             * @deprecated Use isthmus.v1.DrainRequest.$Properties instead.
             */

            /**
             * Shape of a DrainRequest.
             * @typedef {isthmus.v1.DrainRequest.$Properties} isthmus.v1.DrainRequest.$Shape
             */

            /**
             * Constructs a new DrainRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a DrainRequest.
             * @constructor
             * @param {isthmus.v1.DrainRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DrainRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DrainRequest reason.
             * @member {string} reason
             * @memberof isthmus.v1.DrainRequest
             * @instance
             */
            DrainRequest.prototype.reason = "";

            /**
             * DrainRequest force.
             * @member {boolean} force
             * @memberof isthmus.v1.DrainRequest
             * @instance
             */
            DrainRequest.prototype.force = false;

            /**
             * Creates a new DrainRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.DrainRequest
             * @static
             * @param {isthmus.v1.DrainRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.DrainRequest} DrainRequest instance
             * @type {{
             *   (properties: isthmus.v1.DrainRequest.$Shape): isthmus.v1.DrainRequest & isthmus.v1.DrainRequest.$Shape;
             *   (properties?: isthmus.v1.DrainRequest.$Properties): isthmus.v1.DrainRequest;
             * }}
             */
            DrainRequest.create = function(properties) {
                return new DrainRequest(properties);
            };

            /**
             * Encodes the specified DrainRequest message. Does not implicitly {@link isthmus.v1.DrainRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.DrainRequest
             * @static
             * @param {isthmus.v1.DrainRequest.$Properties} message DrainRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DrainRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.force != null && $Object.hasOwnProperty.call(message, "force") && message.force !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.force);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DrainRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.DrainRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.DrainRequest & isthmus.v1.DrainRequest.$Shape} DrainRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DrainRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.DrainRequest();
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
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.force = value;
                            else
                                delete message.force;
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

            return DrainRequest;
        })();

        v1.UndrainRequest = (function() {

            /**
             * Properties of an UndrainRequest.
             * @typedef {Object} isthmus.v1.UndrainRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an UndrainRequest.
             * @memberof isthmus.v1
             * @interface IUndrainRequest
             * @augments isthmus.v1.UndrainRequest.$Properties
             * @deprecated Use isthmus.v1.UndrainRequest.$Properties instead.
             */

            /**
             * Shape of an UndrainRequest.
             * @typedef {isthmus.v1.UndrainRequest.$Properties} isthmus.v1.UndrainRequest.$Shape
             */

            /**
             * Constructs a new UndrainRequest.
             * @memberof isthmus.v1
             * @classdesc Represents an UndrainRequest.
             * @constructor
             * @param {isthmus.v1.UndrainRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const UndrainRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new UndrainRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.UndrainRequest
             * @static
             * @param {isthmus.v1.UndrainRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.UndrainRequest} UndrainRequest instance
             * @type {{
             *   (properties: isthmus.v1.UndrainRequest.$Shape): isthmus.v1.UndrainRequest & isthmus.v1.UndrainRequest.$Shape;
             *   (properties?: isthmus.v1.UndrainRequest.$Properties): isthmus.v1.UndrainRequest;
             * }}
             */
            UndrainRequest.create = function(properties) {
                return new UndrainRequest(properties);
            };

            /**
             * Encodes the specified UndrainRequest message. Does not implicitly {@link isthmus.v1.UndrainRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.UndrainRequest
             * @static
             * @param {isthmus.v1.UndrainRequest.$Properties} message UndrainRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UndrainRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an UndrainRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.UndrainRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.UndrainRequest & isthmus.v1.UndrainRequest.$Shape} UndrainRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UndrainRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.UndrainRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
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

            return UndrainRequest;
        })();

        v1.ReleaseRequest = (function() {

            /**
             * Properties of a ReleaseRequest.
             * @typedef {Object} isthmus.v1.ReleaseRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReleaseRequest.
             * @memberof isthmus.v1
             * @interface IReleaseRequest
             * @augments isthmus.v1.ReleaseRequest.$Properties
             * @deprecated Use isthmus.v1.ReleaseRequest.$Properties instead.
             */

            /**
             * Shape of a ReleaseRequest.
             * @typedef {isthmus.v1.ReleaseRequest.$Properties} isthmus.v1.ReleaseRequest.$Shape
             */

            /**
             * Constructs a new ReleaseRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a ReleaseRequest.
             * @constructor
             * @param {isthmus.v1.ReleaseRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReleaseRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new ReleaseRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ReleaseRequest
             * @static
             * @param {isthmus.v1.ReleaseRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ReleaseRequest} ReleaseRequest instance
             * @type {{
             *   (properties: isthmus.v1.ReleaseRequest.$Shape): isthmus.v1.ReleaseRequest & isthmus.v1.ReleaseRequest.$Shape;
             *   (properties?: isthmus.v1.ReleaseRequest.$Properties): isthmus.v1.ReleaseRequest;
             * }}
             */
            ReleaseRequest.create = function(properties) {
                return new ReleaseRequest(properties);
            };

            /**
             * Encodes the specified ReleaseRequest message. Does not implicitly {@link isthmus.v1.ReleaseRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ReleaseRequest
             * @static
             * @param {isthmus.v1.ReleaseRequest.$Properties} message ReleaseRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReleaseRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReleaseRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ReleaseRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ReleaseRequest & isthmus.v1.ReleaseRequest.$Shape} ReleaseRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReleaseRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ReleaseRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
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

            return ReleaseRequest;
        })();

        v1.PauseRequest = (function() {

            /**
             * Properties of a PauseRequest.
             * @typedef {Object} isthmus.v1.PauseRequest.$Properties
             * @property {string|null} [reason] PauseRequest reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PauseRequest.
             * @memberof isthmus.v1
             * @interface IPauseRequest
             * @augments isthmus.v1.PauseRequest.$Properties
             * @deprecated Use isthmus.v1.PauseRequest.$Properties instead.
             */

            /**
             * Shape of a PauseRequest.
             * @typedef {isthmus.v1.PauseRequest.$Properties} isthmus.v1.PauseRequest.$Shape
             */

            /**
             * Constructs a new PauseRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a PauseRequest.
             * @constructor
             * @param {isthmus.v1.PauseRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PauseRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PauseRequest reason.
             * @member {string} reason
             * @memberof isthmus.v1.PauseRequest
             * @instance
             */
            PauseRequest.prototype.reason = "";

            /**
             * Creates a new PauseRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.PauseRequest
             * @static
             * @param {isthmus.v1.PauseRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.PauseRequest} PauseRequest instance
             * @type {{
             *   (properties: isthmus.v1.PauseRequest.$Shape): isthmus.v1.PauseRequest & isthmus.v1.PauseRequest.$Shape;
             *   (properties?: isthmus.v1.PauseRequest.$Properties): isthmus.v1.PauseRequest;
             * }}
             */
            PauseRequest.create = function(properties) {
                return new PauseRequest(properties);
            };

            /**
             * Encodes the specified PauseRequest message. Does not implicitly {@link isthmus.v1.PauseRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.PauseRequest
             * @static
             * @param {isthmus.v1.PauseRequest.$Properties} message PauseRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PauseRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PauseRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.PauseRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.PauseRequest & isthmus.v1.PauseRequest.$Shape} PauseRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PauseRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.PauseRequest();
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
                                message.reason = value;
                            else
                                delete message.reason;
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

            return PauseRequest;
        })();

        v1.ResumeRequest = (function() {

            /**
             * Properties of a ResumeRequest.
             * @typedef {Object} isthmus.v1.ResumeRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ResumeRequest.
             * @memberof isthmus.v1
             * @interface IResumeRequest
             * @augments isthmus.v1.ResumeRequest.$Properties
             * @deprecated Use isthmus.v1.ResumeRequest.$Properties instead.
             */

            /**
             * Shape of a ResumeRequest.
             * @typedef {isthmus.v1.ResumeRequest.$Properties} isthmus.v1.ResumeRequest.$Shape
             */

            /**
             * Constructs a new ResumeRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a ResumeRequest.
             * @constructor
             * @param {isthmus.v1.ResumeRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ResumeRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new ResumeRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ResumeRequest
             * @static
             * @param {isthmus.v1.ResumeRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ResumeRequest} ResumeRequest instance
             * @type {{
             *   (properties: isthmus.v1.ResumeRequest.$Shape): isthmus.v1.ResumeRequest & isthmus.v1.ResumeRequest.$Shape;
             *   (properties?: isthmus.v1.ResumeRequest.$Properties): isthmus.v1.ResumeRequest;
             * }}
             */
            ResumeRequest.create = function(properties) {
                return new ResumeRequest(properties);
            };

            /**
             * Encodes the specified ResumeRequest message. Does not implicitly {@link isthmus.v1.ResumeRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ResumeRequest
             * @static
             * @param {isthmus.v1.ResumeRequest.$Properties} message ResumeRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ResumeRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ResumeRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ResumeRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ResumeRequest & isthmus.v1.ResumeRequest.$Shape} ResumeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ResumeRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ResumeRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
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

            return ResumeRequest;
        })();

        v1.Outcome = (function() {

            /**
             * Properties of an Outcome.
             * @typedef {Object} isthmus.v1.Outcome.$Properties
             * @property {boolean|null} [done] Outcome done
             * @property {string|null} [text] Outcome text
             * @property {string|null} [code] Outcome code
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Outcome.
             * @memberof isthmus.v1
             * @interface IOutcome
             * @augments isthmus.v1.Outcome.$Properties
             * @deprecated Use isthmus.v1.Outcome.$Properties instead.
             */

            /**
             * Shape of an Outcome.
             * @typedef {isthmus.v1.Outcome.$Properties} isthmus.v1.Outcome.$Shape
             */

            /**
             * Constructs a new Outcome.
             * @memberof isthmus.v1
             * @classdesc Represents an Outcome.
             * @constructor
             * @param {isthmus.v1.Outcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Outcome = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Outcome done.
             * @member {boolean} done
             * @memberof isthmus.v1.Outcome
             * @instance
             */
            Outcome.prototype.done = false;

            /**
             * Outcome text.
             * @member {string} text
             * @memberof isthmus.v1.Outcome
             * @instance
             */
            Outcome.prototype.text = "";

            /**
             * Outcome code.
             * @member {string} code
             * @memberof isthmus.v1.Outcome
             * @instance
             */
            Outcome.prototype.code = "";

            /**
             * Creates a new Outcome instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.Outcome
             * @static
             * @param {isthmus.v1.Outcome.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.Outcome} Outcome instance
             * @type {{
             *   (properties: isthmus.v1.Outcome.$Shape): isthmus.v1.Outcome & isthmus.v1.Outcome.$Shape;
             *   (properties?: isthmus.v1.Outcome.$Properties): isthmus.v1.Outcome;
             * }}
             */
            Outcome.create = function(properties) {
                return new Outcome(properties);
            };

            /**
             * Encodes the specified Outcome message. Does not implicitly {@link isthmus.v1.Outcome.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.Outcome
             * @static
             * @param {isthmus.v1.Outcome.$Properties} message Outcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Outcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.done != null && $Object.hasOwnProperty.call(message, "done") && message.done !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.done);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.code);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Outcome message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.Outcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.Outcome & isthmus.v1.Outcome.$Shape} Outcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Outcome.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.Outcome();
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
                            if (value = reader.bool())
                                message.done = value;
                            else
                                delete message.done;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
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

            return Outcome;
        })();

        v1.LoadForeignRequest = (function() {

            /**
             * Properties of a LoadForeignRequest.
             * @typedef {Object} isthmus.v1.LoadForeignRequest.$Properties
             * @property {string|null} [instance] LoadForeignRequest instance
             * @property {Array.<string>|null} [rows] LoadForeignRequest rows
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LoadForeignRequest.
             * @memberof isthmus.v1
             * @interface ILoadForeignRequest
             * @augments isthmus.v1.LoadForeignRequest.$Properties
             * @deprecated Use isthmus.v1.LoadForeignRequest.$Properties instead.
             */

            /**
             * Shape of a LoadForeignRequest.
             * @typedef {isthmus.v1.LoadForeignRequest.$Properties} isthmus.v1.LoadForeignRequest.$Shape
             */

            /**
             * Constructs a new LoadForeignRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a LoadForeignRequest.
             * @constructor
             * @param {isthmus.v1.LoadForeignRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LoadForeignRequest = function (properties) {
                this.rows = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LoadForeignRequest instance.
             * @member {string} instance
             * @memberof isthmus.v1.LoadForeignRequest
             * @instance
             */
            LoadForeignRequest.prototype.instance = "";

            /**
             * LoadForeignRequest rows.
             * @member {Array.<string>} rows
             * @memberof isthmus.v1.LoadForeignRequest
             * @instance
             */
            LoadForeignRequest.prototype.rows = $util.emptyArray;

            /**
             * Creates a new LoadForeignRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.LoadForeignRequest
             * @static
             * @param {isthmus.v1.LoadForeignRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.LoadForeignRequest} LoadForeignRequest instance
             * @type {{
             *   (properties: isthmus.v1.LoadForeignRequest.$Shape): isthmus.v1.LoadForeignRequest & isthmus.v1.LoadForeignRequest.$Shape;
             *   (properties?: isthmus.v1.LoadForeignRequest.$Properties): isthmus.v1.LoadForeignRequest;
             * }}
             */
            LoadForeignRequest.create = function(properties) {
                return new LoadForeignRequest(properties);
            };

            /**
             * Encodes the specified LoadForeignRequest message. Does not implicitly {@link isthmus.v1.LoadForeignRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.LoadForeignRequest
             * @static
             * @param {isthmus.v1.LoadForeignRequest.$Properties} message LoadForeignRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LoadForeignRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.rows != null && message.rows.length)
                    for (let i = 0; i < message.rows.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.rows[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LoadForeignRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.LoadForeignRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.LoadForeignRequest & isthmus.v1.LoadForeignRequest.$Shape} LoadForeignRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LoadForeignRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.LoadForeignRequest();
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
                            if (!(message.rows && message.rows.length))
                                message.rows = [];
                            message.rows.push(reader.stringVerify());
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

            return LoadForeignRequest;
        })();

        v1.LoadForeignReply = (function() {

            /**
             * Properties of a LoadForeignReply.
             * @typedef {Object} isthmus.v1.LoadForeignReply.$Properties
             * @property {number|null} [taken] LoadForeignReply taken
             * @property {number|null} [malformed] LoadForeignReply malformed
             * @property {string|null} [firstMalformed] LoadForeignReply firstMalformed
             * @property {Array.<isthmus.v1.Counter.$Properties>|null} [refused] LoadForeignReply refused
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LoadForeignReply.
             * @memberof isthmus.v1
             * @interface ILoadForeignReply
             * @augments isthmus.v1.LoadForeignReply.$Properties
             * @deprecated Use isthmus.v1.LoadForeignReply.$Properties instead.
             */

            /**
             * Shape of a LoadForeignReply.
             * @typedef {isthmus.v1.LoadForeignReply.$Properties} isthmus.v1.LoadForeignReply.$Shape
             */

            /**
             * Constructs a new LoadForeignReply.
             * @memberof isthmus.v1
             * @classdesc Represents a LoadForeignReply.
             * @constructor
             * @param {isthmus.v1.LoadForeignReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LoadForeignReply = function (properties) {
                this.refused = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LoadForeignReply taken.
             * @member {number} taken
             * @memberof isthmus.v1.LoadForeignReply
             * @instance
             */
            LoadForeignReply.prototype.taken = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LoadForeignReply malformed.
             * @member {number} malformed
             * @memberof isthmus.v1.LoadForeignReply
             * @instance
             */
            LoadForeignReply.prototype.malformed = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LoadForeignReply firstMalformed.
             * @member {string} firstMalformed
             * @memberof isthmus.v1.LoadForeignReply
             * @instance
             */
            LoadForeignReply.prototype.firstMalformed = "";

            /**
             * LoadForeignReply refused.
             * @member {Array.<isthmus.v1.Counter.$Properties>} refused
             * @memberof isthmus.v1.LoadForeignReply
             * @instance
             */
            LoadForeignReply.prototype.refused = $util.emptyArray;

            /**
             * Creates a new LoadForeignReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.LoadForeignReply
             * @static
             * @param {isthmus.v1.LoadForeignReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.LoadForeignReply} LoadForeignReply instance
             * @type {{
             *   (properties: isthmus.v1.LoadForeignReply.$Shape): isthmus.v1.LoadForeignReply & isthmus.v1.LoadForeignReply.$Shape;
             *   (properties?: isthmus.v1.LoadForeignReply.$Properties): isthmus.v1.LoadForeignReply;
             * }}
             */
            LoadForeignReply.create = function(properties) {
                return new LoadForeignReply(properties);
            };

            /**
             * Encodes the specified LoadForeignReply message. Does not implicitly {@link isthmus.v1.LoadForeignReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.LoadForeignReply
             * @static
             * @param {isthmus.v1.LoadForeignReply.$Properties} message LoadForeignReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LoadForeignReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.taken != null && $Object.hasOwnProperty.call(message, "taken") && (typeof message.taken === "object" ? message.taken.low || message.taken.high : message.taken !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.taken);
                if (message.malformed != null && $Object.hasOwnProperty.call(message, "malformed") && (typeof message.malformed === "object" ? message.malformed.low || message.malformed.high : message.malformed !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.malformed);
                if (message.firstMalformed != null && $Object.hasOwnProperty.call(message, "firstMalformed") && message.firstMalformed !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.firstMalformed);
                if (message.refused != null && message.refused.length)
                    for (let i = 0; i < message.refused.length; ++i)
                        $root.isthmus.v1.Counter.encode(message.refused[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LoadForeignReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.LoadForeignReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.LoadForeignReply & isthmus.v1.LoadForeignReply.$Shape} LoadForeignReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LoadForeignReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.LoadForeignReply();
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
                                message.taken = value;
                            else
                                delete message.taken;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.malformed = value;
                            else
                                delete message.malformed;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.firstMalformed = value;
                            else
                                delete message.firstMalformed;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.refused && message.refused.length))
                                message.refused = [];
                            message.refused.push($root.isthmus.v1.Counter.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return LoadForeignReply;
        })();

        v1.ChangeAdoptionRequest = (function() {

            /**
             * Properties of a ChangeAdoptionRequest.
             * @typedef {Object} isthmus.v1.ChangeAdoptionRequest.$Properties
             * @property {string|null} [instance] ChangeAdoptionRequest instance
             * @property {string|null} [action] ChangeAdoptionRequest action
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChangeAdoptionRequest.
             * @memberof isthmus.v1
             * @interface IChangeAdoptionRequest
             * @augments isthmus.v1.ChangeAdoptionRequest.$Properties
             * @deprecated Use isthmus.v1.ChangeAdoptionRequest.$Properties instead.
             */

            /**
             * Shape of a ChangeAdoptionRequest.
             * @typedef {isthmus.v1.ChangeAdoptionRequest.$Properties} isthmus.v1.ChangeAdoptionRequest.$Shape
             */

            /**
             * Constructs a new ChangeAdoptionRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a ChangeAdoptionRequest.
             * @constructor
             * @param {isthmus.v1.ChangeAdoptionRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChangeAdoptionRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChangeAdoptionRequest instance.
             * @member {string} instance
             * @memberof isthmus.v1.ChangeAdoptionRequest
             * @instance
             */
            ChangeAdoptionRequest.prototype.instance = "";

            /**
             * ChangeAdoptionRequest action.
             * @member {string} action
             * @memberof isthmus.v1.ChangeAdoptionRequest
             * @instance
             */
            ChangeAdoptionRequest.prototype.action = "";

            /**
             * Creates a new ChangeAdoptionRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ChangeAdoptionRequest
             * @static
             * @param {isthmus.v1.ChangeAdoptionRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ChangeAdoptionRequest} ChangeAdoptionRequest instance
             * @type {{
             *   (properties: isthmus.v1.ChangeAdoptionRequest.$Shape): isthmus.v1.ChangeAdoptionRequest & isthmus.v1.ChangeAdoptionRequest.$Shape;
             *   (properties?: isthmus.v1.ChangeAdoptionRequest.$Properties): isthmus.v1.ChangeAdoptionRequest;
             * }}
             */
            ChangeAdoptionRequest.create = function(properties) {
                return new ChangeAdoptionRequest(properties);
            };

            /**
             * Encodes the specified ChangeAdoptionRequest message. Does not implicitly {@link isthmus.v1.ChangeAdoptionRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ChangeAdoptionRequest
             * @static
             * @param {isthmus.v1.ChangeAdoptionRequest.$Properties} message ChangeAdoptionRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChangeAdoptionRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.instance != null && $Object.hasOwnProperty.call(message, "instance") && message.instance !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.instance);
                if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.action);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChangeAdoptionRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ChangeAdoptionRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ChangeAdoptionRequest & isthmus.v1.ChangeAdoptionRequest.$Shape} ChangeAdoptionRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChangeAdoptionRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ChangeAdoptionRequest();
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
                            if ((value = reader.stringVerify()).length)
                                message.action = value;
                            else
                                delete message.action;
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

            return ChangeAdoptionRequest;
        })();

        v1.TakeSliceRequest = (function() {

            /**
             * Properties of a TakeSliceRequest.
             * @typedef {Object} isthmus.v1.TakeSliceRequest.$Properties
             * @property {number|null} [slot] TakeSliceRequest slot
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TakeSliceRequest.
             * @memberof isthmus.v1
             * @interface ITakeSliceRequest
             * @augments isthmus.v1.TakeSliceRequest.$Properties
             * @deprecated Use isthmus.v1.TakeSliceRequest.$Properties instead.
             */

            /**
             * Shape of a TakeSliceRequest.
             * @typedef {isthmus.v1.TakeSliceRequest.$Properties} isthmus.v1.TakeSliceRequest.$Shape
             */

            /**
             * Constructs a new TakeSliceRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a TakeSliceRequest.
             * @constructor
             * @param {isthmus.v1.TakeSliceRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TakeSliceRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TakeSliceRequest slot.
             * @member {number} slot
             * @memberof isthmus.v1.TakeSliceRequest
             * @instance
             */
            TakeSliceRequest.prototype.slot = 0;

            /**
             * Creates a new TakeSliceRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.TakeSliceRequest
             * @static
             * @param {isthmus.v1.TakeSliceRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.TakeSliceRequest} TakeSliceRequest instance
             * @type {{
             *   (properties: isthmus.v1.TakeSliceRequest.$Shape): isthmus.v1.TakeSliceRequest & isthmus.v1.TakeSliceRequest.$Shape;
             *   (properties?: isthmus.v1.TakeSliceRequest.$Properties): isthmus.v1.TakeSliceRequest;
             * }}
             */
            TakeSliceRequest.create = function(properties) {
                return new TakeSliceRequest(properties);
            };

            /**
             * Encodes the specified TakeSliceRequest message. Does not implicitly {@link isthmus.v1.TakeSliceRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.TakeSliceRequest
             * @static
             * @param {isthmus.v1.TakeSliceRequest.$Properties} message TakeSliceRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TakeSliceRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.slot != null && $Object.hasOwnProperty.call(message, "slot") && message.slot !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.slot);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TakeSliceRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.TakeSliceRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.TakeSliceRequest & isthmus.v1.TakeSliceRequest.$Shape} TakeSliceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TakeSliceRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.TakeSliceRequest();
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

            return TakeSliceRequest;
        })();

        v1.ReloadRequest = (function() {

            /**
             * Properties of a ReloadRequest.
             * @typedef {Object} isthmus.v1.ReloadRequest.$Properties
             * @property {boolean|null} [dryRun] ReloadRequest dryRun
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReloadRequest.
             * @memberof isthmus.v1
             * @interface IReloadRequest
             * @augments isthmus.v1.ReloadRequest.$Properties
             * @deprecated Use isthmus.v1.ReloadRequest.$Properties instead.
             */

            /**
             * Shape of a ReloadRequest.
             * @typedef {isthmus.v1.ReloadRequest.$Properties} isthmus.v1.ReloadRequest.$Shape
             */

            /**
             * Constructs a new ReloadRequest.
             * @memberof isthmus.v1
             * @classdesc Represents a ReloadRequest.
             * @constructor
             * @param {isthmus.v1.ReloadRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReloadRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReloadRequest dryRun.
             * @member {boolean} dryRun
             * @memberof isthmus.v1.ReloadRequest
             * @instance
             */
            ReloadRequest.prototype.dryRun = false;

            /**
             * Creates a new ReloadRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ReloadRequest
             * @static
             * @param {isthmus.v1.ReloadRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ReloadRequest} ReloadRequest instance
             * @type {{
             *   (properties: isthmus.v1.ReloadRequest.$Shape): isthmus.v1.ReloadRequest & isthmus.v1.ReloadRequest.$Shape;
             *   (properties?: isthmus.v1.ReloadRequest.$Properties): isthmus.v1.ReloadRequest;
             * }}
             */
            ReloadRequest.create = function(properties) {
                return new ReloadRequest(properties);
            };

            /**
             * Encodes the specified ReloadRequest message. Does not implicitly {@link isthmus.v1.ReloadRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ReloadRequest
             * @static
             * @param {isthmus.v1.ReloadRequest.$Properties} message ReloadRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReloadRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.dryRun != null && $Object.hasOwnProperty.call(message, "dryRun") && message.dryRun !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.dryRun);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReloadRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ReloadRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ReloadRequest & isthmus.v1.ReloadRequest.$Shape} ReloadRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReloadRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ReloadRequest();
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
                            if (value = reader.bool())
                                message.dryRun = value;
                            else
                                delete message.dryRun;
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

            return ReloadRequest;
        })();

        v1.ReloadReply = (function() {

            /**
             * Properties of a ReloadReply.
             * @typedef {Object} isthmus.v1.ReloadReply.$Properties
             * @property {boolean|null} [done] ReloadReply done
             * @property {string|null} [text] ReloadReply text
             * @property {Array.<string>|null} [changes] ReloadReply changes
             * @property {Array.<string>|null} [refused] ReloadReply refused
             * @property {string|null} [code] ReloadReply code
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReloadReply.
             * @memberof isthmus.v1
             * @interface IReloadReply
             * @augments isthmus.v1.ReloadReply.$Properties
             * @deprecated Use isthmus.v1.ReloadReply.$Properties instead.
             */

            /**
             * Shape of a ReloadReply.
             * @typedef {isthmus.v1.ReloadReply.$Properties} isthmus.v1.ReloadReply.$Shape
             */

            /**
             * Constructs a new ReloadReply.
             * @memberof isthmus.v1
             * @classdesc Represents a ReloadReply.
             * @constructor
             * @param {isthmus.v1.ReloadReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReloadReply = function (properties) {
                this.changes = [];
                this.refused = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReloadReply done.
             * @member {boolean} done
             * @memberof isthmus.v1.ReloadReply
             * @instance
             */
            ReloadReply.prototype.done = false;

            /**
             * ReloadReply text.
             * @member {string} text
             * @memberof isthmus.v1.ReloadReply
             * @instance
             */
            ReloadReply.prototype.text = "";

            /**
             * ReloadReply changes.
             * @member {Array.<string>} changes
             * @memberof isthmus.v1.ReloadReply
             * @instance
             */
            ReloadReply.prototype.changes = $util.emptyArray;

            /**
             * ReloadReply refused.
             * @member {Array.<string>} refused
             * @memberof isthmus.v1.ReloadReply
             * @instance
             */
            ReloadReply.prototype.refused = $util.emptyArray;

            /**
             * ReloadReply code.
             * @member {string} code
             * @memberof isthmus.v1.ReloadReply
             * @instance
             */
            ReloadReply.prototype.code = "";

            /**
             * Creates a new ReloadReply instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.ReloadReply
             * @static
             * @param {isthmus.v1.ReloadReply.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.ReloadReply} ReloadReply instance
             * @type {{
             *   (properties: isthmus.v1.ReloadReply.$Shape): isthmus.v1.ReloadReply & isthmus.v1.ReloadReply.$Shape;
             *   (properties?: isthmus.v1.ReloadReply.$Properties): isthmus.v1.ReloadReply;
             * }}
             */
            ReloadReply.create = function(properties) {
                return new ReloadReply(properties);
            };

            /**
             * Encodes the specified ReloadReply message. Does not implicitly {@link isthmus.v1.ReloadReply.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.ReloadReply
             * @static
             * @param {isthmus.v1.ReloadReply.$Properties} message ReloadReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReloadReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.done != null && $Object.hasOwnProperty.call(message, "done") && message.done !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.done);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
                if (message.changes != null && message.changes.length)
                    for (let i = 0; i < message.changes.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.changes[i]);
                if (message.refused != null && message.refused.length)
                    for (let i = 0; i < message.refused.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.refused[i]);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.code);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReloadReply message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.ReloadReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.ReloadReply & isthmus.v1.ReloadReply.$Shape} ReloadReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReloadReply.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.ReloadReply();
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
                            if (value = reader.bool())
                                message.done = value;
                            else
                                delete message.done;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.changes && message.changes.length))
                                message.changes = [];
                            message.changes.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.refused && message.refused.length))
                                message.refused = [];
                            message.refused.push(reader.stringVerify());
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

            return ReloadReply;
        })();

        v1.EventsRequest = (function() {

            /**
             * Properties of an EventsRequest.
             * @typedef {Object} isthmus.v1.EventsRequest.$Properties
             * @property {number|null} [last] EventsRequest last
             * @property {boolean|null} [follow] EventsRequest follow
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an EventsRequest.
             * @memberof isthmus.v1
             * @interface IEventsRequest
             * @augments isthmus.v1.EventsRequest.$Properties
             * @deprecated Use isthmus.v1.EventsRequest.$Properties instead.
             */

            /**
             * Shape of an EventsRequest.
             * @typedef {isthmus.v1.EventsRequest.$Properties} isthmus.v1.EventsRequest.$Shape
             */

            /**
             * Constructs a new EventsRequest.
             * @memberof isthmus.v1
             * @classdesc Represents an EventsRequest.
             * @constructor
             * @param {isthmus.v1.EventsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const EventsRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * EventsRequest last.
             * @member {number} last
             * @memberof isthmus.v1.EventsRequest
             * @instance
             */
            EventsRequest.prototype.last = 0;

            /**
             * EventsRequest follow.
             * @member {boolean} follow
             * @memberof isthmus.v1.EventsRequest
             * @instance
             */
            EventsRequest.prototype.follow = false;

            /**
             * Creates a new EventsRequest instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.EventsRequest
             * @static
             * @param {isthmus.v1.EventsRequest.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.EventsRequest} EventsRequest instance
             * @type {{
             *   (properties: isthmus.v1.EventsRequest.$Shape): isthmus.v1.EventsRequest & isthmus.v1.EventsRequest.$Shape;
             *   (properties?: isthmus.v1.EventsRequest.$Properties): isthmus.v1.EventsRequest;
             * }}
             */
            EventsRequest.create = function(properties) {
                return new EventsRequest(properties);
            };

            /**
             * Encodes the specified EventsRequest message. Does not implicitly {@link isthmus.v1.EventsRequest.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.EventsRequest
             * @static
             * @param {isthmus.v1.EventsRequest.$Properties} message EventsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            EventsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.last);
                if (message.follow != null && $Object.hasOwnProperty.call(message, "follow") && message.follow !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.follow);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an EventsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.EventsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.EventsRequest & isthmus.v1.EventsRequest.$Shape} EventsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            EventsRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.EventsRequest();
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
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.follow = value;
                            else
                                delete message.follow;
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

            return EventsRequest;
        })();

        v1.Event = (function() {

            /**
             * Properties of an Event.
             * @typedef {Object} isthmus.v1.Event.$Properties
             * @property {number|null} [time] Event time
             * @property {string|null} [node] Event node
             * @property {string|null} [severity] Event severity
             * @property {string|null} [subject] Event subject
             * @property {string|null} [name] Event name
             * @property {string|null} [from] Event from
             * @property {string|null} [to] Event to
             * @property {string|null} [reason] Event reason
             * @property {string|null} [code] Event code
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Event.
             * @memberof isthmus.v1
             * @interface IEvent
             * @augments isthmus.v1.Event.$Properties
             * @deprecated Use isthmus.v1.Event.$Properties instead.
             */

            /**
             * Shape of an Event.
             * @typedef {isthmus.v1.Event.$Properties} isthmus.v1.Event.$Shape
             */

            /**
             * Constructs a new Event.
             * @memberof isthmus.v1
             * @classdesc Represents an Event.
             * @constructor
             * @param {isthmus.v1.Event.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Event = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Event time.
             * @member {number} time
             * @memberof isthmus.v1.Event
             * @instance
             */
            Event.prototype.time = 0;

            /**
             * Event node.
             * @member {string} node
             * @memberof isthmus.v1.Event
             * @instance
             */
            Event.prototype.node = "";

            /**
             * Event severity.
             * @member {string} severity
             * @memberof isthmus.v1.Event
             * @instance
             */
            Event.prototype.severity = "";

            /**
             * Event subject.
             * @member {string} subject
             * @memberof isthmus.v1.Event
             * @instance
             */
            Event.prototype.subject = "";

            /**
             * Event name.
             * @member {string} name
             * @memberof isthmus.v1.Event
             * @instance
             */
            Event.prototype.name = "";

            /**
             * Event from.
             * @member {string} from
             * @memberof isthmus.v1.Event
             * @instance
             */
            Event.prototype.from = "";

            /**
             * Event to.
             * @member {string} to
             * @memberof isthmus.v1.Event
             * @instance
             */
            Event.prototype.to = "";

            /**
             * Event reason.
             * @member {string} reason
             * @memberof isthmus.v1.Event
             * @instance
             */
            Event.prototype.reason = "";

            /**
             * Event code.
             * @member {string} code
             * @memberof isthmus.v1.Event
             * @instance
             */
            Event.prototype.code = "";

            /**
             * Creates a new Event instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.Event
             * @static
             * @param {isthmus.v1.Event.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.Event} Event instance
             * @type {{
             *   (properties: isthmus.v1.Event.$Shape): isthmus.v1.Event & isthmus.v1.Event.$Shape;
             *   (properties?: isthmus.v1.Event.$Properties): isthmus.v1.Event;
             * }}
             */
            Event.create = function(properties) {
                return new Event(properties);
            };

            /**
             * Encodes the specified Event message. Does not implicitly {@link isthmus.v1.Event.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.Event
             * @static
             * @param {isthmus.v1.Event.$Properties} message Event message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Event.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.time != null && $Object.hasOwnProperty.call(message, "time") && !$Object.is(message.time, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.time);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.node);
                if (message.severity != null && $Object.hasOwnProperty.call(message, "severity") && message.severity !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.severity);
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.subject);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.name);
                if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.from);
                if (message.to != null && $Object.hasOwnProperty.call(message, "to") && message.to !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.to);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.reason);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.code);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Event message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.Event
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.Event & isthmus.v1.Event.$Shape} Event
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Event.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.Event();
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
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.time = value;
                            else
                                delete message.time;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.severity = value;
                            else
                                delete message.severity;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.subject = value;
                            else
                                delete message.subject;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.from = value;
                            else
                                delete message.from;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.to = value;
                            else
                                delete message.to;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
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

            return Event;
        })();

        v1.LogQuestion = (function() {

            /**
             * Properties of a LogQuestion.
             * @typedef {Object} isthmus.v1.LogQuestion.$Properties
             * @property {string|null} [pool4] LogQuestion pool4
             * @property {number|null} [port] LogQuestion port
             * @property {Uint8Array|null} [client] LogQuestion client
             * @property {number|null} [prefixLength] LogQuestion prefixLength
             * @property {boolean|null} [pseudonym] LogQuestion pseudonym
             * @property {string|null} [protocol] LogQuestion protocol
             * @property {number|null} [time] LogQuestion time
             * @property {number|null} [skewMs] LogQuestion skewMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LogQuestion.
             * @memberof isthmus.v1
             * @interface ILogQuestion
             * @augments isthmus.v1.LogQuestion.$Properties
             * @deprecated Use isthmus.v1.LogQuestion.$Properties instead.
             */

            /**
             * Shape of a LogQuestion.
             * @typedef {isthmus.v1.LogQuestion.$Properties} isthmus.v1.LogQuestion.$Shape
             */

            /**
             * Constructs a new LogQuestion.
             * @memberof isthmus.v1
             * @classdesc Represents a LogQuestion.
             * @constructor
             * @param {isthmus.v1.LogQuestion.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LogQuestion = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LogQuestion pool4.
             * @member {string} pool4
             * @memberof isthmus.v1.LogQuestion
             * @instance
             */
            LogQuestion.prototype.pool4 = "";

            /**
             * LogQuestion port.
             * @member {number} port
             * @memberof isthmus.v1.LogQuestion
             * @instance
             */
            LogQuestion.prototype.port = 0;

            /**
             * LogQuestion client.
             * @member {Uint8Array} client
             * @memberof isthmus.v1.LogQuestion
             * @instance
             */
            LogQuestion.prototype.client = $util.newBuffer([]);

            /**
             * LogQuestion prefixLength.
             * @member {number} prefixLength
             * @memberof isthmus.v1.LogQuestion
             * @instance
             */
            LogQuestion.prototype.prefixLength = 0;

            /**
             * LogQuestion pseudonym.
             * @member {boolean} pseudonym
             * @memberof isthmus.v1.LogQuestion
             * @instance
             */
            LogQuestion.prototype.pseudonym = false;

            /**
             * LogQuestion protocol.
             * @member {string} protocol
             * @memberof isthmus.v1.LogQuestion
             * @instance
             */
            LogQuestion.prototype.protocol = "";

            /**
             * LogQuestion time.
             * @member {number} time
             * @memberof isthmus.v1.LogQuestion
             * @instance
             */
            LogQuestion.prototype.time = 0;

            /**
             * LogQuestion skewMs.
             * @member {number} skewMs
             * @memberof isthmus.v1.LogQuestion
             * @instance
             */
            LogQuestion.prototype.skewMs = 0;

            /**
             * Creates a new LogQuestion instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.LogQuestion
             * @static
             * @param {isthmus.v1.LogQuestion.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.LogQuestion} LogQuestion instance
             * @type {{
             *   (properties: isthmus.v1.LogQuestion.$Shape): isthmus.v1.LogQuestion & isthmus.v1.LogQuestion.$Shape;
             *   (properties?: isthmus.v1.LogQuestion.$Properties): isthmus.v1.LogQuestion;
             * }}
             */
            LogQuestion.create = function(properties) {
                return new LogQuestion(properties);
            };

            /**
             * Encodes the specified LogQuestion message. Does not implicitly {@link isthmus.v1.LogQuestion.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.LogQuestion
             * @static
             * @param {isthmus.v1.LogQuestion.$Properties} message LogQuestion message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LogQuestion.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.pool4 != null && $Object.hasOwnProperty.call(message, "pool4") && message.pool4 !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.pool4);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                if (message.client != null && $Object.hasOwnProperty.call(message, "client") && message.client.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.client);
                if (message.prefixLength != null && $Object.hasOwnProperty.call(message, "prefixLength") && message.prefixLength !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.prefixLength);
                if (message.pseudonym != null && $Object.hasOwnProperty.call(message, "pseudonym") && message.pseudonym !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.pseudonym);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.protocol);
                if (message.time != null && $Object.hasOwnProperty.call(message, "time") && !$Object.is(message.time, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.time);
                if (message.skewMs != null && $Object.hasOwnProperty.call(message, "skewMs") && !$Object.is(message.skewMs, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.skewMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LogQuestion message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.LogQuestion
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.LogQuestion & isthmus.v1.LogQuestion.$Shape} LogQuestion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LogQuestion.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.LogQuestion();
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
                                message.pool4 = value;
                            else
                                delete message.pool4;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.port = value;
                            else
                                delete message.port;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.client = value;
                            else
                                delete message.client;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.prefixLength = value;
                            else
                                delete message.prefixLength;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.pseudonym = value;
                            else
                                delete message.pseudonym;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.time = value;
                            else
                                delete message.time;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.skewMs = value;
                            else
                                delete message.skewMs;
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

            return LogQuestion;
        })();

        v1.LogFindings = (function() {

            /**
             * Properties of a LogFindings.
             * @typedef {Object} isthmus.v1.LogFindings.$Properties
             * @property {Array.<string>|null} [lines] LogFindings lines
             * @property {Array.<string>|null} [notes] LogFindings notes
             * @property {Array.<string>|null} [openings] LogFindings openings
             * @property {Array.<string>|null} [unreadable] LogFindings unreadable
             * @property {number|null} [files] LogFindings files
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LogFindings.
             * @memberof isthmus.v1
             * @interface ILogFindings
             * @augments isthmus.v1.LogFindings.$Properties
             * @deprecated Use isthmus.v1.LogFindings.$Properties instead.
             */

            /**
             * Shape of a LogFindings.
             * @typedef {isthmus.v1.LogFindings.$Properties} isthmus.v1.LogFindings.$Shape
             */

            /**
             * Constructs a new LogFindings.
             * @memberof isthmus.v1
             * @classdesc Represents a LogFindings.
             * @constructor
             * @param {isthmus.v1.LogFindings.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LogFindings = function (properties) {
                this.lines = [];
                this.notes = [];
                this.openings = [];
                this.unreadable = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LogFindings lines.
             * @member {Array.<string>} lines
             * @memberof isthmus.v1.LogFindings
             * @instance
             */
            LogFindings.prototype.lines = $util.emptyArray;

            /**
             * LogFindings notes.
             * @member {Array.<string>} notes
             * @memberof isthmus.v1.LogFindings
             * @instance
             */
            LogFindings.prototype.notes = $util.emptyArray;

            /**
             * LogFindings openings.
             * @member {Array.<string>} openings
             * @memberof isthmus.v1.LogFindings
             * @instance
             */
            LogFindings.prototype.openings = $util.emptyArray;

            /**
             * LogFindings unreadable.
             * @member {Array.<string>} unreadable
             * @memberof isthmus.v1.LogFindings
             * @instance
             */
            LogFindings.prototype.unreadable = $util.emptyArray;

            /**
             * LogFindings files.
             * @member {number} files
             * @memberof isthmus.v1.LogFindings
             * @instance
             */
            LogFindings.prototype.files = 0;

            /**
             * Creates a new LogFindings instance using the specified properties.
             * @function create
             * @memberof isthmus.v1.LogFindings
             * @static
             * @param {isthmus.v1.LogFindings.$Properties=} [properties] Properties to set
             * @returns {isthmus.v1.LogFindings} LogFindings instance
             * @type {{
             *   (properties: isthmus.v1.LogFindings.$Shape): isthmus.v1.LogFindings & isthmus.v1.LogFindings.$Shape;
             *   (properties?: isthmus.v1.LogFindings.$Properties): isthmus.v1.LogFindings;
             * }}
             */
            LogFindings.create = function(properties) {
                return new LogFindings(properties);
            };

            /**
             * Encodes the specified LogFindings message. Does not implicitly {@link isthmus.v1.LogFindings.verify|verify} messages.
             * @function encode
             * @memberof isthmus.v1.LogFindings
             * @static
             * @param {isthmus.v1.LogFindings.$Properties} message LogFindings message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LogFindings.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.lines != null && message.lines.length)
                    for (let i = 0; i < message.lines.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.lines[i]);
                if (message.notes != null && message.notes.length)
                    for (let i = 0; i < message.notes.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.notes[i]);
                if (message.openings != null && message.openings.length)
                    for (let i = 0; i < message.openings.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.openings[i]);
                if (message.unreadable != null && message.unreadable.length)
                    for (let i = 0; i < message.unreadable.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.unreadable[i]);
                if (message.files != null && $Object.hasOwnProperty.call(message, "files") && message.files !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.files);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LogFindings message from the specified reader or buffer.
             * @function decode
             * @memberof isthmus.v1.LogFindings
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {isthmus.v1.LogFindings & isthmus.v1.LogFindings.$Shape} LogFindings
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LogFindings.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.isthmus.v1.LogFindings();
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
                            if (!(message.lines && message.lines.length))
                                message.lines = [];
                            message.lines.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.notes && message.notes.length))
                                message.notes = [];
                            message.notes.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.openings && message.openings.length))
                                message.openings = [];
                            message.openings.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.unreadable && message.unreadable.length))
                                message.unreadable = [];
                            message.unreadable.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.files = value;
                            else
                                delete message.files;
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

            return LogFindings;
        })();

        return v1;
    })();

    return isthmus;
})();

export {
  $root as default
};
