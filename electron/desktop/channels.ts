/** The names of the three ways between a window and the shell, for both ends. */
export const CALL_CHANNEL = 'hypnospike:call'
export const EVENT_CHANNEL = 'hypnospike:event'
export const DROP_CHANNEL = 'hypnospike:drop'
