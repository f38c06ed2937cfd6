/** The whole of what travels between the page, its preload and main. Calls and events of the engine go over the port itself. */

/** Page → main: asks for a port. Main → page: brings one. */
export const ENGINE_PORT_CHANNEL = 'engine-port';

/** The window message that brings the page its port; the page knows it by this text (renderer/till). */
export const ENGINE_PORT_MESSAGE = 'loyaltill:engine-port';

/** The name under which the page finds the preload's functions. */
export const PRELOAD_NAME = 'loyaltill';
