import { MAX_FRAME_BYTES } from './grpc-link.ts';

/** A connection idle for this long is probed; it is closed without an answer within the same time. */
const KEEPALIVE_MS = 1000;
/** Overhead of the protobuf encoding of a frame. */
const MESSAGE_OVERHEAD = 8;

/** For both ends of a connection. */
export const CHANNEL_OPTIONS = {
  'grpc.keepalive_time_ms': KEEPALIVE_MS,
  'grpc.keepalive_timeout_ms': KEEPALIVE_MS,
  'grpc.keepalive_permit_without_calls': 1,
  'grpc.max_receive_message_length': MAX_FRAME_BYTES + MESSAGE_OVERHEAD,
  'grpc.max_send_message_length': MAX_FRAME_BYTES + MESSAGE_OVERHEAD,
  'grpc.use_local_subchannel_pool': 1,
  'grpc.enable_http_proxy': 0,
  'grpc.enable_retries': 0,
  'grpc.service_config_disable_resolution': 1,
} as const;
