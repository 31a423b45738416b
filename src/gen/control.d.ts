import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace isthmus. */
export namespace isthmus {

    /** Namespace v1. */
    namespace v1 {

        /** Represents a Control */
        class Control extends $protobuf.rpc.Service {

            /**
             * Constructs a new Control service.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             */
            constructor(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean);

            /**
             * Creates new Control service using the specified rpc implementation.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             * @returns RPC service. Useful where requests and/or responses are streamed.
             */
            static create(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean): Control;

            /** Calls GetStatus. */
            getStatus: isthmus.v1.Control.GetStatus;

            /** Calls ListSessions. */
            listSessions: isthmus.v1.Control.ListSessions;

            /** Calls EndSessions. */
            endSessions: isthmus.v1.Control.EndSessions;

            /** Calls FollowSessions. */
            followSessions: isthmus.v1.Control.FollowSessions;

            /** Calls TopSessions. */
            topSessions: isthmus.v1.Control.TopSessions;

            /** Calls TracePackets. */
            tracePackets: isthmus.v1.Control.TracePackets;

            /** Calls GetDrops. */
            getDrops: isthmus.v1.Control.GetDrops;

            /** Calls ListBib. */
            listBib: isthmus.v1.Control.ListBib;

            /** Calls GetStats. */
            getStats: isthmus.v1.Control.GetStats;

            /** Calls GetPool. */
            getPool: isthmus.v1.Control.GetPool;

            /** Calls Explain. */
            explain: isthmus.v1.Control.Explain;

            /** Calls Drain. */
            drain: isthmus.v1.Control.Drain;

            /** Calls Undrain. */
            undrain: isthmus.v1.Control.Undrain;

            /** Calls Release. */
            release: isthmus.v1.Control.Release;

            /** Calls Pause. */
            pause: isthmus.v1.Control.Pause;

            /** Calls Resume. */
            resume: isthmus.v1.Control.Resume;

            /** Calls TestWithdrawal. */
            testWithdrawal: isthmus.v1.Control.TestWithdrawal;

            /** Calls TakeSlice. */
            takeSlice: isthmus.v1.Control.TakeSlice;

            /** Calls Reload. */
            reload: isthmus.v1.Control.Reload;

            /** Calls ListEvents. */
            listEvents: isthmus.v1.Control.ListEvents;

            /** Calls SearchLog. */
            searchLog: isthmus.v1.Control.SearchLog;

            /** Calls LoadForeign. */
            loadForeign: isthmus.v1.Control.LoadForeign;

            /** Calls ChangeAdoption. */
            changeAdoption: isthmus.v1.Control.ChangeAdoption;

            /** Calls HoldDrill. */
            holdDrill: isthmus.v1.Control.HoldDrill;

            /** Calls DrillStep. */
            drillStep: isthmus.v1.Control.DrillStep;

            /** Calls GetConfiguration. */
            getConfiguration: isthmus.v1.Control.GetConfiguration;

            /** Calls CallPeer. */
            callPeer: isthmus.v1.Control.CallPeer;
        }

        namespace Control {

            /**
             * Callback as used by {@link isthmus.v1.Control#getStatus}.
             * @param error Error, if any
             * @param [response] StatusReply
             */
            type GetStatusCallback = (error: (Error|null), response?: isthmus.v1.StatusReply) => void;

            /** Calls GetStatus. */
            type GetStatus = {
              (request: isthmus.v1.IStatusRequest, callback: isthmus.v1.Control.GetStatusCallback): void;
              (request: isthmus.v1.IStatusRequest): Promise<isthmus.v1.StatusReply>;
              readonly name: "GetStatus";
              readonly path: "/isthmus.v1.Control/GetStatus";
              readonly requestType: "StatusRequest";
              readonly responseType: "StatusReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#listSessions}.
             * @param error Error, if any
             * @param [response] SessionPage
             */
            type ListSessionsCallback = (error: (Error|null), response?: isthmus.v1.SessionPage) => void;

            /** Calls ListSessions. */
            type ListSessions = {
              (request: isthmus.v1.ISessionsRequest, callback: isthmus.v1.Control.ListSessionsCallback): void;
              (request: isthmus.v1.ISessionsRequest): Promise<isthmus.v1.SessionPage>;
              readonly name: "ListSessions";
              readonly path: "/isthmus.v1.Control/ListSessions";
              readonly requestType: "SessionsRequest";
              readonly responseType: "SessionPage";
              readonly requestStream: undefined;
              readonly responseStream: true;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#endSessions}.
             * @param error Error, if any
             * @param [response] EndReply
             */
            type EndSessionsCallback = (error: (Error|null), response?: isthmus.v1.EndReply) => void;

            /** Calls EndSessions. */
            type EndSessions = {
              (request: isthmus.v1.ISessionsRequest, callback: isthmus.v1.Control.EndSessionsCallback): void;
              (request: isthmus.v1.ISessionsRequest): Promise<isthmus.v1.EndReply>;
              readonly name: "EndSessions";
              readonly path: "/isthmus.v1.Control/EndSessions";
              readonly requestType: "SessionsRequest";
              readonly responseType: "EndReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#followSessions}.
             * @param error Error, if any
             * @param [response] FollowReply
             */
            type FollowSessionsCallback = (error: (Error|null), response?: isthmus.v1.FollowReply) => void;

            /** Calls FollowSessions. */
            type FollowSessions = {
              (request: isthmus.v1.ISessionsRequest, callback: isthmus.v1.Control.FollowSessionsCallback): void;
              (request: isthmus.v1.ISessionsRequest): Promise<isthmus.v1.FollowReply>;
              readonly name: "FollowSessions";
              readonly path: "/isthmus.v1.Control/FollowSessions";
              readonly requestType: "SessionsRequest";
              readonly responseType: "FollowReply";
              readonly requestStream: undefined;
              readonly responseStream: true;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#topSessions}.
             * @param error Error, if any
             * @param [response] TopReply
             */
            type TopSessionsCallback = (error: (Error|null), response?: isthmus.v1.TopReply) => void;

            /** Calls TopSessions. */
            type TopSessions = {
              (request: isthmus.v1.ITopRequest, callback: isthmus.v1.Control.TopSessionsCallback): void;
              (request: isthmus.v1.ITopRequest): Promise<isthmus.v1.TopReply>;
              readonly name: "TopSessions";
              readonly path: "/isthmus.v1.Control/TopSessions";
              readonly requestType: "TopRequest";
              readonly responseType: "TopReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#tracePackets}.
             * @param error Error, if any
             * @param [response] TraceReply
             */
            type TracePacketsCallback = (error: (Error|null), response?: isthmus.v1.TraceReply) => void;

            /** Calls TracePackets. */
            type TracePackets = {
              (request: isthmus.v1.ITraceRequest, callback: isthmus.v1.Control.TracePacketsCallback): void;
              (request: isthmus.v1.ITraceRequest): Promise<isthmus.v1.TraceReply>;
              readonly name: "TracePackets";
              readonly path: "/isthmus.v1.Control/TracePackets";
              readonly requestType: "TraceRequest";
              readonly responseType: "TraceReply";
              readonly requestStream: undefined;
              readonly responseStream: true;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#getDrops}.
             * @param error Error, if any
             * @param [response] DropsReply
             */
            type GetDropsCallback = (error: (Error|null), response?: isthmus.v1.DropsReply) => void;

            /** Calls GetDrops. */
            type GetDrops = {
              (request: isthmus.v1.IDropsRequest, callback: isthmus.v1.Control.GetDropsCallback): void;
              (request: isthmus.v1.IDropsRequest): Promise<isthmus.v1.DropsReply>;
              readonly name: "GetDrops";
              readonly path: "/isthmus.v1.Control/GetDrops";
              readonly requestType: "DropsRequest";
              readonly responseType: "DropsReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#listBib}.
             * @param error Error, if any
             * @param [response] BibPage
             */
            type ListBibCallback = (error: (Error|null), response?: isthmus.v1.BibPage) => void;

            /** Calls ListBib. */
            type ListBib = {
              (request: isthmus.v1.ISessionsRequest, callback: isthmus.v1.Control.ListBibCallback): void;
              (request: isthmus.v1.ISessionsRequest): Promise<isthmus.v1.BibPage>;
              readonly name: "ListBib";
              readonly path: "/isthmus.v1.Control/ListBib";
              readonly requestType: "SessionsRequest";
              readonly responseType: "BibPage";
              readonly requestStream: undefined;
              readonly responseStream: true;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#getStats}.
             * @param error Error, if any
             * @param [response] StatsReply
             */
            type GetStatsCallback = (error: (Error|null), response?: isthmus.v1.StatsReply) => void;

            /** Calls GetStats. */
            type GetStats = {
              (request: isthmus.v1.IStatsRequest, callback: isthmus.v1.Control.GetStatsCallback): void;
              (request: isthmus.v1.IStatsRequest): Promise<isthmus.v1.StatsReply>;
              readonly name: "GetStats";
              readonly path: "/isthmus.v1.Control/GetStats";
              readonly requestType: "StatsRequest";
              readonly responseType: "StatsReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#getPool}.
             * @param error Error, if any
             * @param [response] PoolReply
             */
            type GetPoolCallback = (error: (Error|null), response?: isthmus.v1.PoolReply) => void;

            /** Calls GetPool. */
            type GetPool = {
              (request: isthmus.v1.IPoolRequest, callback: isthmus.v1.Control.GetPoolCallback): void;
              (request: isthmus.v1.IPoolRequest): Promise<isthmus.v1.PoolReply>;
              readonly name: "GetPool";
              readonly path: "/isthmus.v1.Control/GetPool";
              readonly requestType: "PoolRequest";
              readonly responseType: "PoolReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#explain}.
             * @param error Error, if any
             * @param [response] ExplainReply
             */
            type ExplainCallback = (error: (Error|null), response?: isthmus.v1.ExplainReply) => void;

            /** Calls Explain. */
            type Explain = {
              (request: isthmus.v1.IExplainRequest, callback: isthmus.v1.Control.ExplainCallback): void;
              (request: isthmus.v1.IExplainRequest): Promise<isthmus.v1.ExplainReply>;
              readonly name: "Explain";
              readonly path: "/isthmus.v1.Control/Explain";
              readonly requestType: "ExplainRequest";
              readonly responseType: "ExplainReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#drain}.
             * @param error Error, if any
             * @param [response] Outcome
             */
            type DrainCallback = (error: (Error|null), response?: isthmus.v1.Outcome) => void;

            /** Calls Drain. */
            type Drain = {
              (request: isthmus.v1.IDrainRequest, callback: isthmus.v1.Control.DrainCallback): void;
              (request: isthmus.v1.IDrainRequest): Promise<isthmus.v1.Outcome>;
              readonly name: "Drain";
              readonly path: "/isthmus.v1.Control/Drain";
              readonly requestType: "DrainRequest";
              readonly responseType: "Outcome";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#undrain}.
             * @param error Error, if any
             * @param [response] Outcome
             */
            type UndrainCallback = (error: (Error|null), response?: isthmus.v1.Outcome) => void;

            /** Calls Undrain. */
            type Undrain = {
              (request: isthmus.v1.IUndrainRequest, callback: isthmus.v1.Control.UndrainCallback): void;
              (request: isthmus.v1.IUndrainRequest): Promise<isthmus.v1.Outcome>;
              readonly name: "Undrain";
              readonly path: "/isthmus.v1.Control/Undrain";
              readonly requestType: "UndrainRequest";
              readonly responseType: "Outcome";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#release}.
             * @param error Error, if any
             * @param [response] Outcome
             */
            type ReleaseCallback = (error: (Error|null), response?: isthmus.v1.Outcome) => void;

            /** Calls Release. */
            type Release = {
              (request: isthmus.v1.IReleaseRequest, callback: isthmus.v1.Control.ReleaseCallback): void;
              (request: isthmus.v1.IReleaseRequest): Promise<isthmus.v1.Outcome>;
              readonly name: "Release";
              readonly path: "/isthmus.v1.Control/Release";
              readonly requestType: "ReleaseRequest";
              readonly responseType: "Outcome";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#pause}.
             * @param error Error, if any
             * @param [response] Outcome
             */
            type PauseCallback = (error: (Error|null), response?: isthmus.v1.Outcome) => void;

            /** Calls Pause. */
            type Pause = {
              (request: isthmus.v1.IPauseRequest, callback: isthmus.v1.Control.PauseCallback): void;
              (request: isthmus.v1.IPauseRequest): Promise<isthmus.v1.Outcome>;
              readonly name: "Pause";
              readonly path: "/isthmus.v1.Control/Pause";
              readonly requestType: "PauseRequest";
              readonly responseType: "Outcome";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#resume}.
             * @param error Error, if any
             * @param [response] Outcome
             */
            type ResumeCallback = (error: (Error|null), response?: isthmus.v1.Outcome) => void;

            /** Calls Resume. */
            type Resume = {
              (request: isthmus.v1.IResumeRequest, callback: isthmus.v1.Control.ResumeCallback): void;
              (request: isthmus.v1.IResumeRequest): Promise<isthmus.v1.Outcome>;
              readonly name: "Resume";
              readonly path: "/isthmus.v1.Control/Resume";
              readonly requestType: "ResumeRequest";
              readonly responseType: "Outcome";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#testWithdrawal}.
             * @param error Error, if any
             * @param [response] TestWithdrawalReply
             */
            type TestWithdrawalCallback = (error: (Error|null), response?: isthmus.v1.TestWithdrawalReply) => void;

            /** Calls TestWithdrawal. */
            type TestWithdrawal = {
              (request: isthmus.v1.ITestWithdrawalRequest, callback: isthmus.v1.Control.TestWithdrawalCallback): void;
              (request: isthmus.v1.ITestWithdrawalRequest): Promise<isthmus.v1.TestWithdrawalReply>;
              readonly name: "TestWithdrawal";
              readonly path: "/isthmus.v1.Control/TestWithdrawal";
              readonly requestType: "TestWithdrawalRequest";
              readonly responseType: "TestWithdrawalReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#takeSlice}.
             * @param error Error, if any
             * @param [response] Outcome
             */
            type TakeSliceCallback = (error: (Error|null), response?: isthmus.v1.Outcome) => void;

            /** Calls TakeSlice. */
            type TakeSlice = {
              (request: isthmus.v1.ITakeSliceRequest, callback: isthmus.v1.Control.TakeSliceCallback): void;
              (request: isthmus.v1.ITakeSliceRequest): Promise<isthmus.v1.Outcome>;
              readonly name: "TakeSlice";
              readonly path: "/isthmus.v1.Control/TakeSlice";
              readonly requestType: "TakeSliceRequest";
              readonly responseType: "Outcome";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#reload}.
             * @param error Error, if any
             * @param [response] ReloadReply
             */
            type ReloadCallback = (error: (Error|null), response?: isthmus.v1.ReloadReply) => void;

            /** Calls Reload. */
            type Reload = {
              (request: isthmus.v1.IReloadRequest, callback: isthmus.v1.Control.ReloadCallback): void;
              (request: isthmus.v1.IReloadRequest): Promise<isthmus.v1.ReloadReply>;
              readonly name: "Reload";
              readonly path: "/isthmus.v1.Control/Reload";
              readonly requestType: "ReloadRequest";
              readonly responseType: "ReloadReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#listEvents}.
             * @param error Error, if any
             * @param [response] Event
             */
            type ListEventsCallback = (error: (Error|null), response?: isthmus.v1.Event) => void;

            /** Calls ListEvents. */
            type ListEvents = {
              (request: isthmus.v1.IEventsRequest, callback: isthmus.v1.Control.ListEventsCallback): void;
              (request: isthmus.v1.IEventsRequest): Promise<isthmus.v1.Event>;
              readonly name: "ListEvents";
              readonly path: "/isthmus.v1.Control/ListEvents";
              readonly requestType: "EventsRequest";
              readonly responseType: "Event";
              readonly requestStream: undefined;
              readonly responseStream: true;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#searchLog}.
             * @param error Error, if any
             * @param [response] LogFindings
             */
            type SearchLogCallback = (error: (Error|null), response?: isthmus.v1.LogFindings) => void;

            /** Calls SearchLog. */
            type SearchLog = {
              (request: isthmus.v1.ILogQuestion, callback: isthmus.v1.Control.SearchLogCallback): void;
              (request: isthmus.v1.ILogQuestion): Promise<isthmus.v1.LogFindings>;
              readonly name: "SearchLog";
              readonly path: "/isthmus.v1.Control/SearchLog";
              readonly requestType: "LogQuestion";
              readonly responseType: "LogFindings";
              readonly requestStream: undefined;
              readonly responseStream: true;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#loadForeign}.
             * @param error Error, if any
             * @param [response] LoadForeignReply
             */
            type LoadForeignCallback = (error: (Error|null), response?: isthmus.v1.LoadForeignReply) => void;

            /** Calls LoadForeign. */
            type LoadForeign = {
              (request: isthmus.v1.ILoadForeignRequest, callback: isthmus.v1.Control.LoadForeignCallback): void;
              (request: isthmus.v1.ILoadForeignRequest): Promise<isthmus.v1.LoadForeignReply>;
              readonly name: "LoadForeign";
              readonly path: "/isthmus.v1.Control/LoadForeign";
              readonly requestType: "LoadForeignRequest";
              readonly responseType: "LoadForeignReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#changeAdoption}.
             * @param error Error, if any
             * @param [response] Outcome
             */
            type ChangeAdoptionCallback = (error: (Error|null), response?: isthmus.v1.Outcome) => void;

            /** Calls ChangeAdoption. */
            type ChangeAdoption = {
              (request: isthmus.v1.IChangeAdoptionRequest, callback: isthmus.v1.Control.ChangeAdoptionCallback): void;
              (request: isthmus.v1.IChangeAdoptionRequest): Promise<isthmus.v1.Outcome>;
              readonly name: "ChangeAdoption";
              readonly path: "/isthmus.v1.Control/ChangeAdoption";
              readonly requestType: "ChangeAdoptionRequest";
              readonly responseType: "Outcome";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#holdDrill}.
             * @param error Error, if any
             * @param [response] DrillBeat
             */
            type HoldDrillCallback = (error: (Error|null), response?: isthmus.v1.DrillBeat) => void;

            /** Calls HoldDrill. */
            type HoldDrill = {
              (request: isthmus.v1.IDrillHoldRequest, callback: isthmus.v1.Control.HoldDrillCallback): void;
              (request: isthmus.v1.IDrillHoldRequest): Promise<isthmus.v1.DrillBeat>;
              readonly name: "HoldDrill";
              readonly path: "/isthmus.v1.Control/HoldDrill";
              readonly requestType: "DrillHoldRequest";
              readonly responseType: "DrillBeat";
              readonly requestStream: undefined;
              readonly responseStream: true;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#drillStep}.
             * @param error Error, if any
             * @param [response] Outcome
             */
            type DrillStepCallback = (error: (Error|null), response?: isthmus.v1.Outcome) => void;

            /** Calls DrillStep. */
            type DrillStep = {
              (request: isthmus.v1.IDrillStepRequest, callback: isthmus.v1.Control.DrillStepCallback): void;
              (request: isthmus.v1.IDrillStepRequest): Promise<isthmus.v1.Outcome>;
              readonly name: "DrillStep";
              readonly path: "/isthmus.v1.Control/DrillStep";
              readonly requestType: "DrillStepRequest";
              readonly responseType: "Outcome";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#getConfiguration}.
             * @param error Error, if any
             * @param [response] ConfigurationReply
             */
            type GetConfigurationCallback = (error: (Error|null), response?: isthmus.v1.ConfigurationReply) => void;

            /** Calls GetConfiguration. */
            type GetConfiguration = {
              (request: isthmus.v1.IConfigurationRequest, callback: isthmus.v1.Control.GetConfigurationCallback): void;
              (request: isthmus.v1.IConfigurationRequest): Promise<isthmus.v1.ConfigurationReply>;
              readonly name: "GetConfiguration";
              readonly path: "/isthmus.v1.Control/GetConfiguration";
              readonly requestType: "ConfigurationRequest";
              readonly responseType: "ConfigurationReply";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link isthmus.v1.Control#callPeer}.
             * @param error Error, if any
             * @param [response] PeerCallReply
             */
            type CallPeerCallback = (error: (Error|null), response?: isthmus.v1.PeerCallReply) => void;

            /** Calls CallPeer. */
            type CallPeer = {
              (request: isthmus.v1.IPeerCallRequest, callback: isthmus.v1.Control.CallPeerCallback): void;
              (request: isthmus.v1.IPeerCallRequest): Promise<isthmus.v1.PeerCallReply>;
              readonly name: "CallPeer";
              readonly path: "/isthmus.v1.Control/CallPeer";
              readonly requestType: "PeerCallRequest";
              readonly responseType: "PeerCallReply";
              readonly requestStream: undefined;
              readonly responseStream: true;
            };
        }

        /**
         * Properties of a ConfigurationRequest.
         * @deprecated Use isthmus.v1.ConfigurationRequest.$Properties instead.
         */
        interface IConfigurationRequest extends isthmus.v1.ConfigurationRequest.$Properties {
        }

        /** Represents a ConfigurationRequest. */
        class ConfigurationRequest {

            /**
             * Constructs a new ConfigurationRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ConfigurationRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ConfigurationRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConfigurationRequest instance
             */
            static create(properties: isthmus.v1.ConfigurationRequest.$Shape): isthmus.v1.ConfigurationRequest & isthmus.v1.ConfigurationRequest.$Shape;
            static create(properties?: isthmus.v1.ConfigurationRequest.$Properties): isthmus.v1.ConfigurationRequest;

            /**
             * Encodes the specified ConfigurationRequest message. Does not implicitly {@link isthmus.v1.ConfigurationRequest.verify|verify} messages.
             * @param message ConfigurationRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ConfigurationRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigurationRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ConfigurationRequest & isthmus.v1.ConfigurationRequest.$Shape} ConfigurationRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ConfigurationRequest & isthmus.v1.ConfigurationRequest.$Shape;
        }

        namespace ConfigurationRequest {

            /** Properties of a ConfigurationRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConfigurationRequest. */
            type $Shape = isthmus.v1.ConfigurationRequest.$Properties;
        }

        /**
         * Properties of a ConfigurationReply.
         * @deprecated Use isthmus.v1.ConfigurationReply.$Properties instead.
         */
        interface IConfigurationReply extends isthmus.v1.ConfigurationReply.$Properties {
        }

        /** Represents a ConfigurationReply. */
        class ConfigurationReply {

            /**
             * Constructs a new ConfigurationReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ConfigurationReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConfigurationReply revision. */
            revision: string;

            /** ConfigurationReply text. */
            text: string;

            /** ConfigurationReply omitted. */
            omitted: string[];

            /** ConfigurationReply versions. */
            versions: isthmus.v1.Version.$Properties[];

            /** ConfigurationReply noDrill. */
            noDrill: string;

            /** ConfigurationReply file. */
            file: string;

            /**
             * Creates a new ConfigurationReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConfigurationReply instance
             */
            static create(properties: isthmus.v1.ConfigurationReply.$Shape): isthmus.v1.ConfigurationReply & isthmus.v1.ConfigurationReply.$Shape;
            static create(properties?: isthmus.v1.ConfigurationReply.$Properties): isthmus.v1.ConfigurationReply;

            /**
             * Encodes the specified ConfigurationReply message. Does not implicitly {@link isthmus.v1.ConfigurationReply.verify|verify} messages.
             * @param message ConfigurationReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ConfigurationReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigurationReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ConfigurationReply & isthmus.v1.ConfigurationReply.$Shape} ConfigurationReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ConfigurationReply & isthmus.v1.ConfigurationReply.$Shape;
        }

        namespace ConfigurationReply {

            /** Properties of a ConfigurationReply. */
            interface $Properties {

                /** ConfigurationReply revision */
                revision?: (string|null);

                /** ConfigurationReply text */
                text?: (string|null);

                /** ConfigurationReply omitted */
                omitted?: (string[]|null);

                /** ConfigurationReply versions */
                versions?: (isthmus.v1.Version.$Properties[]|null);

                /** ConfigurationReply noDrill */
                noDrill?: (string|null);

                /** ConfigurationReply file */
                file?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConfigurationReply. */
            type $Shape = isthmus.v1.ConfigurationReply.$Properties;
        }

        /**
         * Properties of a Version.
         * @deprecated Use isthmus.v1.Version.$Properties instead.
         */
        interface IVersion extends isthmus.v1.Version.$Properties {
        }

        /** Represents a Version. */
        class Version {

            /**
             * Constructs a new Version.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.Version.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Version of. */
            of: string;

            /** Version version. */
            version: string;

            /**
             * Creates a new Version instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Version instance
             */
            static create(properties: isthmus.v1.Version.$Shape): isthmus.v1.Version & isthmus.v1.Version.$Shape;
            static create(properties?: isthmus.v1.Version.$Properties): isthmus.v1.Version;

            /**
             * Encodes the specified Version message. Does not implicitly {@link isthmus.v1.Version.verify|verify} messages.
             * @param message Version message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.Version.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Version message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.Version & isthmus.v1.Version.$Shape} Version
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.Version & isthmus.v1.Version.$Shape;
        }

        namespace Version {

            /** Properties of a Version. */
            interface $Properties {

                /** Version of */
                of?: (string|null);

                /** Version version */
                version?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Version. */
            type $Shape = isthmus.v1.Version.$Properties;
        }

        /**
         * Properties of a DrillHoldRequest.
         * @deprecated Use isthmus.v1.DrillHoldRequest.$Properties instead.
         */
        interface IDrillHoldRequest extends isthmus.v1.DrillHoldRequest.$Properties {
        }

        /** Represents a DrillHoldRequest. */
        class DrillHoldRequest {

            /**
             * Constructs a new DrillHoldRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.DrillHoldRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DrillHoldRequest run. */
            run: string;

            /** DrillHoldRequest drill. */
            drill: string;

            /**
             * Creates a new DrillHoldRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DrillHoldRequest instance
             */
            static create(properties: isthmus.v1.DrillHoldRequest.$Shape): isthmus.v1.DrillHoldRequest & isthmus.v1.DrillHoldRequest.$Shape;
            static create(properties?: isthmus.v1.DrillHoldRequest.$Properties): isthmus.v1.DrillHoldRequest;

            /**
             * Encodes the specified DrillHoldRequest message. Does not implicitly {@link isthmus.v1.DrillHoldRequest.verify|verify} messages.
             * @param message DrillHoldRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.DrillHoldRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DrillHoldRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.DrillHoldRequest & isthmus.v1.DrillHoldRequest.$Shape} DrillHoldRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.DrillHoldRequest & isthmus.v1.DrillHoldRequest.$Shape;
        }

        namespace DrillHoldRequest {

            /** Properties of a DrillHoldRequest. */
            interface $Properties {

                /** DrillHoldRequest run */
                run?: (string|null);

                /** DrillHoldRequest drill */
                drill?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DrillHoldRequest. */
            type $Shape = isthmus.v1.DrillHoldRequest.$Properties;
        }

        /**
         * Properties of a DrillBeat.
         * @deprecated Use isthmus.v1.DrillBeat.$Properties instead.
         */
        interface IDrillBeat extends isthmus.v1.DrillBeat.$Properties {
        }

        /** Represents a DrillBeat. */
        class DrillBeat {

            /**
             * Constructs a new DrillBeat.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.DrillBeat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DrillBeat time. */
            time: number;

            /** DrillBeat changed. */
            changed: string[];

            /**
             * Creates a new DrillBeat instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DrillBeat instance
             */
            static create(properties: isthmus.v1.DrillBeat.$Shape): isthmus.v1.DrillBeat & isthmus.v1.DrillBeat.$Shape;
            static create(properties?: isthmus.v1.DrillBeat.$Properties): isthmus.v1.DrillBeat;

            /**
             * Encodes the specified DrillBeat message. Does not implicitly {@link isthmus.v1.DrillBeat.verify|verify} messages.
             * @param message DrillBeat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.DrillBeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DrillBeat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.DrillBeat & isthmus.v1.DrillBeat.$Shape} DrillBeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.DrillBeat & isthmus.v1.DrillBeat.$Shape;
        }

        namespace DrillBeat {

            /** Properties of a DrillBeat. */
            interface $Properties {

                /** DrillBeat time */
                time?: (number|null);

                /** DrillBeat changed */
                changed?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DrillBeat. */
            type $Shape = isthmus.v1.DrillBeat.$Properties;
        }

        /**
         * Properties of a DrillStepRequest.
         * @deprecated Use isthmus.v1.DrillStepRequest.$Properties instead.
         */
        interface IDrillStepRequest extends isthmus.v1.DrillStepRequest.$Properties {
        }

        /** Represents a DrillStepRequest. */
        class DrillStepRequest {

            /**
             * Constructs a new DrillStepRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.DrillStepRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DrillStepRequest run. */
            run: string;

            /** DrillStepRequest action. */
            action: string;

            /** DrillStepRequest link. */
            link: string;

            /** DrillStepRequest direction. */
            direction: string;

            /** DrillStepRequest daemon. */
            daemon: string;

            /** DrillStepRequest milliseconds. */
            milliseconds: number;

            /**
             * Creates a new DrillStepRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DrillStepRequest instance
             */
            static create(properties: isthmus.v1.DrillStepRequest.$Shape): isthmus.v1.DrillStepRequest & isthmus.v1.DrillStepRequest.$Shape;
            static create(properties?: isthmus.v1.DrillStepRequest.$Properties): isthmus.v1.DrillStepRequest;

            /**
             * Encodes the specified DrillStepRequest message. Does not implicitly {@link isthmus.v1.DrillStepRequest.verify|verify} messages.
             * @param message DrillStepRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.DrillStepRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DrillStepRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.DrillStepRequest & isthmus.v1.DrillStepRequest.$Shape} DrillStepRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.DrillStepRequest & isthmus.v1.DrillStepRequest.$Shape;
        }

        namespace DrillStepRequest {

            /** Properties of a DrillStepRequest. */
            interface $Properties {

                /** DrillStepRequest run */
                run?: (string|null);

                /** DrillStepRequest action */
                action?: (string|null);

                /** DrillStepRequest link */
                link?: (string|null);

                /** DrillStepRequest direction */
                direction?: (string|null);

                /** DrillStepRequest daemon */
                daemon?: (string|null);

                /** DrillStepRequest milliseconds */
                milliseconds?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DrillStepRequest. */
            type $Shape = isthmus.v1.DrillStepRequest.$Properties;
        }

        /**
         * Properties of a PeerCallRequest.
         * @deprecated Use isthmus.v1.PeerCallRequest.$Properties instead.
         */
        interface IPeerCallRequest extends isthmus.v1.PeerCallRequest.$Properties {
        }

        /** Represents a PeerCallRequest. */
        class PeerCallRequest {

            /**
             * Constructs a new PeerCallRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.PeerCallRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerCallRequest node. */
            node: string;

            /** PeerCallRequest method. */
            method: string;

            /** PeerCallRequest message. */
            message: Uint8Array;

            /** PeerCallRequest limitMs. */
            limitMs: number;

            /**
             * Creates a new PeerCallRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PeerCallRequest instance
             */
            static create(properties: isthmus.v1.PeerCallRequest.$Shape): isthmus.v1.PeerCallRequest & isthmus.v1.PeerCallRequest.$Shape;
            static create(properties?: isthmus.v1.PeerCallRequest.$Properties): isthmus.v1.PeerCallRequest;

            /**
             * Encodes the specified PeerCallRequest message. Does not implicitly {@link isthmus.v1.PeerCallRequest.verify|verify} messages.
             * @param message PeerCallRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.PeerCallRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerCallRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.PeerCallRequest & isthmus.v1.PeerCallRequest.$Shape} PeerCallRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.PeerCallRequest & isthmus.v1.PeerCallRequest.$Shape;
        }

        namespace PeerCallRequest {

            /** Properties of a PeerCallRequest. */
            interface $Properties {

                /** PeerCallRequest node */
                node?: (string|null);

                /** PeerCallRequest method */
                method?: (string|null);

                /** PeerCallRequest message */
                message?: (Uint8Array|null);

                /** PeerCallRequest limitMs */
                limitMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerCallRequest. */
            type $Shape = isthmus.v1.PeerCallRequest.$Properties;
        }

        /**
         * Properties of a PeerCallReply.
         * @deprecated Use isthmus.v1.PeerCallReply.$Properties instead.
         */
        interface IPeerCallReply extends isthmus.v1.PeerCallReply.$Properties {
        }

        /** Represents a PeerCallReply. */
        class PeerCallReply {

            /**
             * Constructs a new PeerCallReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.PeerCallReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerCallReply message. */
            message: Uint8Array;

            /**
             * Creates a new PeerCallReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PeerCallReply instance
             */
            static create(properties: isthmus.v1.PeerCallReply.$Shape): isthmus.v1.PeerCallReply & isthmus.v1.PeerCallReply.$Shape;
            static create(properties?: isthmus.v1.PeerCallReply.$Properties): isthmus.v1.PeerCallReply;

            /**
             * Encodes the specified PeerCallReply message. Does not implicitly {@link isthmus.v1.PeerCallReply.verify|verify} messages.
             * @param message PeerCallReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.PeerCallReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerCallReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.PeerCallReply & isthmus.v1.PeerCallReply.$Shape} PeerCallReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.PeerCallReply & isthmus.v1.PeerCallReply.$Shape;
        }

        namespace PeerCallReply {

            /** Properties of a PeerCallReply. */
            interface $Properties {

                /** PeerCallReply message */
                message?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerCallReply. */
            type $Shape = isthmus.v1.PeerCallReply.$Properties;
        }

        /**
         * Properties of a StatusRequest.
         * @deprecated Use isthmus.v1.StatusRequest.$Properties instead.
         */
        interface IStatusRequest extends isthmus.v1.StatusRequest.$Properties {
        }

        /** Represents a StatusRequest. */
        class StatusRequest {

            /**
             * Constructs a new StatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.StatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new StatusRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StatusRequest instance
             */
            static create(properties: isthmus.v1.StatusRequest.$Shape): isthmus.v1.StatusRequest & isthmus.v1.StatusRequest.$Shape;
            static create(properties?: isthmus.v1.StatusRequest.$Properties): isthmus.v1.StatusRequest;

            /**
             * Encodes the specified StatusRequest message. Does not implicitly {@link isthmus.v1.StatusRequest.verify|verify} messages.
             * @param message StatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.StatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.StatusRequest & isthmus.v1.StatusRequest.$Shape} StatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.StatusRequest & isthmus.v1.StatusRequest.$Shape;
        }

        namespace StatusRequest {

            /** Properties of a StatusRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StatusRequest. */
            type $Shape = isthmus.v1.StatusRequest.$Properties;
        }

        /**
         * Properties of a StatusReply.
         * @deprecated Use isthmus.v1.StatusReply.$Properties instead.
         */
        interface IStatusReply extends isthmus.v1.StatusReply.$Properties {
        }

        /** Represents a StatusReply. */
        class StatusReply {

            /**
             * Constructs a new StatusReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.StatusReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StatusReply cluster. */
            cluster: string;

            /** StatusReply node. */
            node: string;

            /** StatusReply health. */
            health: string;

            /** StatusReply problems. */
            problems: isthmus.v1.Problem.$Properties[];

            /** StatusReply nodes. */
            nodes: isthmus.v1.NodeStatus.$Properties[];

            /** StatusReply instances. */
            instances: isthmus.v1.InstanceStatus.$Properties[];

            /** StatusReply links. */
            links: isthmus.v1.LinkStatus.$Properties[];

            /** StatusReply announcements. */
            announcements: isthmus.v1.AnnouncementStatus.$Properties[];

            /** StatusReply checks. */
            checks: isthmus.v1.CheckStatus.$Properties[];

            /** StatusReply replication. */
            replication?: (isthmus.v1.ReplicationStatus.$Properties|null);

            /** StatusReply time. */
            time: number;

            /** StatusReply sessionChanges. */
            sessionChanges: isthmus.v1.SessionChanges.$Properties[];

            /** StatusReply natLog. */
            natLog: isthmus.v1.NatLogSink.$Properties[];

            /** StatusReply notify. */
            notify: isthmus.v1.NotifyTarget.$Properties[];

            /** StatusReply relay. */
            relay?: (isthmus.v1.RelayStatus.$Properties|null);

            /**
             * Creates a new StatusReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StatusReply instance
             */
            static create(properties: isthmus.v1.StatusReply.$Shape): isthmus.v1.StatusReply & isthmus.v1.StatusReply.$Shape;
            static create(properties?: isthmus.v1.StatusReply.$Properties): isthmus.v1.StatusReply;

            /**
             * Encodes the specified StatusReply message. Does not implicitly {@link isthmus.v1.StatusReply.verify|verify} messages.
             * @param message StatusReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.StatusReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StatusReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.StatusReply & isthmus.v1.StatusReply.$Shape} StatusReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.StatusReply & isthmus.v1.StatusReply.$Shape;
        }

        namespace StatusReply {

            /** Properties of a StatusReply. */
            interface $Properties {

                /** StatusReply cluster */
                cluster?: (string|null);

                /** StatusReply node */
                node?: (string|null);

                /** StatusReply health */
                health?: (string|null);

                /** StatusReply problems */
                problems?: (isthmus.v1.Problem.$Properties[]|null);

                /** StatusReply nodes */
                nodes?: (isthmus.v1.NodeStatus.$Properties[]|null);

                /** StatusReply instances */
                instances?: (isthmus.v1.InstanceStatus.$Properties[]|null);

                /** StatusReply links */
                links?: (isthmus.v1.LinkStatus.$Properties[]|null);

                /** StatusReply announcements */
                announcements?: (isthmus.v1.AnnouncementStatus.$Properties[]|null);

                /** StatusReply checks */
                checks?: (isthmus.v1.CheckStatus.$Properties[]|null);

                /** StatusReply replication */
                replication?: (isthmus.v1.ReplicationStatus.$Properties|null);

                /** StatusReply time */
                time?: (number|null);

                /** StatusReply sessionChanges */
                sessionChanges?: (isthmus.v1.SessionChanges.$Properties[]|null);

                /** StatusReply natLog */
                natLog?: (isthmus.v1.NatLogSink.$Properties[]|null);

                /** StatusReply notify */
                notify?: (isthmus.v1.NotifyTarget.$Properties[]|null);

                /** StatusReply relay */
                relay?: (isthmus.v1.RelayStatus.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StatusReply. */
            type $Shape = isthmus.v1.StatusReply.$Properties;
        }

        /**
         * Properties of a RelayStatus.
         * @deprecated Use isthmus.v1.RelayStatus.$Properties instead.
         */
        interface IRelayStatus extends isthmus.v1.RelayStatus.$Properties {
        }

        /** Represents a RelayStatus. */
        class RelayStatus {

            /**
             * Constructs a new RelayStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.RelayStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RelayStatus targets. */
            targets: isthmus.v1.RelayTarget.$Properties[];

            /** RelayStatus counters. */
            counters: isthmus.v1.Counter.$Properties[];

            /**
             * Creates a new RelayStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RelayStatus instance
             */
            static create(properties: isthmus.v1.RelayStatus.$Shape): isthmus.v1.RelayStatus & isthmus.v1.RelayStatus.$Shape;
            static create(properties?: isthmus.v1.RelayStatus.$Properties): isthmus.v1.RelayStatus;

            /**
             * Encodes the specified RelayStatus message. Does not implicitly {@link isthmus.v1.RelayStatus.verify|verify} messages.
             * @param message RelayStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.RelayStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RelayStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.RelayStatus & isthmus.v1.RelayStatus.$Shape} RelayStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.RelayStatus & isthmus.v1.RelayStatus.$Shape;
        }

        namespace RelayStatus {

            /** Properties of a RelayStatus. */
            interface $Properties {

                /** RelayStatus targets */
                targets?: (isthmus.v1.RelayTarget.$Properties[]|null);

                /** RelayStatus counters */
                counters?: (isthmus.v1.Counter.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RelayStatus. */
            type $Shape = isthmus.v1.RelayStatus.$Properties;
        }

        /**
         * Properties of a RelayTarget.
         * @deprecated Use isthmus.v1.RelayTarget.$Properties instead.
         */
        interface IRelayTarget extends isthmus.v1.RelayTarget.$Properties {
        }

        /** Represents a RelayTarget. */
        class RelayTarget {

            /**
             * Constructs a new RelayTarget.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.RelayTarget.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RelayTarget instance. */
            instance: string;

            /** RelayTarget node. */
            node: string;

            /** RelayTarget packets. */
            packets: number;

            /** RelayTarget since. */
            since: number;

            /**
             * Creates a new RelayTarget instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RelayTarget instance
             */
            static create(properties: isthmus.v1.RelayTarget.$Shape): isthmus.v1.RelayTarget & isthmus.v1.RelayTarget.$Shape;
            static create(properties?: isthmus.v1.RelayTarget.$Properties): isthmus.v1.RelayTarget;

            /**
             * Encodes the specified RelayTarget message. Does not implicitly {@link isthmus.v1.RelayTarget.verify|verify} messages.
             * @param message RelayTarget message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.RelayTarget.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RelayTarget message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.RelayTarget & isthmus.v1.RelayTarget.$Shape} RelayTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.RelayTarget & isthmus.v1.RelayTarget.$Shape;
        }

        namespace RelayTarget {

            /** Properties of a RelayTarget. */
            interface $Properties {

                /** RelayTarget instance */
                instance?: (string|null);

                /** RelayTarget node */
                node?: (string|null);

                /** RelayTarget packets */
                packets?: (number|null);

                /** RelayTarget since */
                since?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RelayTarget. */
            type $Shape = isthmus.v1.RelayTarget.$Properties;
        }

        /**
         * Properties of a Problem.
         * @deprecated Use isthmus.v1.Problem.$Properties instead.
         */
        interface IProblem extends isthmus.v1.Problem.$Properties {
        }

        /** Represents a Problem. */
        class Problem {

            /**
             * Constructs a new Problem.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.Problem.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Problem severity. */
            severity: string;

            /** Problem subject. */
            subject: string;

            /** Problem text. */
            text: string;

            /** Problem code. */
            code: string;

            /**
             * Creates a new Problem instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Problem instance
             */
            static create(properties: isthmus.v1.Problem.$Shape): isthmus.v1.Problem & isthmus.v1.Problem.$Shape;
            static create(properties?: isthmus.v1.Problem.$Properties): isthmus.v1.Problem;

            /**
             * Encodes the specified Problem message. Does not implicitly {@link isthmus.v1.Problem.verify|verify} messages.
             * @param message Problem message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.Problem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Problem message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.Problem & isthmus.v1.Problem.$Shape} Problem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.Problem & isthmus.v1.Problem.$Shape;
        }

        namespace Problem {

            /** Properties of a Problem. */
            interface $Properties {

                /** Problem severity */
                severity?: (string|null);

                /** Problem subject */
                subject?: (string|null);

                /** Problem text */
                text?: (string|null);

                /** Problem code */
                code?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Problem. */
            type $Shape = isthmus.v1.Problem.$Properties;
        }

        /**
         * Properties of a NodeStatus.
         * @deprecated Use isthmus.v1.NodeStatus.$Properties instead.
         */
        interface INodeStatus extends isthmus.v1.NodeStatus.$Properties {
        }

        /** Represents a NodeStatus. */
        class NodeStatus {

            /**
             * Constructs a new NodeStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.NodeStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeStatus name. */
            name: string;

            /** NodeStatus slot. */
            slot: number;

            /** NodeStatus self. */
            self: boolean;

            /** NodeStatus alive. */
            alive: boolean;

            /** NodeStatus state. */
            state: string;

            /** NodeStatus reason. */
            reason: string;

            /** NodeStatus since. */
            since: number;

            /** NodeStatus announcing. */
            announcing: boolean;

            /** NodeStatus epoch. */
            epoch: number;

            /** NodeStatus software. */
            software: string;

            /** NodeStatus revision. */
            revision: string;

            /** NodeStatus pid. */
            pid: number;

            /** NodeStatus started. */
            started: number;

            /** NodeStatus silentMs. */
            silentMs: number;

            /** NodeStatus framesMissing. */
            framesMissing: number;

            /** NodeStatus framesLost. */
            framesLost: number;

            /** NodeStatus gaps. */
            gaps: number;

            /** NodeStatus instances. */
            instances: isthmus.v1.NodeInstance.$Properties[];

            /** NodeStatus differs. */
            differs: string[];

            /** NodeStatus oneWay. */
            oneWay: boolean;

            /** NodeStatus upstreamDown. */
            upstreamDown: boolean;

            /** NodeStatus links. */
            links: isthmus.v1.NodeLink.$Properties[];

            /** NodeStatus announcements. */
            announcements: isthmus.v1.AnnouncementStatus.$Properties[];

            /** NodeStatus replicas. */
            replicas: isthmus.v1.NodeReplica.$Properties[];

            /** NodeStatus lagMs. */
            lagMs: number;

            /** NodeStatus paused. */
            paused: string;

            /** NodeStatus clockAheadMs. */
            clockAheadMs: number;

            /**
             * Creates a new NodeStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeStatus instance
             */
            static create(properties: isthmus.v1.NodeStatus.$Shape): isthmus.v1.NodeStatus & isthmus.v1.NodeStatus.$Shape;
            static create(properties?: isthmus.v1.NodeStatus.$Properties): isthmus.v1.NodeStatus;

            /**
             * Encodes the specified NodeStatus message. Does not implicitly {@link isthmus.v1.NodeStatus.verify|verify} messages.
             * @param message NodeStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.NodeStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeStatus & isthmus.v1.NodeStatus.$Shape} NodeStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.NodeStatus & isthmus.v1.NodeStatus.$Shape;
        }

        namespace NodeStatus {

            /** Properties of a NodeStatus. */
            interface $Properties {

                /** NodeStatus name */
                name?: (string|null);

                /** NodeStatus slot */
                slot?: (number|null);

                /** NodeStatus self */
                self?: (boolean|null);

                /** NodeStatus alive */
                alive?: (boolean|null);

                /** NodeStatus state */
                state?: (string|null);

                /** NodeStatus reason */
                reason?: (string|null);

                /** NodeStatus since */
                since?: (number|null);

                /** NodeStatus announcing */
                announcing?: (boolean|null);

                /** NodeStatus epoch */
                epoch?: (number|null);

                /** NodeStatus software */
                software?: (string|null);

                /** NodeStatus revision */
                revision?: (string|null);

                /** NodeStatus pid */
                pid?: (number|null);

                /** NodeStatus started */
                started?: (number|null);

                /** NodeStatus silentMs */
                silentMs?: (number|null);

                /** NodeStatus framesMissing */
                framesMissing?: (number|null);

                /** NodeStatus framesLost */
                framesLost?: (number|null);

                /** NodeStatus gaps */
                gaps?: (number|null);

                /** NodeStatus instances */
                instances?: (isthmus.v1.NodeInstance.$Properties[]|null);

                /** NodeStatus differs */
                differs?: (string[]|null);

                /** NodeStatus oneWay */
                oneWay?: (boolean|null);

                /** NodeStatus upstreamDown */
                upstreamDown?: (boolean|null);

                /** NodeStatus links */
                links?: (isthmus.v1.NodeLink.$Properties[]|null);

                /** NodeStatus announcements */
                announcements?: (isthmus.v1.AnnouncementStatus.$Properties[]|null);

                /** NodeStatus replicas */
                replicas?: (isthmus.v1.NodeReplica.$Properties[]|null);

                /** NodeStatus lagMs */
                lagMs?: (number|null);

                /** NodeStatus paused */
                paused?: (string|null);

                /** NodeStatus clockAheadMs */
                clockAheadMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeStatus. */
            type $Shape = isthmus.v1.NodeStatus.$Properties;
        }

        /**
         * Properties of a SessionChanges.
         * @deprecated Use isthmus.v1.SessionChanges.$Properties instead.
         */
        interface ISessionChanges extends isthmus.v1.SessionChanges.$Properties {
        }

        /** Represents a SessionChanges. */
        class SessionChanges {

            /**
             * Constructs a new SessionChanges.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.SessionChanges.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SessionChanges upstream. */
            upstream: string;

            /** SessionChanges peer. */
            peer: string;

            /** SessionChanges kind. */
            kind: string;

            /** SessionChanges changes. */
            changes: number;

            /**
             * Creates a new SessionChanges instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SessionChanges instance
             */
            static create(properties: isthmus.v1.SessionChanges.$Shape): isthmus.v1.SessionChanges & isthmus.v1.SessionChanges.$Shape;
            static create(properties?: isthmus.v1.SessionChanges.$Properties): isthmus.v1.SessionChanges;

            /**
             * Encodes the specified SessionChanges message. Does not implicitly {@link isthmus.v1.SessionChanges.verify|verify} messages.
             * @param message SessionChanges message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.SessionChanges.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SessionChanges message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.SessionChanges & isthmus.v1.SessionChanges.$Shape} SessionChanges
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.SessionChanges & isthmus.v1.SessionChanges.$Shape;
        }

        namespace SessionChanges {

            /** Properties of a SessionChanges. */
            interface $Properties {

                /** SessionChanges upstream */
                upstream?: (string|null);

                /** SessionChanges peer */
                peer?: (string|null);

                /** SessionChanges kind */
                kind?: (string|null);

                /** SessionChanges changes */
                changes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SessionChanges. */
            type $Shape = isthmus.v1.SessionChanges.$Properties;
        }

        /**
         * Properties of a NodeLink.
         * @deprecated Use isthmus.v1.NodeLink.$Properties instead.
         */
        interface INodeLink extends isthmus.v1.NodeLink.$Properties {
        }

        /** Represents a NodeLink. */
        class NodeLink {

            /**
             * Constructs a new NodeLink.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.NodeLink.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeLink name. */
            name: string;

            /** NodeLink health. */
            health: string;

            /** NodeLink peers. */
            peers: isthmus.v1.LinkPeer.$Properties[];

            /**
             * Creates a new NodeLink instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeLink instance
             */
            static create(properties: isthmus.v1.NodeLink.$Shape): isthmus.v1.NodeLink & isthmus.v1.NodeLink.$Shape;
            static create(properties?: isthmus.v1.NodeLink.$Properties): isthmus.v1.NodeLink;

            /**
             * Encodes the specified NodeLink message. Does not implicitly {@link isthmus.v1.NodeLink.verify|verify} messages.
             * @param message NodeLink message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.NodeLink.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeLink message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeLink & isthmus.v1.NodeLink.$Shape} NodeLink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.NodeLink & isthmus.v1.NodeLink.$Shape;
        }

        namespace NodeLink {

            /** Properties of a NodeLink. */
            interface $Properties {

                /** NodeLink name */
                name?: (string|null);

                /** NodeLink health */
                health?: (string|null);

                /** NodeLink peers */
                peers?: (isthmus.v1.LinkPeer.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeLink. */
            type $Shape = isthmus.v1.NodeLink.$Properties;
        }

        /**
         * Properties of a NodeReplica.
         * @deprecated Use isthmus.v1.NodeReplica.$Properties instead.
         */
        interface INodeReplica extends isthmus.v1.NodeReplica.$Properties {
        }

        /** Represents a NodeReplica. */
        class NodeReplica {

            /**
             * Constructs a new NodeReplica.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.NodeReplica.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeReplica slot. */
            slot: number;

            /** NodeReplica instance. */
            instance: string;

            /** NodeReplica sessions. */
            sessions: number;

            /** NodeReplica sync. */
            sync: string;

            /**
             * Creates a new NodeReplica instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeReplica instance
             */
            static create(properties: isthmus.v1.NodeReplica.$Shape): isthmus.v1.NodeReplica & isthmus.v1.NodeReplica.$Shape;
            static create(properties?: isthmus.v1.NodeReplica.$Properties): isthmus.v1.NodeReplica;

            /**
             * Encodes the specified NodeReplica message. Does not implicitly {@link isthmus.v1.NodeReplica.verify|verify} messages.
             * @param message NodeReplica message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.NodeReplica.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeReplica message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeReplica & isthmus.v1.NodeReplica.$Shape} NodeReplica
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.NodeReplica & isthmus.v1.NodeReplica.$Shape;
        }

        namespace NodeReplica {

            /** Properties of a NodeReplica. */
            interface $Properties {

                /** NodeReplica slot */
                slot?: (number|null);

                /** NodeReplica instance */
                instance?: (string|null);

                /** NodeReplica sessions */
                sessions?: (number|null);

                /** NodeReplica sync */
                sync?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeReplica. */
            type $Shape = isthmus.v1.NodeReplica.$Properties;
        }

        /**
         * Properties of a NodeInstance.
         * @deprecated Use isthmus.v1.NodeInstance.$Properties instead.
         */
        interface INodeInstance extends isthmus.v1.NodeInstance.$Properties {
        }

        /** Represents a NodeInstance. */
        class NodeInstance {

            /**
             * Constructs a new NodeInstance.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.NodeInstance.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeInstance name. */
            name: string;

            /** NodeInstance ownSessions. */
            ownSessions: number;

            /** NodeInstance heldHere. */
            heldHere: number;

            /** NodeInstance sync. */
            sync: string;

            /** NodeInstance traffic. */
            traffic?: (isthmus.v1.Traffic.$Properties|null);

            /**
             * Creates a new NodeInstance instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeInstance instance
             */
            static create(properties: isthmus.v1.NodeInstance.$Shape): isthmus.v1.NodeInstance & isthmus.v1.NodeInstance.$Shape;
            static create(properties?: isthmus.v1.NodeInstance.$Properties): isthmus.v1.NodeInstance;

            /**
             * Encodes the specified NodeInstance message. Does not implicitly {@link isthmus.v1.NodeInstance.verify|verify} messages.
             * @param message NodeInstance message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.NodeInstance.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeInstance message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeInstance & isthmus.v1.NodeInstance.$Shape} NodeInstance
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.NodeInstance & isthmus.v1.NodeInstance.$Shape;
        }

        namespace NodeInstance {

            /** Properties of a NodeInstance. */
            interface $Properties {

                /** NodeInstance name */
                name?: (string|null);

                /** NodeInstance ownSessions */
                ownSessions?: (number|null);

                /** NodeInstance heldHere */
                heldHere?: (number|null);

                /** NodeInstance sync */
                sync?: (string|null);

                /** NodeInstance traffic */
                traffic?: (isthmus.v1.Traffic.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeInstance. */
            type $Shape = isthmus.v1.NodeInstance.$Properties;
        }

        /**
         * Properties of a Traffic.
         * @deprecated Use isthmus.v1.Traffic.$Properties instead.
         */
        interface ITraffic extends isthmus.v1.Traffic.$Properties {
        }

        /** Represents a Traffic. */
        class Traffic {

            /**
             * Constructs a new Traffic.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.Traffic.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Traffic bitsPerSecond. */
            bitsPerSecond: number;

            /** Traffic fastBitsPerSecond. */
            fastBitsPerSecond: number;

            /** Traffic packetsPerSecond. */
            packetsPerSecond: number;

            /** Traffic fastPacketsPerSecond. */
            fastPacketsPerSecond: number;

            /** Traffic newSessionsPerSecond. */
            newSessionsPerSecond: number;

            /** Traffic dropped. */
            dropped: number;

            /** Traffic topDrop. */
            topDrop: string;

            /** Traffic topDropCount. */
            topDropCount: number;

            /** Traffic answered. */
            answered: number;

            /** Traffic topAnswer. */
            topAnswer: string;

            /** Traffic topAnswerCount. */
            topAnswerCount: number;

            /** Traffic spanMs. */
            spanMs: number;

            /** Traffic poolSize. */
            poolSize: number;

            /** Traffic poolUsed. */
            poolUsed: number;

            /** Traffic worstSlice. */
            worstSlice: string;

            /** Traffic worstSliceSize. */
            worstSliceSize: number;

            /** Traffic worstSliceUsed. */
            worstSliceUsed: number;

            /** Traffic countedBytes. */
            countedBytes: number;

            /** Traffic countedFastBytes. */
            countedFastBytes: number;

            /** Traffic countedPackets. */
            countedPackets: number;

            /** Traffic countedSessions. */
            countedSessions: number;

            /** Traffic countedDrops. */
            countedDrops: number;

            /** Traffic countedTopDrop. */
            countedTopDrop: number;

            /** Traffic countedAnswers. */
            countedAnswers: number;

            /** Traffic countedTopAnswer. */
            countedTopAnswer: number;

            /**
             * Creates a new Traffic instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Traffic instance
             */
            static create(properties: isthmus.v1.Traffic.$Shape): isthmus.v1.Traffic & isthmus.v1.Traffic.$Shape;
            static create(properties?: isthmus.v1.Traffic.$Properties): isthmus.v1.Traffic;

            /**
             * Encodes the specified Traffic message. Does not implicitly {@link isthmus.v1.Traffic.verify|verify} messages.
             * @param message Traffic message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.Traffic.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Traffic message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.Traffic & isthmus.v1.Traffic.$Shape} Traffic
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.Traffic & isthmus.v1.Traffic.$Shape;
        }

        namespace Traffic {

            /** Properties of a Traffic. */
            interface $Properties {

                /** Traffic bitsPerSecond */
                bitsPerSecond?: (number|null);

                /** Traffic fastBitsPerSecond */
                fastBitsPerSecond?: (number|null);

                /** Traffic packetsPerSecond */
                packetsPerSecond?: (number|null);

                /** Traffic fastPacketsPerSecond */
                fastPacketsPerSecond?: (number|null);

                /** Traffic newSessionsPerSecond */
                newSessionsPerSecond?: (number|null);

                /** Traffic dropped */
                dropped?: (number|null);

                /** Traffic topDrop */
                topDrop?: (string|null);

                /** Traffic topDropCount */
                topDropCount?: (number|null);

                /** Traffic answered */
                answered?: (number|null);

                /** Traffic topAnswer */
                topAnswer?: (string|null);

                /** Traffic topAnswerCount */
                topAnswerCount?: (number|null);

                /** Traffic spanMs */
                spanMs?: (number|null);

                /** Traffic poolSize */
                poolSize?: (number|null);

                /** Traffic poolUsed */
                poolUsed?: (number|null);

                /** Traffic worstSlice */
                worstSlice?: (string|null);

                /** Traffic worstSliceSize */
                worstSliceSize?: (number|null);

                /** Traffic worstSliceUsed */
                worstSliceUsed?: (number|null);

                /** Traffic countedBytes */
                countedBytes?: (number|null);

                /** Traffic countedFastBytes */
                countedFastBytes?: (number|null);

                /** Traffic countedPackets */
                countedPackets?: (number|null);

                /** Traffic countedSessions */
                countedSessions?: (number|null);

                /** Traffic countedDrops */
                countedDrops?: (number|null);

                /** Traffic countedTopDrop */
                countedTopDrop?: (number|null);

                /** Traffic countedAnswers */
                countedAnswers?: (number|null);

                /** Traffic countedTopAnswer */
                countedTopAnswer?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Traffic. */
            type $Shape = isthmus.v1.Traffic.$Properties;
        }

        /**
         * Properties of a PoolSlice.
         * @deprecated Use isthmus.v1.PoolSlice.$Properties instead.
         */
        interface IPoolSlice extends isthmus.v1.PoolSlice.$Properties {
        }

        /** Represents a PoolSlice. */
        class PoolSlice {

            /**
             * Constructs a new PoolSlice.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.PoolSlice.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PoolSlice prefix. */
            prefix: string;

            /** PoolSlice protocol. */
            protocol: string;

            /** PoolSlice slot. */
            slot: number;

            /** PoolSlice firstPort. */
            firstPort: number;

            /** PoolSlice lastPort. */
            lastPort: number;

            /** PoolSlice size. */
            size: number;

            /** PoolSlice used. */
            used: number;

            /**
             * Creates a new PoolSlice instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PoolSlice instance
             */
            static create(properties: isthmus.v1.PoolSlice.$Shape): isthmus.v1.PoolSlice & isthmus.v1.PoolSlice.$Shape;
            static create(properties?: isthmus.v1.PoolSlice.$Properties): isthmus.v1.PoolSlice;

            /**
             * Encodes the specified PoolSlice message. Does not implicitly {@link isthmus.v1.PoolSlice.verify|verify} messages.
             * @param message PoolSlice message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.PoolSlice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PoolSlice message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.PoolSlice & isthmus.v1.PoolSlice.$Shape} PoolSlice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.PoolSlice & isthmus.v1.PoolSlice.$Shape;
        }

        namespace PoolSlice {

            /** Properties of a PoolSlice. */
            interface $Properties {

                /** PoolSlice prefix */
                prefix?: (string|null);

                /** PoolSlice protocol */
                protocol?: (string|null);

                /** PoolSlice slot */
                slot?: (number|null);

                /** PoolSlice firstPort */
                firstPort?: (number|null);

                /** PoolSlice lastPort */
                lastPort?: (number|null);

                /** PoolSlice size */
                size?: (number|null);

                /** PoolSlice used */
                used?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PoolSlice. */
            type $Shape = isthmus.v1.PoolSlice.$Properties;
        }

        /**
         * Properties of an InstanceStatus.
         * @deprecated Use isthmus.v1.InstanceStatus.$Properties instead.
         */
        interface IInstanceStatus extends isthmus.v1.InstanceStatus.$Properties {
        }

        /** Represents an InstanceStatus. */
        class InstanceStatus {

            /**
             * Constructs a new InstanceStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.InstanceStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InstanceStatus name. */
            name: string;

            /** InstanceStatus kind. */
            kind: string;

            /** InstanceStatus state. */
            state: string;

            /** InstanceStatus reason. */
            reason: string;

            /** InstanceStatus namespace. */
            namespace: string;

            /** InstanceStatus tun. */
            tun: string;

            /** InstanceStatus pool6. */
            pool6: string[];

            /** InstanceStatus sessions. */
            sessions: number;

            /** InstanceStatus ownSessions. */
            ownSessions: number;

            /** InstanceStatus replicaSessions. */
            replicaSessions: number;

            /** InstanceStatus bibEntries. */
            bibEntries: number;

            /** InstanceStatus heartbeatAgeMs. */
            heartbeatAgeMs: number;

            /** InstanceStatus preferredNodes. */
            preferredNodes: string[];

            /** InstanceStatus counters. */
            counters: isthmus.v1.Counter.$Properties[];

            /** InstanceStatus tunOffloads. */
            tunOffloads: string[];

            /** InstanceStatus interfaceOffloads. */
            interfaceOffloads: string[];

            /** InstanceStatus fastPath. */
            fastPath: string;

            /** InstanceStatus shards. */
            shards: isthmus.v1.ShardStatus.$Properties[];

            /** InstanceStatus queues. */
            queues: string;

            /** InstanceStatus stalledMs. */
            stalledMs: number;

            /** InstanceStatus traffic. */
            traffic?: (isthmus.v1.Traffic.$Properties|null);

            /** InstanceStatus pool. */
            pool: isthmus.v1.PoolSlice.$Properties[];

            /** InstanceStatus adoption. */
            adoption?: (isthmus.v1.AdoptionStatus.$Properties|null);

            /** InstanceStatus exported. */
            exported?: (isthmus.v1.ExportStatus.$Properties|null);

            /** InstanceStatus sessionLimit. */
            sessionLimit: number;

            /** InstanceStatus bibLimit. */
            bibLimit: number;

            /** InstanceStatus workerCpuMs. */
            workerCpuMs: number[];

            /** InstanceStatus straySessions. */
            straySessions: number;

            /**
             * Creates a new InstanceStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InstanceStatus instance
             */
            static create(properties: isthmus.v1.InstanceStatus.$Shape): isthmus.v1.InstanceStatus & isthmus.v1.InstanceStatus.$Shape;
            static create(properties?: isthmus.v1.InstanceStatus.$Properties): isthmus.v1.InstanceStatus;

            /**
             * Encodes the specified InstanceStatus message. Does not implicitly {@link isthmus.v1.InstanceStatus.verify|verify} messages.
             * @param message InstanceStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.InstanceStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InstanceStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.InstanceStatus & isthmus.v1.InstanceStatus.$Shape} InstanceStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.InstanceStatus & isthmus.v1.InstanceStatus.$Shape;
        }

        namespace InstanceStatus {

            /** Properties of an InstanceStatus. */
            interface $Properties {

                /** InstanceStatus name */
                name?: (string|null);

                /** InstanceStatus kind */
                kind?: (string|null);

                /** InstanceStatus state */
                state?: (string|null);

                /** InstanceStatus reason */
                reason?: (string|null);

                /** InstanceStatus namespace */
                namespace?: (string|null);

                /** InstanceStatus tun */
                tun?: (string|null);

                /** InstanceStatus pool6 */
                pool6?: (string[]|null);

                /** InstanceStatus sessions */
                sessions?: (number|null);

                /** InstanceStatus ownSessions */
                ownSessions?: (number|null);

                /** InstanceStatus replicaSessions */
                replicaSessions?: (number|null);

                /** InstanceStatus bibEntries */
                bibEntries?: (number|null);

                /** InstanceStatus heartbeatAgeMs */
                heartbeatAgeMs?: (number|null);

                /** InstanceStatus preferredNodes */
                preferredNodes?: (string[]|null);

                /** InstanceStatus counters */
                counters?: (isthmus.v1.Counter.$Properties[]|null);

                /** InstanceStatus tunOffloads */
                tunOffloads?: (string[]|null);

                /** InstanceStatus interfaceOffloads */
                interfaceOffloads?: (string[]|null);

                /** InstanceStatus fastPath */
                fastPath?: (string|null);

                /** InstanceStatus shards */
                shards?: (isthmus.v1.ShardStatus.$Properties[]|null);

                /** InstanceStatus queues */
                queues?: (string|null);

                /** InstanceStatus stalledMs */
                stalledMs?: (number|null);

                /** InstanceStatus traffic */
                traffic?: (isthmus.v1.Traffic.$Properties|null);

                /** InstanceStatus pool */
                pool?: (isthmus.v1.PoolSlice.$Properties[]|null);

                /** InstanceStatus adoption */
                adoption?: (isthmus.v1.AdoptionStatus.$Properties|null);

                /** InstanceStatus exported */
                exported?: (isthmus.v1.ExportStatus.$Properties|null);

                /** InstanceStatus sessionLimit */
                sessionLimit?: (number|null);

                /** InstanceStatus bibLimit */
                bibLimit?: (number|null);

                /** InstanceStatus workerCpuMs */
                workerCpuMs?: (number[]|null);

                /** InstanceStatus straySessions */
                straySessions?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InstanceStatus. */
            type $Shape = isthmus.v1.InstanceStatus.$Properties;
        }

        /**
         * Properties of an AdoptionStatus.
         * @deprecated Use isthmus.v1.AdoptionStatus.$Properties instead.
         */
        interface IAdoptionStatus extends isthmus.v1.AdoptionStatus.$Properties {
        }

        /** Represents an AdoptionStatus. */
        class AdoptionStatus {

            /**
             * Constructs a new AdoptionStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.AdoptionStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AdoptionStatus place. */
            place: string;

            /** AdoptionStatus state. */
            state: string;

            /** AdoptionStatus reason. */
            reason: string;

            /** AdoptionStatus datagrams. */
            datagrams: number;

            /** AdoptionStatus records. */
            records: number;

            /** AdoptionStatus held. */
            held: number;

            /** AdoptionStatus silentMs. */
            silentMs: number;

            /** AdoptionStatus refused. */
            refused: isthmus.v1.Counter.$Properties[];

            /**
             * Creates a new AdoptionStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AdoptionStatus instance
             */
            static create(properties: isthmus.v1.AdoptionStatus.$Shape): isthmus.v1.AdoptionStatus & isthmus.v1.AdoptionStatus.$Shape;
            static create(properties?: isthmus.v1.AdoptionStatus.$Properties): isthmus.v1.AdoptionStatus;

            /**
             * Encodes the specified AdoptionStatus message. Does not implicitly {@link isthmus.v1.AdoptionStatus.verify|verify} messages.
             * @param message AdoptionStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.AdoptionStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AdoptionStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.AdoptionStatus & isthmus.v1.AdoptionStatus.$Shape} AdoptionStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.AdoptionStatus & isthmus.v1.AdoptionStatus.$Shape;
        }

        namespace AdoptionStatus {

            /** Properties of an AdoptionStatus. */
            interface $Properties {

                /** AdoptionStatus place */
                place?: (string|null);

                /** AdoptionStatus state */
                state?: (string|null);

                /** AdoptionStatus reason */
                reason?: (string|null);

                /** AdoptionStatus datagrams */
                datagrams?: (number|null);

                /** AdoptionStatus records */
                records?: (number|null);

                /** AdoptionStatus held */
                held?: (number|null);

                /** AdoptionStatus silentMs */
                silentMs?: (number|null);

                /** AdoptionStatus refused */
                refused?: (isthmus.v1.Counter.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AdoptionStatus. */
            type $Shape = isthmus.v1.AdoptionStatus.$Properties;
        }

        /**
         * Properties of an ExportStatus.
         * @deprecated Use isthmus.v1.ExportStatus.$Properties instead.
         */
        interface IExportStatus extends isthmus.v1.ExportStatus.$Properties {
        }

        /** Represents an ExportStatus. */
        class ExportStatus {

            /**
             * Constructs a new ExportStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ExportStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ExportStatus place. */
            place: string;

            /** ExportStatus format. */
            format: string;

            /** ExportStatus state. */
            state: string;

            /** ExportStatus reason. */
            reason: string;

            /** ExportStatus datagrams. */
            datagrams: number;

            /** ExportStatus records. */
            records: number;

            /** ExportStatus waiting. */
            waiting: number;

            /** ExportStatus lost. */
            lost: number;

            /**
             * Creates a new ExportStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ExportStatus instance
             */
            static create(properties: isthmus.v1.ExportStatus.$Shape): isthmus.v1.ExportStatus & isthmus.v1.ExportStatus.$Shape;
            static create(properties?: isthmus.v1.ExportStatus.$Properties): isthmus.v1.ExportStatus;

            /**
             * Encodes the specified ExportStatus message. Does not implicitly {@link isthmus.v1.ExportStatus.verify|verify} messages.
             * @param message ExportStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ExportStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ExportStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ExportStatus & isthmus.v1.ExportStatus.$Shape} ExportStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ExportStatus & isthmus.v1.ExportStatus.$Shape;
        }

        namespace ExportStatus {

            /** Properties of an ExportStatus. */
            interface $Properties {

                /** ExportStatus place */
                place?: (string|null);

                /** ExportStatus format */
                format?: (string|null);

                /** ExportStatus state */
                state?: (string|null);

                /** ExportStatus reason */
                reason?: (string|null);

                /** ExportStatus datagrams */
                datagrams?: (number|null);

                /** ExportStatus records */
                records?: (number|null);

                /** ExportStatus waiting */
                waiting?: (number|null);

                /** ExportStatus lost */
                lost?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ExportStatus. */
            type $Shape = isthmus.v1.ExportStatus.$Properties;
        }

        /**
         * Properties of a ShardStatus.
         * @deprecated Use isthmus.v1.ShardStatus.$Properties instead.
         */
        interface IShardStatus extends isthmus.v1.ShardStatus.$Properties {
        }

        /** Represents a ShardStatus. */
        class ShardStatus {

            /**
             * Constructs a new ShardStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ShardStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ShardStatus sessions. */
            sessions: number;

            /** ShardStatus packets. */
            packets: number;

            /** ShardStatus handedOver. */
            handedOver: number;

            /**
             * Creates a new ShardStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ShardStatus instance
             */
            static create(properties: isthmus.v1.ShardStatus.$Shape): isthmus.v1.ShardStatus & isthmus.v1.ShardStatus.$Shape;
            static create(properties?: isthmus.v1.ShardStatus.$Properties): isthmus.v1.ShardStatus;

            /**
             * Encodes the specified ShardStatus message. Does not implicitly {@link isthmus.v1.ShardStatus.verify|verify} messages.
             * @param message ShardStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ShardStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ShardStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ShardStatus & isthmus.v1.ShardStatus.$Shape} ShardStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ShardStatus & isthmus.v1.ShardStatus.$Shape;
        }

        namespace ShardStatus {

            /** Properties of a ShardStatus. */
            interface $Properties {

                /** ShardStatus sessions */
                sessions?: (number|null);

                /** ShardStatus packets */
                packets?: (number|null);

                /** ShardStatus handedOver */
                handedOver?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ShardStatus. */
            type $Shape = isthmus.v1.ShardStatus.$Properties;
        }

        /**
         * Properties of a Counter.
         * @deprecated Use isthmus.v1.Counter.$Properties instead.
         */
        interface ICounter extends isthmus.v1.Counter.$Properties {
        }

        /** Represents a Counter. */
        class Counter {

            /**
             * Constructs a new Counter.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.Counter.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Counter name. */
            name: string;

            /** Counter kind. */
            kind: string;

            /** Counter value. */
            value: number;

            /** Counter help. */
            help: string;

            /**
             * Creates a new Counter instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Counter instance
             */
            static create(properties: isthmus.v1.Counter.$Shape): isthmus.v1.Counter & isthmus.v1.Counter.$Shape;
            static create(properties?: isthmus.v1.Counter.$Properties): isthmus.v1.Counter;

            /**
             * Encodes the specified Counter message. Does not implicitly {@link isthmus.v1.Counter.verify|verify} messages.
             * @param message Counter message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.Counter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Counter message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.Counter & isthmus.v1.Counter.$Shape} Counter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.Counter & isthmus.v1.Counter.$Shape;
        }

        namespace Counter {

            /** Properties of a Counter. */
            interface $Properties {

                /** Counter name */
                name?: (string|null);

                /** Counter kind */
                kind?: (string|null);

                /** Counter value */
                value?: (number|null);

                /** Counter help */
                help?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Counter. */
            type $Shape = isthmus.v1.Counter.$Properties;
        }

        /**
         * Properties of a LinkStatus.
         * @deprecated Use isthmus.v1.LinkStatus.$Properties instead.
         */
        interface ILinkStatus extends isthmus.v1.LinkStatus.$Properties {
        }

        /** Represents a LinkStatus. */
        class LinkStatus {

            /**
             * Constructs a new LinkStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.LinkStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LinkStatus name. */
            name: string;

            /** LinkStatus health. */
            health: string;

            /** LinkStatus problem. */
            problem: string;

            /** LinkStatus framesIn. */
            framesIn: number;

            /** LinkStatus framesOut. */
            framesOut: number;

            /** LinkStatus firstCopies. */
            firstCopies: number;

            /** LinkStatus duplicates. */
            duplicates: number;

            /** LinkStatus forwarded. */
            forwarded: number;

            /** LinkStatus sendFailures. */
            sendFailures: number;

            /** LinkStatus refused. */
            refused: number;

            /** LinkStatus refusals. */
            refusals: isthmus.v1.Counter.$Properties[];

            /** LinkStatus peers. */
            peers: isthmus.v1.LinkPeer.$Properties[];

            /** LinkStatus stream. */
            stream?: (isthmus.v1.LinkStream.$Properties|null);

            /** LinkStatus mtu. */
            mtu: number;

            /** LinkStatus pathMtu. */
            pathMtu: number;

            /**
             * Creates a new LinkStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LinkStatus instance
             */
            static create(properties: isthmus.v1.LinkStatus.$Shape): isthmus.v1.LinkStatus & isthmus.v1.LinkStatus.$Shape;
            static create(properties?: isthmus.v1.LinkStatus.$Properties): isthmus.v1.LinkStatus;

            /**
             * Encodes the specified LinkStatus message. Does not implicitly {@link isthmus.v1.LinkStatus.verify|verify} messages.
             * @param message LinkStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.LinkStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LinkStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.LinkStatus & isthmus.v1.LinkStatus.$Shape} LinkStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.LinkStatus & isthmus.v1.LinkStatus.$Shape;
        }

        namespace LinkStatus {

            /** Properties of a LinkStatus. */
            interface $Properties {

                /** LinkStatus name */
                name?: (string|null);

                /** LinkStatus health */
                health?: (string|null);

                /** LinkStatus problem */
                problem?: (string|null);

                /** LinkStatus framesIn */
                framesIn?: (number|null);

                /** LinkStatus framesOut */
                framesOut?: (number|null);

                /** LinkStatus firstCopies */
                firstCopies?: (number|null);

                /** LinkStatus duplicates */
                duplicates?: (number|null);

                /** LinkStatus forwarded */
                forwarded?: (number|null);

                /** LinkStatus sendFailures */
                sendFailures?: (number|null);

                /** LinkStatus refused */
                refused?: (number|null);

                /** LinkStatus refusals */
                refusals?: (isthmus.v1.Counter.$Properties[]|null);

                /** LinkStatus peers */
                peers?: (isthmus.v1.LinkPeer.$Properties[]|null);

                /** LinkStatus stream */
                stream?: (isthmus.v1.LinkStream.$Properties|null);

                /** LinkStatus mtu */
                mtu?: (number|null);

                /** LinkStatus pathMtu */
                pathMtu?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LinkStatus. */
            type $Shape = isthmus.v1.LinkStatus.$Properties;
        }

        /**
         * Properties of a LinkStream.
         * @deprecated Use isthmus.v1.LinkStream.$Properties instead.
         */
        interface ILinkStream extends isthmus.v1.LinkStream.$Properties {
        }

        /** Represents a LinkStream. */
        class LinkStream {

            /**
             * Constructs a new LinkStream.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.LinkStream.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LinkStream connected. */
            connected: boolean;

            /** LinkStream connects. */
            connects: number;

            /** LinkStream failures. */
            failures: number;

            /** LinkStream refusedFull. */
            refusedFull: number;

            /**
             * Creates a new LinkStream instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LinkStream instance
             */
            static create(properties: isthmus.v1.LinkStream.$Shape): isthmus.v1.LinkStream & isthmus.v1.LinkStream.$Shape;
            static create(properties?: isthmus.v1.LinkStream.$Properties): isthmus.v1.LinkStream;

            /**
             * Encodes the specified LinkStream message. Does not implicitly {@link isthmus.v1.LinkStream.verify|verify} messages.
             * @param message LinkStream message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.LinkStream.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LinkStream message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.LinkStream & isthmus.v1.LinkStream.$Shape} LinkStream
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.LinkStream & isthmus.v1.LinkStream.$Shape;
        }

        namespace LinkStream {

            /** Properties of a LinkStream. */
            interface $Properties {

                /** LinkStream connected */
                connected?: (boolean|null);

                /** LinkStream connects */
                connects?: (number|null);

                /** LinkStream failures */
                failures?: (number|null);

                /** LinkStream refusedFull */
                refusedFull?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LinkStream. */
            type $Shape = isthmus.v1.LinkStream.$Properties;
        }

        /**
         * Properties of a LinkPeer.
         * @deprecated Use isthmus.v1.LinkPeer.$Properties instead.
         */
        interface ILinkPeer extends isthmus.v1.LinkPeer.$Properties {
        }

        /** Represents a LinkPeer. */
        class LinkPeer {

            /**
             * Constructs a new LinkPeer.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.LinkPeer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LinkPeer node. */
            node: string;

            /** LinkPeer health. */
            health: string;

            /** LinkPeer sharePercent. */
            sharePercent: number;

            /**
             * Creates a new LinkPeer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LinkPeer instance
             */
            static create(properties: isthmus.v1.LinkPeer.$Shape): isthmus.v1.LinkPeer & isthmus.v1.LinkPeer.$Shape;
            static create(properties?: isthmus.v1.LinkPeer.$Properties): isthmus.v1.LinkPeer;

            /**
             * Encodes the specified LinkPeer message. Does not implicitly {@link isthmus.v1.LinkPeer.verify|verify} messages.
             * @param message LinkPeer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.LinkPeer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LinkPeer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.LinkPeer & isthmus.v1.LinkPeer.$Shape} LinkPeer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.LinkPeer & isthmus.v1.LinkPeer.$Shape;
        }

        namespace LinkPeer {

            /** Properties of a LinkPeer. */
            interface $Properties {

                /** LinkPeer node */
                node?: (string|null);

                /** LinkPeer health */
                health?: (string|null);

                /** LinkPeer sharePercent */
                sharePercent?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LinkPeer. */
            type $Shape = isthmus.v1.LinkPeer.$Properties;
        }

        /**
         * Properties of an AnnouncementStatus.
         * @deprecated Use isthmus.v1.AnnouncementStatus.$Properties instead.
         */
        interface IAnnouncementStatus extends isthmus.v1.AnnouncementStatus.$Properties {
        }

        /** Represents an AnnouncementStatus. */
        class AnnouncementStatus {

            /**
             * Constructs a new AnnouncementStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.AnnouncementStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AnnouncementStatus upstream. */
            upstream: string;

            /** AnnouncementStatus kind. */
            kind: string;

            /** AnnouncementStatus peer. */
            peer: string;

            /** AnnouncementStatus interface. */
            interface: string;

            /** AnnouncementStatus observed. */
            observed: string;

            /** AnnouncementStatus wanted. */
            wanted: string;

            /** AnnouncementStatus state. */
            state: string;

            /** AnnouncementStatus detail. */
            detail: string;

            /** AnnouncementStatus provenAt. */
            provenAt: number;

            /** AnnouncementStatus provenMs. */
            provenMs: number;

            /** AnnouncementStatus gateProblem. */
            gateProblem: string;

            /**
             * Creates a new AnnouncementStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AnnouncementStatus instance
             */
            static create(properties: isthmus.v1.AnnouncementStatus.$Shape): isthmus.v1.AnnouncementStatus & isthmus.v1.AnnouncementStatus.$Shape;
            static create(properties?: isthmus.v1.AnnouncementStatus.$Properties): isthmus.v1.AnnouncementStatus;

            /**
             * Encodes the specified AnnouncementStatus message. Does not implicitly {@link isthmus.v1.AnnouncementStatus.verify|verify} messages.
             * @param message AnnouncementStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.AnnouncementStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AnnouncementStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.AnnouncementStatus & isthmus.v1.AnnouncementStatus.$Shape} AnnouncementStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.AnnouncementStatus & isthmus.v1.AnnouncementStatus.$Shape;
        }

        namespace AnnouncementStatus {

            /** Properties of an AnnouncementStatus. */
            interface $Properties {

                /** AnnouncementStatus upstream */
                upstream?: (string|null);

                /** AnnouncementStatus kind */
                kind?: (string|null);

                /** AnnouncementStatus peer */
                peer?: (string|null);

                /** AnnouncementStatus interface */
                "interface"?: (string|null);

                /** AnnouncementStatus observed */
                observed?: (string|null);

                /** AnnouncementStatus wanted */
                wanted?: (string|null);

                /** AnnouncementStatus state */
                state?: (string|null);

                /** AnnouncementStatus detail */
                detail?: (string|null);

                /** AnnouncementStatus provenAt */
                provenAt?: (number|null);

                /** AnnouncementStatus provenMs */
                provenMs?: (number|null);

                /** AnnouncementStatus gateProblem */
                gateProblem?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AnnouncementStatus. */
            type $Shape = isthmus.v1.AnnouncementStatus.$Properties;
        }

        /**
         * Properties of a TestWithdrawalRequest.
         * @deprecated Use isthmus.v1.TestWithdrawalRequest.$Properties instead.
         */
        interface ITestWithdrawalRequest extends isthmus.v1.TestWithdrawalRequest.$Properties {
        }

        /** Represents a TestWithdrawalRequest. */
        class TestWithdrawalRequest {

            /**
             * Constructs a new TestWithdrawalRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TestWithdrawalRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TestWithdrawalRequest upstream. */
            upstream: string;

            /**
             * Creates a new TestWithdrawalRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TestWithdrawalRequest instance
             */
            static create(properties: isthmus.v1.TestWithdrawalRequest.$Shape): isthmus.v1.TestWithdrawalRequest & isthmus.v1.TestWithdrawalRequest.$Shape;
            static create(properties?: isthmus.v1.TestWithdrawalRequest.$Properties): isthmus.v1.TestWithdrawalRequest;

            /**
             * Encodes the specified TestWithdrawalRequest message. Does not implicitly {@link isthmus.v1.TestWithdrawalRequest.verify|verify} messages.
             * @param message TestWithdrawalRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TestWithdrawalRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TestWithdrawalRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TestWithdrawalRequest & isthmus.v1.TestWithdrawalRequest.$Shape} TestWithdrawalRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TestWithdrawalRequest & isthmus.v1.TestWithdrawalRequest.$Shape;
        }

        namespace TestWithdrawalRequest {

            /** Properties of a TestWithdrawalRequest. */
            interface $Properties {

                /** TestWithdrawalRequest upstream */
                upstream?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TestWithdrawalRequest. */
            type $Shape = isthmus.v1.TestWithdrawalRequest.$Properties;
        }

        /**
         * Properties of a TestWithdrawalReply.
         * @deprecated Use isthmus.v1.TestWithdrawalReply.$Properties instead.
         */
        interface ITestWithdrawalReply extends isthmus.v1.TestWithdrawalReply.$Properties {
        }

        /** Represents a TestWithdrawalReply. */
        class TestWithdrawalReply {

            /**
             * Constructs a new TestWithdrawalReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TestWithdrawalReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TestWithdrawalReply done. */
            done: boolean;

            /** TestWithdrawalReply code. */
            code: string;

            /** TestWithdrawalReply text. */
            text: string;

            /** TestWithdrawalReply stoppedMs. */
            stoppedMs: number;

            /** TestWithdrawalReply packets. */
            packets: number;

            /** TestWithdrawalReply announcedMs. */
            announcedMs: number;

            /**
             * Creates a new TestWithdrawalReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TestWithdrawalReply instance
             */
            static create(properties: isthmus.v1.TestWithdrawalReply.$Shape): isthmus.v1.TestWithdrawalReply & isthmus.v1.TestWithdrawalReply.$Shape;
            static create(properties?: isthmus.v1.TestWithdrawalReply.$Properties): isthmus.v1.TestWithdrawalReply;

            /**
             * Encodes the specified TestWithdrawalReply message. Does not implicitly {@link isthmus.v1.TestWithdrawalReply.verify|verify} messages.
             * @param message TestWithdrawalReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TestWithdrawalReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TestWithdrawalReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TestWithdrawalReply & isthmus.v1.TestWithdrawalReply.$Shape} TestWithdrawalReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TestWithdrawalReply & isthmus.v1.TestWithdrawalReply.$Shape;
        }

        namespace TestWithdrawalReply {

            /** Properties of a TestWithdrawalReply. */
            interface $Properties {

                /** TestWithdrawalReply done */
                done?: (boolean|null);

                /** TestWithdrawalReply code */
                code?: (string|null);

                /** TestWithdrawalReply text */
                text?: (string|null);

                /** TestWithdrawalReply stoppedMs */
                stoppedMs?: (number|null);

                /** TestWithdrawalReply packets */
                packets?: (number|null);

                /** TestWithdrawalReply announcedMs */
                announcedMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TestWithdrawalReply. */
            type $Shape = isthmus.v1.TestWithdrawalReply.$Properties;
        }

        /**
         * Properties of a CheckStatus.
         * @deprecated Use isthmus.v1.CheckStatus.$Properties instead.
         */
        interface ICheckStatus extends isthmus.v1.CheckStatus.$Properties {
        }

        /** Represents a CheckStatus. */
        class CheckStatus {

            /**
             * Constructs a new CheckStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.CheckStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CheckStatus name. */
            name: string;

            /** CheckStatus ok. */
            ok: boolean;

            /** CheckStatus effect. */
            effect: string;

            /** CheckStatus text. */
            text: string;

            /** CheckStatus result. */
            result: string;

            /**
             * Creates a new CheckStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CheckStatus instance
             */
            static create(properties: isthmus.v1.CheckStatus.$Shape): isthmus.v1.CheckStatus & isthmus.v1.CheckStatus.$Shape;
            static create(properties?: isthmus.v1.CheckStatus.$Properties): isthmus.v1.CheckStatus;

            /**
             * Encodes the specified CheckStatus message. Does not implicitly {@link isthmus.v1.CheckStatus.verify|verify} messages.
             * @param message CheckStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.CheckStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CheckStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.CheckStatus & isthmus.v1.CheckStatus.$Shape} CheckStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.CheckStatus & isthmus.v1.CheckStatus.$Shape;
        }

        namespace CheckStatus {

            /** Properties of a CheckStatus. */
            interface $Properties {

                /** CheckStatus name */
                name?: (string|null);

                /** CheckStatus ok */
                ok?: (boolean|null);

                /** CheckStatus effect */
                effect?: (string|null);

                /** CheckStatus text */
                text?: (string|null);

                /** CheckStatus result */
                result?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CheckStatus. */
            type $Shape = isthmus.v1.CheckStatus.$Properties;
        }

        /**
         * Properties of a NotifyTarget.
         * @deprecated Use isthmus.v1.NotifyTarget.$Properties instead.
         */
        interface INotifyTarget extends isthmus.v1.NotifyTarget.$Properties {
        }

        /** Represents a NotifyTarget. */
        class NotifyTarget {

            /**
             * Constructs a new NotifyTarget.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.NotifyTarget.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NotifyTarget name. */
            name: string;

            /** NotifyTarget kind. */
            kind: string;

            /** NotifyTarget failure. */
            failure: string;

            /** NotifyTarget delivered. */
            delivered: number;

            /** NotifyTarget failedAttempts. */
            failedAttempts: number;

            /** NotifyTarget lost. */
            lost: isthmus.v1.Counter.$Properties[];

            /** NotifyTarget waiting. */
            waiting: number;

            /**
             * Creates a new NotifyTarget instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NotifyTarget instance
             */
            static create(properties: isthmus.v1.NotifyTarget.$Shape): isthmus.v1.NotifyTarget & isthmus.v1.NotifyTarget.$Shape;
            static create(properties?: isthmus.v1.NotifyTarget.$Properties): isthmus.v1.NotifyTarget;

            /**
             * Encodes the specified NotifyTarget message. Does not implicitly {@link isthmus.v1.NotifyTarget.verify|verify} messages.
             * @param message NotifyTarget message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.NotifyTarget.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NotifyTarget message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.NotifyTarget & isthmus.v1.NotifyTarget.$Shape} NotifyTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.NotifyTarget & isthmus.v1.NotifyTarget.$Shape;
        }

        namespace NotifyTarget {

            /** Properties of a NotifyTarget. */
            interface $Properties {

                /** NotifyTarget name */
                name?: (string|null);

                /** NotifyTarget kind */
                kind?: (string|null);

                /** NotifyTarget failure */
                failure?: (string|null);

                /** NotifyTarget delivered */
                delivered?: (number|null);

                /** NotifyTarget failedAttempts */
                failedAttempts?: (number|null);

                /** NotifyTarget lost */
                lost?: (isthmus.v1.Counter.$Properties[]|null);

                /** NotifyTarget waiting */
                waiting?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NotifyTarget. */
            type $Shape = isthmus.v1.NotifyTarget.$Properties;
        }

        /**
         * Properties of a NatLogSink.
         * @deprecated Use isthmus.v1.NatLogSink.$Properties instead.
         */
        interface INatLogSink extends isthmus.v1.NatLogSink.$Properties {
        }

        /** Represents a NatLogSink. */
        class NatLogSink {

            /**
             * Constructs a new NatLogSink.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.NatLogSink.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NatLogSink name. */
            name: string;

            /** NatLogSink kind. */
            kind: string;

            /** NatLogSink target. */
            target: string;

            /** NatLogSink problem. */
            problem: string;

            /** NatLogSink losing. */
            losing: boolean;

            /** NatLogSink lines. */
            lines: number;

            /** NatLogSink bytes. */
            bytes: number;

            /** NatLogSink waiting. */
            waiting: number;

            /** NatLogSink lost. */
            lost: isthmus.v1.Counter.$Properties[];

            /**
             * Creates a new NatLogSink instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NatLogSink instance
             */
            static create(properties: isthmus.v1.NatLogSink.$Shape): isthmus.v1.NatLogSink & isthmus.v1.NatLogSink.$Shape;
            static create(properties?: isthmus.v1.NatLogSink.$Properties): isthmus.v1.NatLogSink;

            /**
             * Encodes the specified NatLogSink message. Does not implicitly {@link isthmus.v1.NatLogSink.verify|verify} messages.
             * @param message NatLogSink message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.NatLogSink.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NatLogSink message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.NatLogSink & isthmus.v1.NatLogSink.$Shape} NatLogSink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.NatLogSink & isthmus.v1.NatLogSink.$Shape;
        }

        namespace NatLogSink {

            /** Properties of a NatLogSink. */
            interface $Properties {

                /** NatLogSink name */
                name?: (string|null);

                /** NatLogSink kind */
                kind?: (string|null);

                /** NatLogSink target */
                target?: (string|null);

                /** NatLogSink problem */
                problem?: (string|null);

                /** NatLogSink losing */
                losing?: (boolean|null);

                /** NatLogSink lines */
                lines?: (number|null);

                /** NatLogSink bytes */
                bytes?: (number|null);

                /** NatLogSink waiting */
                waiting?: (number|null);

                /** NatLogSink lost */
                lost?: (isthmus.v1.Counter.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NatLogSink. */
            type $Shape = isthmus.v1.NatLogSink.$Properties;
        }

        /**
         * Properties of a ReplicationStatus.
         * @deprecated Use isthmus.v1.ReplicationStatus.$Properties instead.
         */
        interface IReplicationStatus extends isthmus.v1.ReplicationStatus.$Properties {
        }

        /** Represents a ReplicationStatus. */
        class ReplicationStatus {

            /**
             * Constructs a new ReplicationStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ReplicationStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReplicationStatus sequence. */
            sequence: number;

            /** ReplicationStatus framesQueued. */
            framesQueued: number;

            /** ReplicationStatus recordsPublished. */
            recordsPublished: number;

            /** ReplicationStatus recordsRefused. */
            recordsRefused: number;

            /** ReplicationStatus framesResent. */
            framesResent: number;

            /** ReplicationStatus duplicatesDropped. */
            duplicatesDropped: number;

            /** ReplicationStatus framesLost. */
            framesLost: number;

            /** ReplicationStatus refusedSlot. */
            refusedSlot: boolean;

            /** ReplicationStatus connectionsRefused. */
            connectionsRefused: isthmus.v1.Counter.$Properties[];

            /** ReplicationStatus rival. */
            rival: boolean;

            /**
             * Creates a new ReplicationStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReplicationStatus instance
             */
            static create(properties: isthmus.v1.ReplicationStatus.$Shape): isthmus.v1.ReplicationStatus & isthmus.v1.ReplicationStatus.$Shape;
            static create(properties?: isthmus.v1.ReplicationStatus.$Properties): isthmus.v1.ReplicationStatus;

            /**
             * Encodes the specified ReplicationStatus message. Does not implicitly {@link isthmus.v1.ReplicationStatus.verify|verify} messages.
             * @param message ReplicationStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ReplicationStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReplicationStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ReplicationStatus & isthmus.v1.ReplicationStatus.$Shape} ReplicationStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ReplicationStatus & isthmus.v1.ReplicationStatus.$Shape;
        }

        namespace ReplicationStatus {

            /** Properties of a ReplicationStatus. */
            interface $Properties {

                /** ReplicationStatus sequence */
                sequence?: (number|null);

                /** ReplicationStatus framesQueued */
                framesQueued?: (number|null);

                /** ReplicationStatus recordsPublished */
                recordsPublished?: (number|null);

                /** ReplicationStatus recordsRefused */
                recordsRefused?: (number|null);

                /** ReplicationStatus framesResent */
                framesResent?: (number|null);

                /** ReplicationStatus duplicatesDropped */
                duplicatesDropped?: (number|null);

                /** ReplicationStatus framesLost */
                framesLost?: (number|null);

                /** ReplicationStatus refusedSlot */
                refusedSlot?: (boolean|null);

                /** ReplicationStatus connectionsRefused */
                connectionsRefused?: (isthmus.v1.Counter.$Properties[]|null);

                /** ReplicationStatus rival */
                rival?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReplicationStatus. */
            type $Shape = isthmus.v1.ReplicationStatus.$Properties;
        }

        /**
         * Properties of a NodeInfo.
         * @deprecated Use isthmus.v1.NodeInfo.$Properties instead.
         */
        interface INodeInfo extends isthmus.v1.NodeInfo.$Properties {
        }

        /** Represents a NodeInfo. */
        class NodeInfo {

            /**
             * Constructs a new NodeInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.NodeInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeInfo state. */
            state: string;

            /** NodeInfo reason. */
            reason: string;

            /** NodeInfo since. */
            since: number;

            /** NodeInfo announcing. */
            announcing: boolean;

            /** NodeInfo revision. */
            revision: string;

            /** NodeInfo software. */
            software: string;

            /** NodeInfo pid. */
            pid: number;

            /** NodeInfo started. */
            started: number;

            /** NodeInfo instances. */
            instances: isthmus.v1.NodeInstance.$Properties[];

            /** NodeInfo failingShared. */
            failingShared: string[];

            /** NodeInfo works. */
            works: number[];

            /** NodeInfo sections. */
            sections: isthmus.v1.SectionHash.$Properties[];

            /** NodeInfo worked. */
            worked: number[];

            /** NodeInfo links. */
            links: isthmus.v1.NodeLink.$Properties[];

            /** NodeInfo announcements. */
            announcements: isthmus.v1.AnnouncementStatus.$Properties[];

            /** NodeInfo replicas. */
            replicas: isthmus.v1.NodeReplica.$Properties[];

            /** NodeInfo upstreamDown. */
            upstreamDown: boolean;

            /** NodeInfo paused. */
            paused: string;

            /** NodeInfo time. */
            time: number;

            /** NodeInfo takesRelayed. */
            takesRelayed: string[];

            /** NodeInfo checkedFrom. */
            checkedFrom: string[];

            /**
             * Creates a new NodeInfo instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeInfo instance
             */
            static create(properties: isthmus.v1.NodeInfo.$Shape): isthmus.v1.NodeInfo & isthmus.v1.NodeInfo.$Shape;
            static create(properties?: isthmus.v1.NodeInfo.$Properties): isthmus.v1.NodeInfo;

            /**
             * Encodes the specified NodeInfo message. Does not implicitly {@link isthmus.v1.NodeInfo.verify|verify} messages.
             * @param message NodeInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.NodeInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.NodeInfo & isthmus.v1.NodeInfo.$Shape} NodeInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.NodeInfo & isthmus.v1.NodeInfo.$Shape;
        }

        namespace NodeInfo {

            /** Properties of a NodeInfo. */
            interface $Properties {

                /** NodeInfo state */
                state?: (string|null);

                /** NodeInfo reason */
                reason?: (string|null);

                /** NodeInfo since */
                since?: (number|null);

                /** NodeInfo announcing */
                announcing?: (boolean|null);

                /** NodeInfo revision */
                revision?: (string|null);

                /** NodeInfo software */
                software?: (string|null);

                /** NodeInfo pid */
                pid?: (number|null);

                /** NodeInfo started */
                started?: (number|null);

                /** NodeInfo instances */
                instances?: (isthmus.v1.NodeInstance.$Properties[]|null);

                /** NodeInfo failingShared */
                failingShared?: (string[]|null);

                /** NodeInfo works */
                works?: (number[]|null);

                /** NodeInfo sections */
                sections?: (isthmus.v1.SectionHash.$Properties[]|null);

                /** NodeInfo worked */
                worked?: (number[]|null);

                /** NodeInfo links */
                links?: (isthmus.v1.NodeLink.$Properties[]|null);

                /** NodeInfo announcements */
                announcements?: (isthmus.v1.AnnouncementStatus.$Properties[]|null);

                /** NodeInfo replicas */
                replicas?: (isthmus.v1.NodeReplica.$Properties[]|null);

                /** NodeInfo upstreamDown */
                upstreamDown?: (boolean|null);

                /** NodeInfo paused */
                paused?: (string|null);

                /** NodeInfo time */
                time?: (number|null);

                /** NodeInfo takesRelayed */
                takesRelayed?: (string[]|null);

                /** NodeInfo checkedFrom */
                checkedFrom?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeInfo. */
            type $Shape = isthmus.v1.NodeInfo.$Properties;
        }

        /**
         * Properties of a SectionHash.
         * @deprecated Use isthmus.v1.SectionHash.$Properties instead.
         */
        interface ISectionHash extends isthmus.v1.SectionHash.$Properties {
        }

        /** Represents a SectionHash. */
        class SectionHash {

            /**
             * Constructs a new SectionHash.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.SectionHash.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SectionHash path. */
            path: string;

            /** SectionHash hash. */
            hash: string;

            /**
             * Creates a new SectionHash instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SectionHash instance
             */
            static create(properties: isthmus.v1.SectionHash.$Shape): isthmus.v1.SectionHash & isthmus.v1.SectionHash.$Shape;
            static create(properties?: isthmus.v1.SectionHash.$Properties): isthmus.v1.SectionHash;

            /**
             * Encodes the specified SectionHash message. Does not implicitly {@link isthmus.v1.SectionHash.verify|verify} messages.
             * @param message SectionHash message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.SectionHash.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SectionHash message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.SectionHash & isthmus.v1.SectionHash.$Shape} SectionHash
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.SectionHash & isthmus.v1.SectionHash.$Shape;
        }

        namespace SectionHash {

            /** Properties of a SectionHash. */
            interface $Properties {

                /** SectionHash path */
                path?: (string|null);

                /** SectionHash hash */
                hash?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SectionHash. */
            type $Shape = isthmus.v1.SectionHash.$Properties;
        }

        /**
         * Properties of a StatsRequest.
         * @deprecated Use isthmus.v1.StatsRequest.$Properties instead.
         */
        interface IStatsRequest extends isthmus.v1.StatsRequest.$Properties {
        }

        /** Represents a StatsRequest. */
        class StatsRequest {

            /**
             * Constructs a new StatsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.StatsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StatsRequest instance. */
            instance: string;

            /**
             * Creates a new StatsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StatsRequest instance
             */
            static create(properties: isthmus.v1.StatsRequest.$Shape): isthmus.v1.StatsRequest & isthmus.v1.StatsRequest.$Shape;
            static create(properties?: isthmus.v1.StatsRequest.$Properties): isthmus.v1.StatsRequest;

            /**
             * Encodes the specified StatsRequest message. Does not implicitly {@link isthmus.v1.StatsRequest.verify|verify} messages.
             * @param message StatsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.StatsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StatsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.StatsRequest & isthmus.v1.StatsRequest.$Shape} StatsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.StatsRequest & isthmus.v1.StatsRequest.$Shape;
        }

        namespace StatsRequest {

            /** Properties of a StatsRequest. */
            interface $Properties {

                /** StatsRequest instance */
                instance?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StatsRequest. */
            type $Shape = isthmus.v1.StatsRequest.$Properties;
        }

        /**
         * Properties of a StatsReply.
         * @deprecated Use isthmus.v1.StatsReply.$Properties instead.
         */
        interface IStatsReply extends isthmus.v1.StatsReply.$Properties {
        }

        /** Represents a StatsReply. */
        class StatsReply {

            /**
             * Constructs a new StatsReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.StatsReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StatsReply node. */
            node: string;

            /** StatsReply instances. */
            instances: isthmus.v1.InstanceStats.$Properties[];

            /**
             * Creates a new StatsReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StatsReply instance
             */
            static create(properties: isthmus.v1.StatsReply.$Shape): isthmus.v1.StatsReply & isthmus.v1.StatsReply.$Shape;
            static create(properties?: isthmus.v1.StatsReply.$Properties): isthmus.v1.StatsReply;

            /**
             * Encodes the specified StatsReply message. Does not implicitly {@link isthmus.v1.StatsReply.verify|verify} messages.
             * @param message StatsReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.StatsReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StatsReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.StatsReply & isthmus.v1.StatsReply.$Shape} StatsReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.StatsReply & isthmus.v1.StatsReply.$Shape;
        }

        namespace StatsReply {

            /** Properties of a StatsReply. */
            interface $Properties {

                /** StatsReply node */
                node?: (string|null);

                /** StatsReply instances */
                instances?: (isthmus.v1.InstanceStats.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StatsReply. */
            type $Shape = isthmus.v1.StatsReply.$Properties;
        }

        /**
         * Properties of an InstanceStats.
         * @deprecated Use isthmus.v1.InstanceStats.$Properties instead.
         */
        interface IInstanceStats extends isthmus.v1.InstanceStats.$Properties {
        }

        /** Represents an InstanceStats. */
        class InstanceStats {

            /**
             * Constructs a new InstanceStats.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.InstanceStats.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InstanceStats name. */
            name: string;

            /** InstanceStats kind. */
            kind: string;

            /** InstanceStats spanMs. */
            spanMs: number;

            /** InstanceStats counters. */
            counters: isthmus.v1.CounterStats.$Properties[];

            /** InstanceStats since. */
            since: number;

            /**
             * Creates a new InstanceStats instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InstanceStats instance
             */
            static create(properties: isthmus.v1.InstanceStats.$Shape): isthmus.v1.InstanceStats & isthmus.v1.InstanceStats.$Shape;
            static create(properties?: isthmus.v1.InstanceStats.$Properties): isthmus.v1.InstanceStats;

            /**
             * Encodes the specified InstanceStats message. Does not implicitly {@link isthmus.v1.InstanceStats.verify|verify} messages.
             * @param message InstanceStats message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.InstanceStats.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InstanceStats message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.InstanceStats & isthmus.v1.InstanceStats.$Shape} InstanceStats
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.InstanceStats & isthmus.v1.InstanceStats.$Shape;
        }

        namespace InstanceStats {

            /** Properties of an InstanceStats. */
            interface $Properties {

                /** InstanceStats name */
                name?: (string|null);

                /** InstanceStats kind */
                kind?: (string|null);

                /** InstanceStats spanMs */
                spanMs?: (number|null);

                /** InstanceStats counters */
                counters?: (isthmus.v1.CounterStats.$Properties[]|null);

                /** InstanceStats since */
                since?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InstanceStats. */
            type $Shape = isthmus.v1.InstanceStats.$Properties;
        }

        /**
         * Properties of a CounterStats.
         * @deprecated Use isthmus.v1.CounterStats.$Properties instead.
         */
        interface ICounterStats extends isthmus.v1.CounterStats.$Properties {
        }

        /** Represents a CounterStats. */
        class CounterStats {

            /**
             * Constructs a new CounterStats.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.CounterStats.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CounterStats name. */
            name: string;

            /** CounterStats kind. */
            kind: string;

            /** CounterStats help. */
            help: string;

            /** CounterStats advice. */
            advice: string;

            /** CounterStats rate. */
            rate: number;

            /** CounterStats lastMinute. */
            lastMinute: number;

            /** CounterStats total. */
            total: number;

            /**
             * Creates a new CounterStats instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CounterStats instance
             */
            static create(properties: isthmus.v1.CounterStats.$Shape): isthmus.v1.CounterStats & isthmus.v1.CounterStats.$Shape;
            static create(properties?: isthmus.v1.CounterStats.$Properties): isthmus.v1.CounterStats;

            /**
             * Encodes the specified CounterStats message. Does not implicitly {@link isthmus.v1.CounterStats.verify|verify} messages.
             * @param message CounterStats message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.CounterStats.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CounterStats message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.CounterStats & isthmus.v1.CounterStats.$Shape} CounterStats
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.CounterStats & isthmus.v1.CounterStats.$Shape;
        }

        namespace CounterStats {

            /** Properties of a CounterStats. */
            interface $Properties {

                /** CounterStats name */
                name?: (string|null);

                /** CounterStats kind */
                kind?: (string|null);

                /** CounterStats help */
                help?: (string|null);

                /** CounterStats advice */
                advice?: (string|null);

                /** CounterStats rate */
                rate?: (number|null);

                /** CounterStats lastMinute */
                lastMinute?: (number|null);

                /** CounterStats total */
                total?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CounterStats. */
            type $Shape = isthmus.v1.CounterStats.$Properties;
        }

        /**
         * Properties of a SessionsRequest.
         * @deprecated Use isthmus.v1.SessionsRequest.$Properties instead.
         */
        interface ISessionsRequest extends isthmus.v1.SessionsRequest.$Properties {
        }

        /** Represents a SessionsRequest. */
        class SessionsRequest {

            /**
             * Constructs a new SessionsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.SessionsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SessionsRequest instance. */
            instance: string;

            /** SessionsRequest protocol. */
            protocol: string;

            /** SessionsRequest client. */
            client: string;

            /** SessionsRequest pool4. */
            pool4: string;

            /** SessionsRequest remote. */
            remote: string;

            /** SessionsRequest owner. */
            owner: number;

            /** SessionsRequest limit. */
            limit: number;

            /** SessionsRequest countOnly. */
            countOnly: boolean;

            /** SessionsRequest outsidePool4. */
            outsidePool4: boolean;

            /** SessionsRequest sort. */
            sort: string;

            /**
             * Creates a new SessionsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SessionsRequest instance
             */
            static create(properties: isthmus.v1.SessionsRequest.$Shape): isthmus.v1.SessionsRequest & isthmus.v1.SessionsRequest.$Shape;
            static create(properties?: isthmus.v1.SessionsRequest.$Properties): isthmus.v1.SessionsRequest;

            /**
             * Encodes the specified SessionsRequest message. Does not implicitly {@link isthmus.v1.SessionsRequest.verify|verify} messages.
             * @param message SessionsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.SessionsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SessionsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.SessionsRequest & isthmus.v1.SessionsRequest.$Shape} SessionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.SessionsRequest & isthmus.v1.SessionsRequest.$Shape;
        }

        namespace SessionsRequest {

            /** Properties of a SessionsRequest. */
            interface $Properties {

                /** SessionsRequest instance */
                instance?: (string|null);

                /** SessionsRequest protocol */
                protocol?: (string|null);

                /** SessionsRequest client */
                client?: (string|null);

                /** SessionsRequest pool4 */
                pool4?: (string|null);

                /** SessionsRequest remote */
                remote?: (string|null);

                /** SessionsRequest owner */
                owner?: (number|null);

                /** SessionsRequest limit */
                limit?: (number|null);

                /** SessionsRequest countOnly */
                countOnly?: (boolean|null);

                /** SessionsRequest outsidePool4 */
                outsidePool4?: (boolean|null);

                /** SessionsRequest sort */
                sort?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SessionsRequest. */
            type $Shape = isthmus.v1.SessionsRequest.$Properties;
        }

        /**
         * Properties of a SessionPage.
         * @deprecated Use isthmus.v1.SessionPage.$Properties instead.
         */
        interface ISessionPage extends isthmus.v1.SessionPage.$Properties {
        }

        /** Represents a SessionPage. */
        class SessionPage {

            /**
             * Constructs a new SessionPage.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.SessionPage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SessionPage sessions. */
            sessions: isthmus.v1.Session.$Properties[];

            /** SessionPage count. */
            count: number;

            /**
             * Creates a new SessionPage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SessionPage instance
             */
            static create(properties: isthmus.v1.SessionPage.$Shape): isthmus.v1.SessionPage & isthmus.v1.SessionPage.$Shape;
            static create(properties?: isthmus.v1.SessionPage.$Properties): isthmus.v1.SessionPage;

            /**
             * Encodes the specified SessionPage message. Does not implicitly {@link isthmus.v1.SessionPage.verify|verify} messages.
             * @param message SessionPage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.SessionPage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SessionPage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.SessionPage & isthmus.v1.SessionPage.$Shape} SessionPage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.SessionPage & isthmus.v1.SessionPage.$Shape;
        }

        namespace SessionPage {

            /** Properties of a SessionPage. */
            interface $Properties {

                /** SessionPage sessions */
                sessions?: (isthmus.v1.Session.$Properties[]|null);

                /** SessionPage count */
                count?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SessionPage. */
            type $Shape = isthmus.v1.SessionPage.$Properties;
        }

        /**
         * Properties of an EndReply.
         * @deprecated Use isthmus.v1.EndReply.$Properties instead.
         */
        interface IEndReply extends isthmus.v1.EndReply.$Properties {
        }

        /** Represents an EndReply. */
        class EndReply {

            /**
             * Constructs a new EndReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.EndReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EndReply done. */
            done: boolean;

            /** EndReply text. */
            text: string;

            /** EndReply code. */
            code: string;

            /** EndReply ended. */
            ended: number;

            /** EndReply foreign. */
            foreign: number;

            /**
             * Creates a new EndReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns EndReply instance
             */
            static create(properties: isthmus.v1.EndReply.$Shape): isthmus.v1.EndReply & isthmus.v1.EndReply.$Shape;
            static create(properties?: isthmus.v1.EndReply.$Properties): isthmus.v1.EndReply;

            /**
             * Encodes the specified EndReply message. Does not implicitly {@link isthmus.v1.EndReply.verify|verify} messages.
             * @param message EndReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.EndReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EndReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.EndReply & isthmus.v1.EndReply.$Shape} EndReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.EndReply & isthmus.v1.EndReply.$Shape;
        }

        namespace EndReply {

            /** Properties of an EndReply. */
            interface $Properties {

                /** EndReply done */
                done?: (boolean|null);

                /** EndReply text */
                text?: (string|null);

                /** EndReply code */
                code?: (string|null);

                /** EndReply ended */
                ended?: (number|null);

                /** EndReply foreign */
                foreign?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EndReply. */
            type $Shape = isthmus.v1.EndReply.$Properties;
        }

        /**
         * Properties of a TraceRequest.
         * @deprecated Use isthmus.v1.TraceRequest.$Properties instead.
         */
        interface ITraceRequest extends isthmus.v1.TraceRequest.$Properties {
        }

        /** Represents a TraceRequest. */
        class TraceRequest {

            /**
             * Constructs a new TraceRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TraceRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TraceRequest instance. */
            instance: string;

            /** TraceRequest client. */
            client: string;

            /** TraceRequest remote. */
            remote: string;

            /** TraceRequest packets. */
            packets: number;

            /** TraceRequest seconds. */
            seconds: number;

            /** TraceRequest snapLength. */
            snapLength: number;

            /** TraceRequest explain. */
            explain: boolean;

            /** TraceRequest command. */
            command: string;

            /**
             * Creates a new TraceRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TraceRequest instance
             */
            static create(properties: isthmus.v1.TraceRequest.$Shape): isthmus.v1.TraceRequest & isthmus.v1.TraceRequest.$Shape;
            static create(properties?: isthmus.v1.TraceRequest.$Properties): isthmus.v1.TraceRequest;

            /**
             * Encodes the specified TraceRequest message. Does not implicitly {@link isthmus.v1.TraceRequest.verify|verify} messages.
             * @param message TraceRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TraceRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TraceRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TraceRequest & isthmus.v1.TraceRequest.$Shape} TraceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TraceRequest & isthmus.v1.TraceRequest.$Shape;
        }

        namespace TraceRequest {

            /** Properties of a TraceRequest. */
            interface $Properties {

                /** TraceRequest instance */
                instance?: (string|null);

                /** TraceRequest client */
                client?: (string|null);

                /** TraceRequest remote */
                remote?: (string|null);

                /** TraceRequest packets */
                packets?: (number|null);

                /** TraceRequest seconds */
                seconds?: (number|null);

                /** TraceRequest snapLength */
                snapLength?: (number|null);

                /** TraceRequest explain */
                explain?: (boolean|null);

                /** TraceRequest command */
                command?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TraceRequest. */
            type $Shape = isthmus.v1.TraceRequest.$Properties;
        }

        /**
         * Properties of a TraceReply.
         * @deprecated Use isthmus.v1.TraceReply.$Properties instead.
         */
        interface ITraceReply extends isthmus.v1.TraceReply.$Properties {
        }

        /** Represents a TraceReply. */
        class TraceReply {

            /**
             * Constructs a new TraceReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TraceReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TraceReply packets. */
            packets: isthmus.v1.TracedPacket.$Properties[];

            /** TraceReply skipped. */
            skipped: number;

            /** TraceReply notes. */
            notes: string[];

            /**
             * Creates a new TraceReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TraceReply instance
             */
            static create(properties: isthmus.v1.TraceReply.$Shape): isthmus.v1.TraceReply & isthmus.v1.TraceReply.$Shape;
            static create(properties?: isthmus.v1.TraceReply.$Properties): isthmus.v1.TraceReply;

            /**
             * Encodes the specified TraceReply message. Does not implicitly {@link isthmus.v1.TraceReply.verify|verify} messages.
             * @param message TraceReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TraceReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TraceReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TraceReply & isthmus.v1.TraceReply.$Shape} TraceReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TraceReply & isthmus.v1.TraceReply.$Shape;
        }

        namespace TraceReply {

            /** Properties of a TraceReply. */
            interface $Properties {

                /** TraceReply packets */
                packets?: (isthmus.v1.TracedPacket.$Properties[]|null);

                /** TraceReply skipped */
                skipped?: (number|null);

                /** TraceReply notes */
                notes?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TraceReply. */
            type $Shape = isthmus.v1.TraceReply.$Properties;
        }

        /**
         * Properties of a TracedPacket.
         * @deprecated Use isthmus.v1.TracedPacket.$Properties instead.
         */
        interface ITracedPacket extends isthmus.v1.TracedPacket.$Properties {
        }

        /** Represents a TracedPacket. */
        class TracedPacket {

            /**
             * Constructs a new TracedPacket.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TracedPacket.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TracedPacket time. */
            time: number;

            /** TracedPacket instance. */
            instance: string;

            /** TracedPacket direction. */
            direction: string;

            /** TracedPacket verdict. */
            verdict: string;

            /** TracedPacket counter. */
            counter: string;

            /** TracedPacket steps. */
            steps: string[];

            /** TracedPacket counted. */
            counted: isthmus.v1.Counter.$Properties[];

            /** TracedPacket before. */
            before?: (isthmus.v1.TracedBytes.$Properties|null);

            /** TracedPacket after. */
            after: isthmus.v1.TracedBytes.$Properties[];

            /**
             * Creates a new TracedPacket instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TracedPacket instance
             */
            static create(properties: isthmus.v1.TracedPacket.$Shape): isthmus.v1.TracedPacket & isthmus.v1.TracedPacket.$Shape;
            static create(properties?: isthmus.v1.TracedPacket.$Properties): isthmus.v1.TracedPacket;

            /**
             * Encodes the specified TracedPacket message. Does not implicitly {@link isthmus.v1.TracedPacket.verify|verify} messages.
             * @param message TracedPacket message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TracedPacket.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TracedPacket message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TracedPacket & isthmus.v1.TracedPacket.$Shape} TracedPacket
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TracedPacket & isthmus.v1.TracedPacket.$Shape;
        }

        namespace TracedPacket {

            /** Properties of a TracedPacket. */
            interface $Properties {

                /** TracedPacket time */
                time?: (number|null);

                /** TracedPacket instance */
                instance?: (string|null);

                /** TracedPacket direction */
                direction?: (string|null);

                /** TracedPacket verdict */
                verdict?: (string|null);

                /** TracedPacket counter */
                counter?: (string|null);

                /** TracedPacket steps */
                steps?: (string[]|null);

                /** TracedPacket counted */
                counted?: (isthmus.v1.Counter.$Properties[]|null);

                /** TracedPacket before */
                before?: (isthmus.v1.TracedBytes.$Properties|null);

                /** TracedPacket after */
                after?: (isthmus.v1.TracedBytes.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TracedPacket. */
            type $Shape = isthmus.v1.TracedPacket.$Properties;
        }

        /**
         * Properties of a TracedBytes.
         * @deprecated Use isthmus.v1.TracedBytes.$Properties instead.
         */
        interface ITracedBytes extends isthmus.v1.TracedBytes.$Properties {
        }

        /** Represents a TracedBytes. */
        class TracedBytes {

            /**
             * Constructs a new TracedBytes.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TracedBytes.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TracedBytes content. */
            content: Uint8Array;

            /** TracedBytes length. */
            length: number;

            /** TracedBytes summary. */
            summary?: (isthmus.v1.PacketSummary.$Properties|null);

            /** TracedBytes protocol. */
            protocol: string;

            /**
             * Creates a new TracedBytes instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TracedBytes instance
             */
            static create(properties: isthmus.v1.TracedBytes.$Shape): isthmus.v1.TracedBytes & isthmus.v1.TracedBytes.$Shape;
            static create(properties?: isthmus.v1.TracedBytes.$Properties): isthmus.v1.TracedBytes;

            /**
             * Encodes the specified TracedBytes message. Does not implicitly {@link isthmus.v1.TracedBytes.verify|verify} messages.
             * @param message TracedBytes message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TracedBytes.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TracedBytes message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TracedBytes & isthmus.v1.TracedBytes.$Shape} TracedBytes
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TracedBytes & isthmus.v1.TracedBytes.$Shape;
        }

        namespace TracedBytes {

            /** Properties of a TracedBytes. */
            interface $Properties {

                /** TracedBytes content */
                content?: (Uint8Array|null);

                /** TracedBytes length */
                length?: (number|null);

                /** TracedBytes summary */
                summary?: (isthmus.v1.PacketSummary.$Properties|null);

                /** TracedBytes protocol */
                protocol?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TracedBytes. */
            type $Shape = isthmus.v1.TracedBytes.$Properties;
        }

        /**
         * Properties of a FollowReply.
         * @deprecated Use isthmus.v1.FollowReply.$Properties instead.
         */
        interface IFollowReply extends isthmus.v1.FollowReply.$Properties {
        }

        /** Represents a FollowReply. */
        class FollowReply {

            /**
             * Constructs a new FollowReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.FollowReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FollowReply changes. */
            changes: isthmus.v1.FollowedSession.$Properties[];

            /** FollowReply skipped. */
            skipped: number;

            /**
             * Creates a new FollowReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FollowReply instance
             */
            static create(properties: isthmus.v1.FollowReply.$Shape): isthmus.v1.FollowReply & isthmus.v1.FollowReply.$Shape;
            static create(properties?: isthmus.v1.FollowReply.$Properties): isthmus.v1.FollowReply;

            /**
             * Encodes the specified FollowReply message. Does not implicitly {@link isthmus.v1.FollowReply.verify|verify} messages.
             * @param message FollowReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.FollowReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FollowReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.FollowReply & isthmus.v1.FollowReply.$Shape} FollowReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.FollowReply & isthmus.v1.FollowReply.$Shape;
        }

        namespace FollowReply {

            /** Properties of a FollowReply. */
            interface $Properties {

                /** FollowReply changes */
                changes?: (isthmus.v1.FollowedSession.$Properties[]|null);

                /** FollowReply skipped */
                skipped?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FollowReply. */
            type $Shape = isthmus.v1.FollowReply.$Properties;
        }

        /**
         * Properties of a FollowedSession.
         * @deprecated Use isthmus.v1.FollowedSession.$Properties instead.
         */
        interface IFollowedSession extends isthmus.v1.FollowedSession.$Properties {
        }

        /** Represents a FollowedSession. */
        class FollowedSession {

            /**
             * Constructs a new FollowedSession.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.FollowedSession.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FollowedSession time. */
            time: number;

            /** FollowedSession change. */
            change: string;

            /** FollowedSession session. */
            session?: (isthmus.v1.Session.$Properties|null);

            /**
             * Creates a new FollowedSession instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FollowedSession instance
             */
            static create(properties: isthmus.v1.FollowedSession.$Shape): isthmus.v1.FollowedSession & isthmus.v1.FollowedSession.$Shape;
            static create(properties?: isthmus.v1.FollowedSession.$Properties): isthmus.v1.FollowedSession;

            /**
             * Encodes the specified FollowedSession message. Does not implicitly {@link isthmus.v1.FollowedSession.verify|verify} messages.
             * @param message FollowedSession message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.FollowedSession.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FollowedSession message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.FollowedSession & isthmus.v1.FollowedSession.$Shape} FollowedSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.FollowedSession & isthmus.v1.FollowedSession.$Shape;
        }

        namespace FollowedSession {

            /** Properties of a FollowedSession. */
            interface $Properties {

                /** FollowedSession time */
                time?: (number|null);

                /** FollowedSession change */
                change?: (string|null);

                /** FollowedSession session */
                session?: (isthmus.v1.Session.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FollowedSession. */
            type $Shape = isthmus.v1.FollowedSession.$Properties;
        }

        /**
         * Properties of a TopRequest.
         * @deprecated Use isthmus.v1.TopRequest.$Properties instead.
         */
        interface ITopRequest extends isthmus.v1.TopRequest.$Properties {
        }

        /** Represents a TopRequest. */
        class TopRequest {

            /**
             * Constructs a new TopRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TopRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TopRequest sessions. */
            sessions?: (isthmus.v1.SessionsRequest.$Properties|null);

            /** TopRequest by. */
            by: string;

            /** TopRequest sort. */
            sort: string;

            /** TopRequest prefixLength. */
            prefixLength: number;

            /**
             * Creates a new TopRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TopRequest instance
             */
            static create(properties: isthmus.v1.TopRequest.$Shape): isthmus.v1.TopRequest & isthmus.v1.TopRequest.$Shape;
            static create(properties?: isthmus.v1.TopRequest.$Properties): isthmus.v1.TopRequest;

            /**
             * Encodes the specified TopRequest message. Does not implicitly {@link isthmus.v1.TopRequest.verify|verify} messages.
             * @param message TopRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TopRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TopRequest & isthmus.v1.TopRequest.$Shape} TopRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TopRequest & isthmus.v1.TopRequest.$Shape;
        }

        namespace TopRequest {

            /** Properties of a TopRequest. */
            interface $Properties {

                /** TopRequest sessions */
                sessions?: (isthmus.v1.SessionsRequest.$Properties|null);

                /** TopRequest by */
                by?: (string|null);

                /** TopRequest sort */
                sort?: (string|null);

                /** TopRequest prefixLength */
                prefixLength?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TopRequest. */
            type $Shape = isthmus.v1.TopRequest.$Properties;
        }

        /**
         * Properties of a TopReply.
         * @deprecated Use isthmus.v1.TopReply.$Properties instead.
         */
        interface ITopReply extends isthmus.v1.TopReply.$Properties {
        }

        /** Represents a TopReply. */
        class TopReply {

            /**
             * Constructs a new TopReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TopReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TopReply rows. */
            rows: isthmus.v1.TopRow.$Properties[];

            /** TopReply groups. */
            groups: number;

            /** TopReply approximate. */
            approximate: boolean;

            /** TopReply largestHidden. */
            largestHidden: number;

            /** TopReply total. */
            total?: (isthmus.v1.TopRow.$Properties|null);

            /** TopReply since. */
            since: number;

            /**
             * Creates a new TopReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TopReply instance
             */
            static create(properties: isthmus.v1.TopReply.$Shape): isthmus.v1.TopReply & isthmus.v1.TopReply.$Shape;
            static create(properties?: isthmus.v1.TopReply.$Properties): isthmus.v1.TopReply;

            /**
             * Encodes the specified TopReply message. Does not implicitly {@link isthmus.v1.TopReply.verify|verify} messages.
             * @param message TopReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TopReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TopReply & isthmus.v1.TopReply.$Shape} TopReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TopReply & isthmus.v1.TopReply.$Shape;
        }

        namespace TopReply {

            /** Properties of a TopReply. */
            interface $Properties {

                /** TopReply rows */
                rows?: (isthmus.v1.TopRow.$Properties[]|null);

                /** TopReply groups */
                groups?: (number|null);

                /** TopReply approximate */
                approximate?: (boolean|null);

                /** TopReply largestHidden */
                largestHidden?: (number|null);

                /** TopReply total */
                total?: (isthmus.v1.TopRow.$Properties|null);

                /** TopReply since */
                since?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TopReply. */
            type $Shape = isthmus.v1.TopReply.$Properties;
        }

        /**
         * Properties of a TopRow.
         * @deprecated Use isthmus.v1.TopRow.$Properties instead.
         */
        interface ITopRow extends isthmus.v1.TopRow.$Properties {
        }

        /** Represents a TopRow. */
        class TopRow {

            /**
             * Constructs a new TopRow.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TopRow.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TopRow instance. */
            instance: string;

            /** TopRow address. */
            address: string;

            /** TopRow protocol. */
            protocol: string;

            /** TopRow port. */
            port: number;

            /** TopRow sessions. */
            sessions: number;

            /** TopRow newLastMinute. */
            newLastMinute: number;

            /** TopRow packets. */
            packets: number;

            /** TopRow bytes. */
            bytes: number;

            /** TopRow excess. */
            excess: number;

            /** TopRow poolPorts. */
            poolPorts: number;

            /** TopRow newFromOutside. */
            newFromOutside: number;

            /** TopRow oldestMs. */
            oldestMs: number;

            /** TopRow own. */
            own: boolean;

            /** TopRow checkedBy. */
            checkedBy: string;

            /**
             * Creates a new TopRow instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TopRow instance
             */
            static create(properties: isthmus.v1.TopRow.$Shape): isthmus.v1.TopRow & isthmus.v1.TopRow.$Shape;
            static create(properties?: isthmus.v1.TopRow.$Properties): isthmus.v1.TopRow;

            /**
             * Encodes the specified TopRow message. Does not implicitly {@link isthmus.v1.TopRow.verify|verify} messages.
             * @param message TopRow message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TopRow.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopRow message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TopRow & isthmus.v1.TopRow.$Shape} TopRow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TopRow & isthmus.v1.TopRow.$Shape;
        }

        namespace TopRow {

            /** Properties of a TopRow. */
            interface $Properties {

                /** TopRow instance */
                instance?: (string|null);

                /** TopRow address */
                address?: (string|null);

                /** TopRow protocol */
                protocol?: (string|null);

                /** TopRow port */
                port?: (number|null);

                /** TopRow sessions */
                sessions?: (number|null);

                /** TopRow newLastMinute */
                newLastMinute?: (number|null);

                /** TopRow packets */
                packets?: (number|null);

                /** TopRow bytes */
                bytes?: (number|null);

                /** TopRow excess */
                excess?: (number|null);

                /** TopRow poolPorts */
                poolPorts?: (number|null);

                /** TopRow newFromOutside */
                newFromOutside?: (number|null);

                /** TopRow oldestMs */
                oldestMs?: (number|null);

                /** TopRow own */
                own?: (boolean|null);

                /** TopRow checkedBy */
                checkedBy?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TopRow. */
            type $Shape = isthmus.v1.TopRow.$Properties;
        }

        /**
         * Properties of a DropsRequest.
         * @deprecated Use isthmus.v1.DropsRequest.$Properties instead.
         */
        interface IDropsRequest extends isthmus.v1.DropsRequest.$Properties {
        }

        /** Represents a DropsRequest. */
        class DropsRequest {

            /**
             * Constructs a new DropsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.DropsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DropsRequest instance. */
            instance: string;

            /** DropsRequest reason. */
            reason: string;

            /** DropsRequest limit. */
            limit: number;

            /**
             * Creates a new DropsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DropsRequest instance
             */
            static create(properties: isthmus.v1.DropsRequest.$Shape): isthmus.v1.DropsRequest & isthmus.v1.DropsRequest.$Shape;
            static create(properties?: isthmus.v1.DropsRequest.$Properties): isthmus.v1.DropsRequest;

            /**
             * Encodes the specified DropsRequest message. Does not implicitly {@link isthmus.v1.DropsRequest.verify|verify} messages.
             * @param message DropsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.DropsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DropsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.DropsRequest & isthmus.v1.DropsRequest.$Shape} DropsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.DropsRequest & isthmus.v1.DropsRequest.$Shape;
        }

        namespace DropsRequest {

            /** Properties of a DropsRequest. */
            interface $Properties {

                /** DropsRequest instance */
                instance?: (string|null);

                /** DropsRequest reason */
                reason?: (string|null);

                /** DropsRequest limit */
                limit?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DropsRequest. */
            type $Shape = isthmus.v1.DropsRequest.$Properties;
        }

        /**
         * Properties of a DropsReply.
         * @deprecated Use isthmus.v1.DropsReply.$Properties instead.
         */
        interface IDropsReply extends isthmus.v1.DropsReply.$Properties {
        }

        /** Represents a DropsReply. */
        class DropsReply {

            /**
             * Constructs a new DropsReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.DropsReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DropsReply reasons. */
            reasons: isthmus.v1.DropReason.$Properties[];

            /**
             * Creates a new DropsReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DropsReply instance
             */
            static create(properties: isthmus.v1.DropsReply.$Shape): isthmus.v1.DropsReply & isthmus.v1.DropsReply.$Shape;
            static create(properties?: isthmus.v1.DropsReply.$Properties): isthmus.v1.DropsReply;

            /**
             * Encodes the specified DropsReply message. Does not implicitly {@link isthmus.v1.DropsReply.verify|verify} messages.
             * @param message DropsReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.DropsReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DropsReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.DropsReply & isthmus.v1.DropsReply.$Shape} DropsReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.DropsReply & isthmus.v1.DropsReply.$Shape;
        }

        namespace DropsReply {

            /** Properties of a DropsReply. */
            interface $Properties {

                /** DropsReply reasons */
                reasons?: (isthmus.v1.DropReason.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DropsReply. */
            type $Shape = isthmus.v1.DropsReply.$Properties;
        }

        /**
         * Properties of a DropReason.
         * @deprecated Use isthmus.v1.DropReason.$Properties instead.
         */
        interface IDropReason extends isthmus.v1.DropReason.$Properties {
        }

        /** Represents a DropReason. */
        class DropReason {

            /**
             * Constructs a new DropReason.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.DropReason.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DropReason instance. */
            instance: string;

            /** DropReason reason. */
            reason: string;

            /** DropReason kind. */
            kind: string;

            /** DropReason help. */
            help: string;

            /** DropReason packets. */
            packets: number;

            /** DropReason spanMs. */
            spanMs: number;

            /** DropReason sources. */
            sources: isthmus.v1.DropEnd.$Properties[];

            /** DropReason destinations. */
            destinations: isthmus.v1.DropEnd.$Properties[];

            /** DropReason advice. */
            advice: string;

            /**
             * Creates a new DropReason instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DropReason instance
             */
            static create(properties: isthmus.v1.DropReason.$Shape): isthmus.v1.DropReason & isthmus.v1.DropReason.$Shape;
            static create(properties?: isthmus.v1.DropReason.$Properties): isthmus.v1.DropReason;

            /**
             * Encodes the specified DropReason message. Does not implicitly {@link isthmus.v1.DropReason.verify|verify} messages.
             * @param message DropReason message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.DropReason.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DropReason message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.DropReason & isthmus.v1.DropReason.$Shape} DropReason
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.DropReason & isthmus.v1.DropReason.$Shape;
        }

        namespace DropReason {

            /** Properties of a DropReason. */
            interface $Properties {

                /** DropReason instance */
                instance?: (string|null);

                /** DropReason reason */
                reason?: (string|null);

                /** DropReason kind */
                kind?: (string|null);

                /** DropReason help */
                help?: (string|null);

                /** DropReason packets */
                packets?: (number|null);

                /** DropReason spanMs */
                spanMs?: (number|null);

                /** DropReason sources */
                sources?: (isthmus.v1.DropEnd.$Properties[]|null);

                /** DropReason destinations */
                destinations?: (isthmus.v1.DropEnd.$Properties[]|null);

                /** DropReason advice */
                advice?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DropReason. */
            type $Shape = isthmus.v1.DropReason.$Properties;
        }

        /**
         * Properties of a DropEnd.
         * @deprecated Use isthmus.v1.DropEnd.$Properties instead.
         */
        interface IDropEnd extends isthmus.v1.DropEnd.$Properties {
        }

        /** Represents a DropEnd. */
        class DropEnd {

            /**
             * Constructs a new DropEnd.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.DropEnd.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DropEnd address. */
            address: string;

            /** DropEnd packets. */
            packets: number;

            /** DropEnd excess. */
            excess: number;

            /** DropEnd protocol. */
            protocol: string;

            /** DropEnd source. */
            source: string;

            /** DropEnd sourcePort. */
            sourcePort: number;

            /** DropEnd destination. */
            destination: string;

            /** DropEnd destinationPort. */
            destinationPort: number;

            /** DropEnd own. */
            own: boolean;

            /** DropEnd checkedBy. */
            checkedBy: string;

            /**
             * Creates a new DropEnd instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DropEnd instance
             */
            static create(properties: isthmus.v1.DropEnd.$Shape): isthmus.v1.DropEnd & isthmus.v1.DropEnd.$Shape;
            static create(properties?: isthmus.v1.DropEnd.$Properties): isthmus.v1.DropEnd;

            /**
             * Encodes the specified DropEnd message. Does not implicitly {@link isthmus.v1.DropEnd.verify|verify} messages.
             * @param message DropEnd message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.DropEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DropEnd message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.DropEnd & isthmus.v1.DropEnd.$Shape} DropEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.DropEnd & isthmus.v1.DropEnd.$Shape;
        }

        namespace DropEnd {

            /** Properties of a DropEnd. */
            interface $Properties {

                /** DropEnd address */
                address?: (string|null);

                /** DropEnd packets */
                packets?: (number|null);

                /** DropEnd excess */
                excess?: (number|null);

                /** DropEnd protocol */
                protocol?: (string|null);

                /** DropEnd source */
                source?: (string|null);

                /** DropEnd sourcePort */
                sourcePort?: (number|null);

                /** DropEnd destination */
                destination?: (string|null);

                /** DropEnd destinationPort */
                destinationPort?: (number|null);

                /** DropEnd own */
                own?: (boolean|null);

                /** DropEnd checkedBy */
                checkedBy?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DropEnd. */
            type $Shape = isthmus.v1.DropEnd.$Properties;
        }

        /**
         * Properties of a Session.
         * @deprecated Use isthmus.v1.Session.$Properties instead.
         */
        interface ISession extends isthmus.v1.Session.$Properties {
        }

        /** Represents a Session. */
        class Session {

            /**
             * Constructs a new Session.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.Session.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Session instance. */
            instance: string;

            /** Session protocol. */
            protocol: string;

            /** Session client. */
            client: string;

            /** Session clientPort. */
            clientPort: number;

            /** Session pool4. */
            pool4: string;

            /** Session pool4Port. */
            pool4Port: number;

            /** Session remote. */
            remote: string;

            /** Session remotePort. */
            remotePort: number;

            /** Session state. */
            state: string;

            /** Session expiresInMs. */
            expiresInMs: number;

            /** Session owner. */
            owner: string;

            /** Session idleMs. */
            idleMs: number;

            /** Session ageMs. */
            ageMs: number;

            /** Session packetsOut. */
            packetsOut: number;

            /** Session bytesOut. */
            bytesOut: number;

            /** Session packetsIn. */
            packetsIn: number;

            /** Session bytesIn. */
            bytesIn: number;

            /** Session fastPath. */
            fastPath: boolean;

            /**
             * Creates a new Session instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Session instance
             */
            static create(properties: isthmus.v1.Session.$Shape): isthmus.v1.Session & isthmus.v1.Session.$Shape;
            static create(properties?: isthmus.v1.Session.$Properties): isthmus.v1.Session;

            /**
             * Encodes the specified Session message. Does not implicitly {@link isthmus.v1.Session.verify|verify} messages.
             * @param message Session message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.Session.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Session message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.Session & isthmus.v1.Session.$Shape} Session
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.Session & isthmus.v1.Session.$Shape;
        }

        namespace Session {

            /** Properties of a Session. */
            interface $Properties {

                /** Session instance */
                instance?: (string|null);

                /** Session protocol */
                protocol?: (string|null);

                /** Session client */
                client?: (string|null);

                /** Session clientPort */
                clientPort?: (number|null);

                /** Session pool4 */
                pool4?: (string|null);

                /** Session pool4Port */
                pool4Port?: (number|null);

                /** Session remote */
                remote?: (string|null);

                /** Session remotePort */
                remotePort?: (number|null);

                /** Session state */
                state?: (string|null);

                /** Session expiresInMs */
                expiresInMs?: (number|null);

                /** Session owner */
                owner?: (string|null);

                /** Session idleMs */
                idleMs?: (number|null);

                /** Session ageMs */
                ageMs?: (number|null);

                /** Session packetsOut */
                packetsOut?: (number|null);

                /** Session bytesOut */
                bytesOut?: (number|null);

                /** Session packetsIn */
                packetsIn?: (number|null);

                /** Session bytesIn */
                bytesIn?: (number|null);

                /** Session fastPath */
                fastPath?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Session. */
            type $Shape = isthmus.v1.Session.$Properties;
        }

        /**
         * Properties of a BibPage.
         * @deprecated Use isthmus.v1.BibPage.$Properties instead.
         */
        interface IBibPage extends isthmus.v1.BibPage.$Properties {
        }

        /** Represents a BibPage. */
        class BibPage {

            /**
             * Constructs a new BibPage.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.BibPage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BibPage entries. */
            entries: isthmus.v1.BibEntry.$Properties[];

            /**
             * Creates a new BibPage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BibPage instance
             */
            static create(properties: isthmus.v1.BibPage.$Shape): isthmus.v1.BibPage & isthmus.v1.BibPage.$Shape;
            static create(properties?: isthmus.v1.BibPage.$Properties): isthmus.v1.BibPage;

            /**
             * Encodes the specified BibPage message. Does not implicitly {@link isthmus.v1.BibPage.verify|verify} messages.
             * @param message BibPage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.BibPage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BibPage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.BibPage & isthmus.v1.BibPage.$Shape} BibPage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.BibPage & isthmus.v1.BibPage.$Shape;
        }

        namespace BibPage {

            /** Properties of a BibPage. */
            interface $Properties {

                /** BibPage entries */
                entries?: (isthmus.v1.BibEntry.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BibPage. */
            type $Shape = isthmus.v1.BibPage.$Properties;
        }

        /**
         * Properties of a BibEntry.
         * @deprecated Use isthmus.v1.BibEntry.$Properties instead.
         */
        interface IBibEntry extends isthmus.v1.BibEntry.$Properties {
        }

        /** Represents a BibEntry. */
        class BibEntry {

            /**
             * Constructs a new BibEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.BibEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BibEntry instance. */
            instance: string;

            /** BibEntry protocol. */
            protocol: string;

            /** BibEntry client. */
            client: string;

            /** BibEntry clientPort. */
            clientPort: number;

            /** BibEntry pool4. */
            pool4: string;

            /** BibEntry pool4Port. */
            pool4Port: number;

            /** BibEntry sessions. */
            sessions: number;

            /** BibEntry static. */
            static: boolean;

            /** BibEntry oldestMs. */
            oldestMs: number;

            /**
             * Creates a new BibEntry instance using the specified properties.
             * @param [properties] Properties to set
             * @returns BibEntry instance
             */
            static create(properties: isthmus.v1.BibEntry.$Shape): isthmus.v1.BibEntry & isthmus.v1.BibEntry.$Shape;
            static create(properties?: isthmus.v1.BibEntry.$Properties): isthmus.v1.BibEntry;

            /**
             * Encodes the specified BibEntry message. Does not implicitly {@link isthmus.v1.BibEntry.verify|verify} messages.
             * @param message BibEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.BibEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BibEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.BibEntry & isthmus.v1.BibEntry.$Shape} BibEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.BibEntry & isthmus.v1.BibEntry.$Shape;
        }

        namespace BibEntry {

            /** Properties of a BibEntry. */
            interface $Properties {

                /** BibEntry instance */
                instance?: (string|null);

                /** BibEntry protocol */
                protocol?: (string|null);

                /** BibEntry client */
                client?: (string|null);

                /** BibEntry clientPort */
                clientPort?: (number|null);

                /** BibEntry pool4 */
                pool4?: (string|null);

                /** BibEntry pool4Port */
                pool4Port?: (number|null);

                /** BibEntry sessions */
                sessions?: (number|null);

                /** BibEntry static */
                "static"?: (boolean|null);

                /** BibEntry oldestMs */
                oldestMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BibEntry. */
            type $Shape = isthmus.v1.BibEntry.$Properties;
        }

        /**
         * Properties of a PoolRequest.
         * @deprecated Use isthmus.v1.PoolRequest.$Properties instead.
         */
        interface IPoolRequest extends isthmus.v1.PoolRequest.$Properties {
        }

        /** Represents a PoolRequest. */
        class PoolRequest {

            /**
             * Constructs a new PoolRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.PoolRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PoolRequest instance. */
            instance: string;

            /**
             * Creates a new PoolRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PoolRequest instance
             */
            static create(properties: isthmus.v1.PoolRequest.$Shape): isthmus.v1.PoolRequest & isthmus.v1.PoolRequest.$Shape;
            static create(properties?: isthmus.v1.PoolRequest.$Properties): isthmus.v1.PoolRequest;

            /**
             * Encodes the specified PoolRequest message. Does not implicitly {@link isthmus.v1.PoolRequest.verify|verify} messages.
             * @param message PoolRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.PoolRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PoolRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.PoolRequest & isthmus.v1.PoolRequest.$Shape} PoolRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.PoolRequest & isthmus.v1.PoolRequest.$Shape;
        }

        namespace PoolRequest {

            /** Properties of a PoolRequest. */
            interface $Properties {

                /** PoolRequest instance */
                instance?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PoolRequest. */
            type $Shape = isthmus.v1.PoolRequest.$Properties;
        }

        /**
         * Properties of a PoolReply.
         * @deprecated Use isthmus.v1.PoolReply.$Properties instead.
         */
        interface IPoolReply extends isthmus.v1.PoolReply.$Properties {
        }

        /** Represents a PoolReply. */
        class PoolReply {

            /**
             * Constructs a new PoolReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.PoolReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PoolReply entries. */
            entries: isthmus.v1.PoolUse.$Properties[];

            /**
             * Creates a new PoolReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PoolReply instance
             */
            static create(properties: isthmus.v1.PoolReply.$Shape): isthmus.v1.PoolReply & isthmus.v1.PoolReply.$Shape;
            static create(properties?: isthmus.v1.PoolReply.$Properties): isthmus.v1.PoolReply;

            /**
             * Encodes the specified PoolReply message. Does not implicitly {@link isthmus.v1.PoolReply.verify|verify} messages.
             * @param message PoolReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.PoolReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PoolReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.PoolReply & isthmus.v1.PoolReply.$Shape} PoolReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.PoolReply & isthmus.v1.PoolReply.$Shape;
        }

        namespace PoolReply {

            /** Properties of a PoolReply. */
            interface $Properties {

                /** PoolReply entries */
                entries?: (isthmus.v1.PoolUse.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PoolReply. */
            type $Shape = isthmus.v1.PoolReply.$Properties;
        }

        /**
         * Properties of a PoolUse.
         * @deprecated Use isthmus.v1.PoolUse.$Properties instead.
         */
        interface IPoolUse extends isthmus.v1.PoolUse.$Properties {
        }

        /** Represents a PoolUse. */
        class PoolUse {

            /**
             * Constructs a new PoolUse.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.PoolUse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PoolUse instance. */
            instance: string;

            /** PoolUse prefix. */
            prefix: string;

            /** PoolUse ports. */
            ports: string;

            /** PoolUse protocols. */
            protocols: string;

            /** PoolUse capacity. */
            capacity: number;

            /** PoolUse used. */
            used: number;

            /** PoolUse slices. */
            slices: string[];

            /** PoolUse assignedClients. */
            assignedClients: number;

            /**
             * Creates a new PoolUse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PoolUse instance
             */
            static create(properties: isthmus.v1.PoolUse.$Shape): isthmus.v1.PoolUse & isthmus.v1.PoolUse.$Shape;
            static create(properties?: isthmus.v1.PoolUse.$Properties): isthmus.v1.PoolUse;

            /**
             * Encodes the specified PoolUse message. Does not implicitly {@link isthmus.v1.PoolUse.verify|verify} messages.
             * @param message PoolUse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.PoolUse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PoolUse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.PoolUse & isthmus.v1.PoolUse.$Shape} PoolUse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.PoolUse & isthmus.v1.PoolUse.$Shape;
        }

        namespace PoolUse {

            /** Properties of a PoolUse. */
            interface $Properties {

                /** PoolUse instance */
                instance?: (string|null);

                /** PoolUse prefix */
                prefix?: (string|null);

                /** PoolUse ports */
                ports?: (string|null);

                /** PoolUse protocols */
                protocols?: (string|null);

                /** PoolUse capacity */
                capacity?: (number|null);

                /** PoolUse used */
                used?: (number|null);

                /** PoolUse slices */
                slices?: (string[]|null);

                /** PoolUse assignedClients */
                assignedClients?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PoolUse. */
            type $Shape = isthmus.v1.PoolUse.$Properties;
        }

        /**
         * Properties of an ExplainRequest.
         * @deprecated Use isthmus.v1.ExplainRequest.$Properties instead.
         */
        interface IExplainRequest extends isthmus.v1.ExplainRequest.$Properties {
        }

        /** Represents an ExplainRequest. */
        class ExplainRequest {

            /**
             * Constructs a new ExplainRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ExplainRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ExplainRequest instance. */
            instance: string;

            /** ExplainRequest protocol. */
            protocol: string;

            /** ExplainRequest source. */
            source: string;

            /** ExplainRequest sourcePort. */
            sourcePort: number;

            /** ExplainRequest destination. */
            destination: string;

            /** ExplainRequest destinationPort. */
            destinationPort: number;

            /** ExplainRequest payload. */
            payload: number;

            /** ExplainRequest hopLimit. */
            hopLimit: number;

            /**
             * Creates a new ExplainRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ExplainRequest instance
             */
            static create(properties: isthmus.v1.ExplainRequest.$Shape): isthmus.v1.ExplainRequest & isthmus.v1.ExplainRequest.$Shape;
            static create(properties?: isthmus.v1.ExplainRequest.$Properties): isthmus.v1.ExplainRequest;

            /**
             * Encodes the specified ExplainRequest message. Does not implicitly {@link isthmus.v1.ExplainRequest.verify|verify} messages.
             * @param message ExplainRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ExplainRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ExplainRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ExplainRequest & isthmus.v1.ExplainRequest.$Shape} ExplainRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ExplainRequest & isthmus.v1.ExplainRequest.$Shape;
        }

        namespace ExplainRequest {

            /** Properties of an ExplainRequest. */
            interface $Properties {

                /** ExplainRequest instance */
                instance?: (string|null);

                /** ExplainRequest protocol */
                protocol?: (string|null);

                /** ExplainRequest source */
                source?: (string|null);

                /** ExplainRequest sourcePort */
                sourcePort?: (number|null);

                /** ExplainRequest destination */
                destination?: (string|null);

                /** ExplainRequest destinationPort */
                destinationPort?: (number|null);

                /** ExplainRequest payload */
                payload?: (number|null);

                /** ExplainRequest hopLimit */
                hopLimit?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ExplainRequest. */
            type $Shape = isthmus.v1.ExplainRequest.$Properties;
        }

        /**
         * Properties of an ExplainReply.
         * @deprecated Use isthmus.v1.ExplainReply.$Properties instead.
         */
        interface IExplainReply extends isthmus.v1.ExplainReply.$Properties {
        }

        /** Represents an ExplainReply. */
        class ExplainReply {

            /**
             * Constructs a new ExplainReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ExplainReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ExplainReply steps. */
            steps: string[];

            /** ExplainReply verdict. */
            verdict: string;

            /** ExplainReply instance. */
            instance: string;

            /** ExplainReply source. */
            source: string;

            /** ExplainReply sourcePort. */
            sourcePort: number;

            /** ExplainReply destination. */
            destination: string;

            /** ExplainReply destinationPort. */
            destinationPort: number;

            /** ExplainReply counter. */
            counter: string;

            /** ExplainReply packets. */
            packets: isthmus.v1.PacketSummary.$Properties[];

            /** ExplainReply interface. */
            interface: string;

            /** ExplainReply concerns. */
            concerns: string[];

            /**
             * Creates a new ExplainReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ExplainReply instance
             */
            static create(properties: isthmus.v1.ExplainReply.$Shape): isthmus.v1.ExplainReply & isthmus.v1.ExplainReply.$Shape;
            static create(properties?: isthmus.v1.ExplainReply.$Properties): isthmus.v1.ExplainReply;

            /**
             * Encodes the specified ExplainReply message. Does not implicitly {@link isthmus.v1.ExplainReply.verify|verify} messages.
             * @param message ExplainReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ExplainReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ExplainReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ExplainReply & isthmus.v1.ExplainReply.$Shape} ExplainReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ExplainReply & isthmus.v1.ExplainReply.$Shape;
        }

        namespace ExplainReply {

            /** Properties of an ExplainReply. */
            interface $Properties {

                /** ExplainReply steps */
                steps?: (string[]|null);

                /** ExplainReply verdict */
                verdict?: (string|null);

                /** ExplainReply instance */
                instance?: (string|null);

                /** ExplainReply source */
                source?: (string|null);

                /** ExplainReply sourcePort */
                sourcePort?: (number|null);

                /** ExplainReply destination */
                destination?: (string|null);

                /** ExplainReply destinationPort */
                destinationPort?: (number|null);

                /** ExplainReply counter */
                counter?: (string|null);

                /** ExplainReply packets */
                packets?: (isthmus.v1.PacketSummary.$Properties[]|null);

                /** ExplainReply interface */
                "interface"?: (string|null);

                /** ExplainReply concerns */
                concerns?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ExplainReply. */
            type $Shape = isthmus.v1.ExplainReply.$Properties;
        }

        /**
         * Properties of a PacketSummary.
         * @deprecated Use isthmus.v1.PacketSummary.$Properties instead.
         */
        interface IPacketSummary extends isthmus.v1.PacketSummary.$Properties {
        }

        /** Represents a PacketSummary. */
        class PacketSummary {

            /**
             * Constructs a new PacketSummary.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.PacketSummary.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PacketSummary source. */
            source: string;

            /** PacketSummary sourcePort. */
            sourcePort: number;

            /** PacketSummary destination. */
            destination: string;

            /** PacketSummary destinationPort. */
            destinationPort: number;

            /** PacketSummary hopLimit. */
            hopLimit: number;

            /** PacketSummary length. */
            length: number;

            /** PacketSummary fragment. */
            fragment: boolean;

            /**
             * Creates a new PacketSummary instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PacketSummary instance
             */
            static create(properties: isthmus.v1.PacketSummary.$Shape): isthmus.v1.PacketSummary & isthmus.v1.PacketSummary.$Shape;
            static create(properties?: isthmus.v1.PacketSummary.$Properties): isthmus.v1.PacketSummary;

            /**
             * Encodes the specified PacketSummary message. Does not implicitly {@link isthmus.v1.PacketSummary.verify|verify} messages.
             * @param message PacketSummary message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.PacketSummary.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PacketSummary message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.PacketSummary & isthmus.v1.PacketSummary.$Shape} PacketSummary
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.PacketSummary & isthmus.v1.PacketSummary.$Shape;
        }

        namespace PacketSummary {

            /** Properties of a PacketSummary. */
            interface $Properties {

                /** PacketSummary source */
                source?: (string|null);

                /** PacketSummary sourcePort */
                sourcePort?: (number|null);

                /** PacketSummary destination */
                destination?: (string|null);

                /** PacketSummary destinationPort */
                destinationPort?: (number|null);

                /** PacketSummary hopLimit */
                hopLimit?: (number|null);

                /** PacketSummary length */
                length?: (number|null);

                /** PacketSummary fragment */
                fragment?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PacketSummary. */
            type $Shape = isthmus.v1.PacketSummary.$Properties;
        }

        /**
         * Properties of a DrainRequest.
         * @deprecated Use isthmus.v1.DrainRequest.$Properties instead.
         */
        interface IDrainRequest extends isthmus.v1.DrainRequest.$Properties {
        }

        /** Represents a DrainRequest. */
        class DrainRequest {

            /**
             * Constructs a new DrainRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.DrainRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DrainRequest reason. */
            reason: string;

            /** DrainRequest force. */
            force: boolean;

            /**
             * Creates a new DrainRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DrainRequest instance
             */
            static create(properties: isthmus.v1.DrainRequest.$Shape): isthmus.v1.DrainRequest & isthmus.v1.DrainRequest.$Shape;
            static create(properties?: isthmus.v1.DrainRequest.$Properties): isthmus.v1.DrainRequest;

            /**
             * Encodes the specified DrainRequest message. Does not implicitly {@link isthmus.v1.DrainRequest.verify|verify} messages.
             * @param message DrainRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.DrainRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DrainRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.DrainRequest & isthmus.v1.DrainRequest.$Shape} DrainRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.DrainRequest & isthmus.v1.DrainRequest.$Shape;
        }

        namespace DrainRequest {

            /** Properties of a DrainRequest. */
            interface $Properties {

                /** DrainRequest reason */
                reason?: (string|null);

                /** DrainRequest force */
                force?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DrainRequest. */
            type $Shape = isthmus.v1.DrainRequest.$Properties;
        }

        /**
         * Properties of an UndrainRequest.
         * @deprecated Use isthmus.v1.UndrainRequest.$Properties instead.
         */
        interface IUndrainRequest extends isthmus.v1.UndrainRequest.$Properties {
        }

        /** Represents an UndrainRequest. */
        class UndrainRequest {

            /**
             * Constructs a new UndrainRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.UndrainRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new UndrainRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns UndrainRequest instance
             */
            static create(properties: isthmus.v1.UndrainRequest.$Shape): isthmus.v1.UndrainRequest & isthmus.v1.UndrainRequest.$Shape;
            static create(properties?: isthmus.v1.UndrainRequest.$Properties): isthmus.v1.UndrainRequest;

            /**
             * Encodes the specified UndrainRequest message. Does not implicitly {@link isthmus.v1.UndrainRequest.verify|verify} messages.
             * @param message UndrainRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.UndrainRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UndrainRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.UndrainRequest & isthmus.v1.UndrainRequest.$Shape} UndrainRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.UndrainRequest & isthmus.v1.UndrainRequest.$Shape;
        }

        namespace UndrainRequest {

            /** Properties of an UndrainRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an UndrainRequest. */
            type $Shape = isthmus.v1.UndrainRequest.$Properties;
        }

        /**
         * Properties of a ReleaseRequest.
         * @deprecated Use isthmus.v1.ReleaseRequest.$Properties instead.
         */
        interface IReleaseRequest extends isthmus.v1.ReleaseRequest.$Properties {
        }

        /** Represents a ReleaseRequest. */
        class ReleaseRequest {

            /**
             * Constructs a new ReleaseRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ReleaseRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ReleaseRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReleaseRequest instance
             */
            static create(properties: isthmus.v1.ReleaseRequest.$Shape): isthmus.v1.ReleaseRequest & isthmus.v1.ReleaseRequest.$Shape;
            static create(properties?: isthmus.v1.ReleaseRequest.$Properties): isthmus.v1.ReleaseRequest;

            /**
             * Encodes the specified ReleaseRequest message. Does not implicitly {@link isthmus.v1.ReleaseRequest.verify|verify} messages.
             * @param message ReleaseRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ReleaseRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReleaseRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ReleaseRequest & isthmus.v1.ReleaseRequest.$Shape} ReleaseRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ReleaseRequest & isthmus.v1.ReleaseRequest.$Shape;
        }

        namespace ReleaseRequest {

            /** Properties of a ReleaseRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReleaseRequest. */
            type $Shape = isthmus.v1.ReleaseRequest.$Properties;
        }

        /**
         * Properties of a PauseRequest.
         * @deprecated Use isthmus.v1.PauseRequest.$Properties instead.
         */
        interface IPauseRequest extends isthmus.v1.PauseRequest.$Properties {
        }

        /** Represents a PauseRequest. */
        class PauseRequest {

            /**
             * Constructs a new PauseRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.PauseRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PauseRequest reason. */
            reason: string;

            /**
             * Creates a new PauseRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PauseRequest instance
             */
            static create(properties: isthmus.v1.PauseRequest.$Shape): isthmus.v1.PauseRequest & isthmus.v1.PauseRequest.$Shape;
            static create(properties?: isthmus.v1.PauseRequest.$Properties): isthmus.v1.PauseRequest;

            /**
             * Encodes the specified PauseRequest message. Does not implicitly {@link isthmus.v1.PauseRequest.verify|verify} messages.
             * @param message PauseRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.PauseRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PauseRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.PauseRequest & isthmus.v1.PauseRequest.$Shape} PauseRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.PauseRequest & isthmus.v1.PauseRequest.$Shape;
        }

        namespace PauseRequest {

            /** Properties of a PauseRequest. */
            interface $Properties {

                /** PauseRequest reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PauseRequest. */
            type $Shape = isthmus.v1.PauseRequest.$Properties;
        }

        /**
         * Properties of a ResumeRequest.
         * @deprecated Use isthmus.v1.ResumeRequest.$Properties instead.
         */
        interface IResumeRequest extends isthmus.v1.ResumeRequest.$Properties {
        }

        /** Represents a ResumeRequest. */
        class ResumeRequest {

            /**
             * Constructs a new ResumeRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ResumeRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ResumeRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ResumeRequest instance
             */
            static create(properties: isthmus.v1.ResumeRequest.$Shape): isthmus.v1.ResumeRequest & isthmus.v1.ResumeRequest.$Shape;
            static create(properties?: isthmus.v1.ResumeRequest.$Properties): isthmus.v1.ResumeRequest;

            /**
             * Encodes the specified ResumeRequest message. Does not implicitly {@link isthmus.v1.ResumeRequest.verify|verify} messages.
             * @param message ResumeRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ResumeRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResumeRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ResumeRequest & isthmus.v1.ResumeRequest.$Shape} ResumeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ResumeRequest & isthmus.v1.ResumeRequest.$Shape;
        }

        namespace ResumeRequest {

            /** Properties of a ResumeRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResumeRequest. */
            type $Shape = isthmus.v1.ResumeRequest.$Properties;
        }

        /**
         * Properties of an Outcome.
         * @deprecated Use isthmus.v1.Outcome.$Properties instead.
         */
        interface IOutcome extends isthmus.v1.Outcome.$Properties {
        }

        /** Represents an Outcome. */
        class Outcome {

            /**
             * Constructs a new Outcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.Outcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Outcome done. */
            done: boolean;

            /** Outcome text. */
            text: string;

            /** Outcome code. */
            code: string;

            /**
             * Creates a new Outcome instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Outcome instance
             */
            static create(properties: isthmus.v1.Outcome.$Shape): isthmus.v1.Outcome & isthmus.v1.Outcome.$Shape;
            static create(properties?: isthmus.v1.Outcome.$Properties): isthmus.v1.Outcome;

            /**
             * Encodes the specified Outcome message. Does not implicitly {@link isthmus.v1.Outcome.verify|verify} messages.
             * @param message Outcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.Outcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Outcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.Outcome & isthmus.v1.Outcome.$Shape} Outcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.Outcome & isthmus.v1.Outcome.$Shape;
        }

        namespace Outcome {

            /** Properties of an Outcome. */
            interface $Properties {

                /** Outcome done */
                done?: (boolean|null);

                /** Outcome text */
                text?: (string|null);

                /** Outcome code */
                code?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Outcome. */
            type $Shape = isthmus.v1.Outcome.$Properties;
        }

        /**
         * Properties of a LoadForeignRequest.
         * @deprecated Use isthmus.v1.LoadForeignRequest.$Properties instead.
         */
        interface ILoadForeignRequest extends isthmus.v1.LoadForeignRequest.$Properties {
        }

        /** Represents a LoadForeignRequest. */
        class LoadForeignRequest {

            /**
             * Constructs a new LoadForeignRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.LoadForeignRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LoadForeignRequest instance. */
            instance: string;

            /** LoadForeignRequest rows. */
            rows: string[];

            /**
             * Creates a new LoadForeignRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LoadForeignRequest instance
             */
            static create(properties: isthmus.v1.LoadForeignRequest.$Shape): isthmus.v1.LoadForeignRequest & isthmus.v1.LoadForeignRequest.$Shape;
            static create(properties?: isthmus.v1.LoadForeignRequest.$Properties): isthmus.v1.LoadForeignRequest;

            /**
             * Encodes the specified LoadForeignRequest message. Does not implicitly {@link isthmus.v1.LoadForeignRequest.verify|verify} messages.
             * @param message LoadForeignRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.LoadForeignRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LoadForeignRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.LoadForeignRequest & isthmus.v1.LoadForeignRequest.$Shape} LoadForeignRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.LoadForeignRequest & isthmus.v1.LoadForeignRequest.$Shape;
        }

        namespace LoadForeignRequest {

            /** Properties of a LoadForeignRequest. */
            interface $Properties {

                /** LoadForeignRequest instance */
                instance?: (string|null);

                /** LoadForeignRequest rows */
                rows?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LoadForeignRequest. */
            type $Shape = isthmus.v1.LoadForeignRequest.$Properties;
        }

        /**
         * Properties of a LoadForeignReply.
         * @deprecated Use isthmus.v1.LoadForeignReply.$Properties instead.
         */
        interface ILoadForeignReply extends isthmus.v1.LoadForeignReply.$Properties {
        }

        /** Represents a LoadForeignReply. */
        class LoadForeignReply {

            /**
             * Constructs a new LoadForeignReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.LoadForeignReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LoadForeignReply taken. */
            taken: number;

            /** LoadForeignReply malformed. */
            malformed: number;

            /** LoadForeignReply firstMalformed. */
            firstMalformed: string;

            /** LoadForeignReply refused. */
            refused: isthmus.v1.Counter.$Properties[];

            /**
             * Creates a new LoadForeignReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LoadForeignReply instance
             */
            static create(properties: isthmus.v1.LoadForeignReply.$Shape): isthmus.v1.LoadForeignReply & isthmus.v1.LoadForeignReply.$Shape;
            static create(properties?: isthmus.v1.LoadForeignReply.$Properties): isthmus.v1.LoadForeignReply;

            /**
             * Encodes the specified LoadForeignReply message. Does not implicitly {@link isthmus.v1.LoadForeignReply.verify|verify} messages.
             * @param message LoadForeignReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.LoadForeignReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LoadForeignReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.LoadForeignReply & isthmus.v1.LoadForeignReply.$Shape} LoadForeignReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.LoadForeignReply & isthmus.v1.LoadForeignReply.$Shape;
        }

        namespace LoadForeignReply {

            /** Properties of a LoadForeignReply. */
            interface $Properties {

                /** LoadForeignReply taken */
                taken?: (number|null);

                /** LoadForeignReply malformed */
                malformed?: (number|null);

                /** LoadForeignReply firstMalformed */
                firstMalformed?: (string|null);

                /** LoadForeignReply refused */
                refused?: (isthmus.v1.Counter.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LoadForeignReply. */
            type $Shape = isthmus.v1.LoadForeignReply.$Properties;
        }

        /**
         * Properties of a ChangeAdoptionRequest.
         * @deprecated Use isthmus.v1.ChangeAdoptionRequest.$Properties instead.
         */
        interface IChangeAdoptionRequest extends isthmus.v1.ChangeAdoptionRequest.$Properties {
        }

        /** Represents a ChangeAdoptionRequest. */
        class ChangeAdoptionRequest {

            /**
             * Constructs a new ChangeAdoptionRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ChangeAdoptionRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChangeAdoptionRequest instance. */
            instance: string;

            /** ChangeAdoptionRequest action. */
            action: string;

            /**
             * Creates a new ChangeAdoptionRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ChangeAdoptionRequest instance
             */
            static create(properties: isthmus.v1.ChangeAdoptionRequest.$Shape): isthmus.v1.ChangeAdoptionRequest & isthmus.v1.ChangeAdoptionRequest.$Shape;
            static create(properties?: isthmus.v1.ChangeAdoptionRequest.$Properties): isthmus.v1.ChangeAdoptionRequest;

            /**
             * Encodes the specified ChangeAdoptionRequest message. Does not implicitly {@link isthmus.v1.ChangeAdoptionRequest.verify|verify} messages.
             * @param message ChangeAdoptionRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ChangeAdoptionRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChangeAdoptionRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ChangeAdoptionRequest & isthmus.v1.ChangeAdoptionRequest.$Shape} ChangeAdoptionRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ChangeAdoptionRequest & isthmus.v1.ChangeAdoptionRequest.$Shape;
        }

        namespace ChangeAdoptionRequest {

            /** Properties of a ChangeAdoptionRequest. */
            interface $Properties {

                /** ChangeAdoptionRequest instance */
                instance?: (string|null);

                /** ChangeAdoptionRequest action */
                action?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChangeAdoptionRequest. */
            type $Shape = isthmus.v1.ChangeAdoptionRequest.$Properties;
        }

        /**
         * Properties of a TakeSliceRequest.
         * @deprecated Use isthmus.v1.TakeSliceRequest.$Properties instead.
         */
        interface ITakeSliceRequest extends isthmus.v1.TakeSliceRequest.$Properties {
        }

        /** Represents a TakeSliceRequest. */
        class TakeSliceRequest {

            /**
             * Constructs a new TakeSliceRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.TakeSliceRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TakeSliceRequest slot. */
            slot: number;

            /**
             * Creates a new TakeSliceRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TakeSliceRequest instance
             */
            static create(properties: isthmus.v1.TakeSliceRequest.$Shape): isthmus.v1.TakeSliceRequest & isthmus.v1.TakeSliceRequest.$Shape;
            static create(properties?: isthmus.v1.TakeSliceRequest.$Properties): isthmus.v1.TakeSliceRequest;

            /**
             * Encodes the specified TakeSliceRequest message. Does not implicitly {@link isthmus.v1.TakeSliceRequest.verify|verify} messages.
             * @param message TakeSliceRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.TakeSliceRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TakeSliceRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.TakeSliceRequest & isthmus.v1.TakeSliceRequest.$Shape} TakeSliceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.TakeSliceRequest & isthmus.v1.TakeSliceRequest.$Shape;
        }

        namespace TakeSliceRequest {

            /** Properties of a TakeSliceRequest. */
            interface $Properties {

                /** TakeSliceRequest slot */
                slot?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TakeSliceRequest. */
            type $Shape = isthmus.v1.TakeSliceRequest.$Properties;
        }

        /**
         * Properties of a ReloadRequest.
         * @deprecated Use isthmus.v1.ReloadRequest.$Properties instead.
         */
        interface IReloadRequest extends isthmus.v1.ReloadRequest.$Properties {
        }

        /** Represents a ReloadRequest. */
        class ReloadRequest {

            /**
             * Constructs a new ReloadRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ReloadRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReloadRequest dryRun. */
            dryRun: boolean;

            /**
             * Creates a new ReloadRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReloadRequest instance
             */
            static create(properties: isthmus.v1.ReloadRequest.$Shape): isthmus.v1.ReloadRequest & isthmus.v1.ReloadRequest.$Shape;
            static create(properties?: isthmus.v1.ReloadRequest.$Properties): isthmus.v1.ReloadRequest;

            /**
             * Encodes the specified ReloadRequest message. Does not implicitly {@link isthmus.v1.ReloadRequest.verify|verify} messages.
             * @param message ReloadRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ReloadRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReloadRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ReloadRequest & isthmus.v1.ReloadRequest.$Shape} ReloadRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ReloadRequest & isthmus.v1.ReloadRequest.$Shape;
        }

        namespace ReloadRequest {

            /** Properties of a ReloadRequest. */
            interface $Properties {

                /** ReloadRequest dryRun */
                dryRun?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReloadRequest. */
            type $Shape = isthmus.v1.ReloadRequest.$Properties;
        }

        /**
         * Properties of a ReloadReply.
         * @deprecated Use isthmus.v1.ReloadReply.$Properties instead.
         */
        interface IReloadReply extends isthmus.v1.ReloadReply.$Properties {
        }

        /** Represents a ReloadReply. */
        class ReloadReply {

            /**
             * Constructs a new ReloadReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.ReloadReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReloadReply done. */
            done: boolean;

            /** ReloadReply text. */
            text: string;

            /** ReloadReply changes. */
            changes: string[];

            /** ReloadReply refused. */
            refused: string[];

            /** ReloadReply code. */
            code: string;

            /**
             * Creates a new ReloadReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ReloadReply instance
             */
            static create(properties: isthmus.v1.ReloadReply.$Shape): isthmus.v1.ReloadReply & isthmus.v1.ReloadReply.$Shape;
            static create(properties?: isthmus.v1.ReloadReply.$Properties): isthmus.v1.ReloadReply;

            /**
             * Encodes the specified ReloadReply message. Does not implicitly {@link isthmus.v1.ReloadReply.verify|verify} messages.
             * @param message ReloadReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.ReloadReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReloadReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.ReloadReply & isthmus.v1.ReloadReply.$Shape} ReloadReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.ReloadReply & isthmus.v1.ReloadReply.$Shape;
        }

        namespace ReloadReply {

            /** Properties of a ReloadReply. */
            interface $Properties {

                /** ReloadReply done */
                done?: (boolean|null);

                /** ReloadReply text */
                text?: (string|null);

                /** ReloadReply changes */
                changes?: (string[]|null);

                /** ReloadReply refused */
                refused?: (string[]|null);

                /** ReloadReply code */
                code?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReloadReply. */
            type $Shape = isthmus.v1.ReloadReply.$Properties;
        }

        /**
         * Properties of an EventsRequest.
         * @deprecated Use isthmus.v1.EventsRequest.$Properties instead.
         */
        interface IEventsRequest extends isthmus.v1.EventsRequest.$Properties {
        }

        /** Represents an EventsRequest. */
        class EventsRequest {

            /**
             * Constructs a new EventsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.EventsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EventsRequest last. */
            last: number;

            /** EventsRequest follow. */
            follow: boolean;

            /**
             * Creates a new EventsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns EventsRequest instance
             */
            static create(properties: isthmus.v1.EventsRequest.$Shape): isthmus.v1.EventsRequest & isthmus.v1.EventsRequest.$Shape;
            static create(properties?: isthmus.v1.EventsRequest.$Properties): isthmus.v1.EventsRequest;

            /**
             * Encodes the specified EventsRequest message. Does not implicitly {@link isthmus.v1.EventsRequest.verify|verify} messages.
             * @param message EventsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.EventsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EventsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.EventsRequest & isthmus.v1.EventsRequest.$Shape} EventsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.EventsRequest & isthmus.v1.EventsRequest.$Shape;
        }

        namespace EventsRequest {

            /** Properties of an EventsRequest. */
            interface $Properties {

                /** EventsRequest last */
                last?: (number|null);

                /** EventsRequest follow */
                follow?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EventsRequest. */
            type $Shape = isthmus.v1.EventsRequest.$Properties;
        }

        /**
         * Properties of an Event.
         * @deprecated Use isthmus.v1.Event.$Properties instead.
         */
        interface IEvent extends isthmus.v1.Event.$Properties {
        }

        /** Represents an Event. */
        class Event {

            /**
             * Constructs a new Event.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.Event.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Event time. */
            time: number;

            /** Event node. */
            node: string;

            /** Event severity. */
            severity: string;

            /** Event subject. */
            subject: string;

            /** Event name. */
            name: string;

            /** Event from. */
            from: string;

            /** Event to. */
            to: string;

            /** Event reason. */
            reason: string;

            /** Event code. */
            code: string;

            /**
             * Creates a new Event instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Event instance
             */
            static create(properties: isthmus.v1.Event.$Shape): isthmus.v1.Event & isthmus.v1.Event.$Shape;
            static create(properties?: isthmus.v1.Event.$Properties): isthmus.v1.Event;

            /**
             * Encodes the specified Event message. Does not implicitly {@link isthmus.v1.Event.verify|verify} messages.
             * @param message Event message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.Event.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Event message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.Event & isthmus.v1.Event.$Shape} Event
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.Event & isthmus.v1.Event.$Shape;
        }

        namespace Event {

            /** Properties of an Event. */
            interface $Properties {

                /** Event time */
                time?: (number|null);

                /** Event node */
                node?: (string|null);

                /** Event severity */
                severity?: (string|null);

                /** Event subject */
                subject?: (string|null);

                /** Event name */
                name?: (string|null);

                /** Event from */
                from?: (string|null);

                /** Event to */
                to?: (string|null);

                /** Event reason */
                reason?: (string|null);

                /** Event code */
                code?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Event. */
            type $Shape = isthmus.v1.Event.$Properties;
        }

        /**
         * Properties of a LogQuestion.
         * @deprecated Use isthmus.v1.LogQuestion.$Properties instead.
         */
        interface ILogQuestion extends isthmus.v1.LogQuestion.$Properties {
        }

        /** Represents a LogQuestion. */
        class LogQuestion {

            /**
             * Constructs a new LogQuestion.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.LogQuestion.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LogQuestion pool4. */
            pool4: string;

            /** LogQuestion port. */
            port: number;

            /** LogQuestion client. */
            client: Uint8Array;

            /** LogQuestion prefixLength. */
            prefixLength: number;

            /** LogQuestion pseudonym. */
            pseudonym: boolean;

            /** LogQuestion protocol. */
            protocol: string;

            /** LogQuestion time. */
            time: number;

            /** LogQuestion skewMs. */
            skewMs: number;

            /**
             * Creates a new LogQuestion instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LogQuestion instance
             */
            static create(properties: isthmus.v1.LogQuestion.$Shape): isthmus.v1.LogQuestion & isthmus.v1.LogQuestion.$Shape;
            static create(properties?: isthmus.v1.LogQuestion.$Properties): isthmus.v1.LogQuestion;

            /**
             * Encodes the specified LogQuestion message. Does not implicitly {@link isthmus.v1.LogQuestion.verify|verify} messages.
             * @param message LogQuestion message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.LogQuestion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LogQuestion message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.LogQuestion & isthmus.v1.LogQuestion.$Shape} LogQuestion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.LogQuestion & isthmus.v1.LogQuestion.$Shape;
        }

        namespace LogQuestion {

            /** Properties of a LogQuestion. */
            interface $Properties {

                /** LogQuestion pool4 */
                pool4?: (string|null);

                /** LogQuestion port */
                port?: (number|null);

                /** LogQuestion client */
                client?: (Uint8Array|null);

                /** LogQuestion prefixLength */
                prefixLength?: (number|null);

                /** LogQuestion pseudonym */
                pseudonym?: (boolean|null);

                /** LogQuestion protocol */
                protocol?: (string|null);

                /** LogQuestion time */
                time?: (number|null);

                /** LogQuestion skewMs */
                skewMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LogQuestion. */
            type $Shape = isthmus.v1.LogQuestion.$Properties;
        }

        /**
         * Properties of a LogFindings.
         * @deprecated Use isthmus.v1.LogFindings.$Properties instead.
         */
        interface ILogFindings extends isthmus.v1.LogFindings.$Properties {
        }

        /** Represents a LogFindings. */
        class LogFindings {

            /**
             * Constructs a new LogFindings.
             * @param [properties] Properties to set
             */
            constructor(properties?: isthmus.v1.LogFindings.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LogFindings lines. */
            lines: string[];

            /** LogFindings notes. */
            notes: string[];

            /** LogFindings openings. */
            openings: string[];

            /** LogFindings unreadable. */
            unreadable: string[];

            /** LogFindings files. */
            files: number;

            /**
             * Creates a new LogFindings instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LogFindings instance
             */
            static create(properties: isthmus.v1.LogFindings.$Shape): isthmus.v1.LogFindings & isthmus.v1.LogFindings.$Shape;
            static create(properties?: isthmus.v1.LogFindings.$Properties): isthmus.v1.LogFindings;

            /**
             * Encodes the specified LogFindings message. Does not implicitly {@link isthmus.v1.LogFindings.verify|verify} messages.
             * @param message LogFindings message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: isthmus.v1.LogFindings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LogFindings message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {isthmus.v1.LogFindings & isthmus.v1.LogFindings.$Shape} LogFindings
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): isthmus.v1.LogFindings & isthmus.v1.LogFindings.$Shape;
        }

        namespace LogFindings {

            /** Properties of a LogFindings. */
            interface $Properties {

                /** LogFindings lines */
                lines?: (string[]|null);

                /** LogFindings notes */
                notes?: (string[]|null);

                /** LogFindings openings */
                openings?: (string[]|null);

                /** LogFindings unreadable */
                unreadable?: (string[]|null);

                /** LogFindings files */
                files?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LogFindings. */
            type $Shape = isthmus.v1.LogFindings.$Properties;
        }
    }
}
